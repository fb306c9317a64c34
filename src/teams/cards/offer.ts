import type { Offer } from '../../domain/offers/offer.ts';
import { coachOutcomes } from '../../domain/offers/offer.ts';
import type { SuitableClient } from '../../domain/offers/suitable-clients.ts';
import { languageName, writtenIn } from '../../notify/answers.ts';
import { lost } from '../cases.ts';
import { type Block, brief, line, part, sentence } from './blocks.ts';
import type { CardReader } from './reader.ts';

/** Clients shown on the card of a place; the coach looks through no more. */
const clientsShown = 10;

/** The body of a place that an employer told of: whom to call by when, and what it is, in the coach's language. */
export function offerBody(offer: Offer, reader: CardReader): { title: string; body: Block[] } {
  const { say } = reader;
  const { contact, closed, reference, answerBy, openUntil, submittedAt, suggestions, language } = offer;
  const label = (name: string) => say({ key: `cards.labels.${name}` });
  const own = (name: string) => say({ key: `offer.card.${name}` });
  const asked = (name: string) => say({ key: `offer-place.${name}.label` });
  const isLost = lost(offer, 'mail').length + lost(offer, 'chat').length > 0;
  return {
    title: own(closed ? 'closedTitle' : 'title'),
    body: [
      ...(isLost ? [sentence(own('undelivered'), { color: 'Attention' as const })] : []),
      ...(closed && !isLost && contact.email === undefined ? [sentence(own('noMail'))] : []),
      ...(closed ? [line(label('state'), say({ key: `offer.outcomes.${closed.outcome}` }))] : []),
      line(label('reference'), reference),
      ...(closed ? [] : [line(label('answerBy'), say({ at: answerBy, as: 'date' }))]),
      line(label('sent'), say({ at: submittedAt, as: 'moment' })),
      line(own('contact'), contact.name),
      ...(contact.phone === undefined ? [] : [line(asked('phone'), contact.phone)]),
      ...(contact.email === undefined ? [] : [line(asked('email'), contact.email)]),
      line(label('chat'), languageName(language, reader)),
      ...(closed ? [] : [line(own('openUntil'), say({ at: openUntil, as: 'date' }))]),
      ...(suggestions.length === 0 ? [] : [line(own('suggested'), String(suggestions.length))]),
      part(own('place')),
      ...placeLines(offer, reader),
    ],
  };
}

/** Codes in the coach's language; the employer's own words with theirs. */
function placeLines({ place, language }: Offer, reader: CardReader): Block[] {
  const { say } = reader;
  const { kind, field, what, hours, languages, begins, where, company } = place;
  const label = (name: string) => say({ key: `offer-place.${name}.label` });
  const code = (name: string, value: string) => say({ key: `offer-place.${name}.options.${value}` });
  const isDay = begins !== 'soon' && begins !== 'agreed';
  return [
    line(label('kind'), code('kind', kind)),
    line(label('company'), company),
    line(label('field'), code('field', field)),
    line(label('what'), what, writtenIn(language, reader)),
    line(label('hours'), code('hours', hours)),
    line(label('languages'), say({ list: languages.map((one) => ({ key: `offer.languages.${one}` })) })),
    line(label('begins'), isDay ? say({ at: begins, as: 'date' }) : code('begins', begins)),
    line(label('where'), where),
  ];
}

/** The coach's own clients whom the place may suit, each with the reasons; says so when there are none. */
export function suitableLines(clients: SuitableClient[], { suggestions }: Offer, { say }: CardReader): Block[] {
  const nobody = suggestions.length > 0 ? 'offer.card.suitsNobodyElse' : 'offer.card.suitsNobody';
  if (clients.length === 0) return [sentence(say({ key: nobody }), { isSubtle: true })];
  const lines = clients.slice(0, clientsShown).map((client) => {
    return line(nameOf(client, say), client.reasons.map((reason) => brief(say(reason))).join('; '));
  });
  return [part(say({ key: 'offer.card.suits' })), ...lines];
}

/** Clients to choose from in the form that suggests a place. */
export function clientChoices(clients: SuitableClient[], { say }: CardReader): { title: string; value: string }[] {
  return clients.slice(0, clientsShown).map((client) => ({ title: nameOf(client, say), value: client.id }));
}

/** How a place ended, to choose from. */
export function outcomeChoices({ say }: CardReader): { title: string; value: string }[] {
  return coachOutcomes.map((value) => ({ title: say({ key: `offer.outcomes.${value}` }), value }));
}

function nameOf({ name, reference }: SuitableClient, say: CardReader['say']): string {
  if (name === undefined) return say({ key: 'offer.card.nameless', with: { reference } });
  return say({ key: 'offer.card.client', with: { name: brief(name), reference } });
}
