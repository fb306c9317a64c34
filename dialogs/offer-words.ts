import type { ClientPath } from '../src/domain/clients/path.ts';
import type { Municipality } from '../src/domain/municipalities/pack.ts';
import type { Offer, OfferedPlace } from '../src/domain/offers/offer.ts';
import type { Text } from '../src/domain/text.ts';
import type { Option } from './engine/flow.ts';
import type { Services } from './services.ts';

/** What an employer tells of a place, a line each; its own words stay as they are. */
export function placeLines({ kind, field, what, hours, languages, begins, where, company }: OfferedPlace): Text[] {
  const line = (name: string, answer: Text): Text => ({
    key: 'engine.review.line',
    with: { name: { key: `offer-place.${name}.label` }, answer },
  });
  return [
    line('kind', kindText(kind)),
    line('company', company),
    line('field', { key: `offer-place.field.options.${field}` }),
    line('what', what),
    line('hours', { key: `offer-place.hours.options.${hours}` }),
    line('languages', { list: languages.map((one) => ({ key: `offer.languages.${one}` })) }),
    line('begins', beginsText(begins)),
    line('where', where),
  ];
}

/** What kind of place it is, as it stands inside a sentence. */
export function kindText(kind: OfferedPlace['kind']): Text {
  return { key: `offer.kinds.${kind}` };
}

function beginsText(begins: OfferedPlace['begins']): Text {
  if (begins === 'soon' || begins === 'agreed') return { key: `offer-place.begins.options.${begins}` };
  return { at: begins, as: 'date' };
}

/** The job finder as a text: a name and a phone number; those of the city when the pack names nobody. */
export function jobFinderOf({ coaches, employers, serviceName, contact }: Municipality): { name: Text; phone: string } {
  const coach = coaches.find(({ id }) => id === employers?.jobFinder);
  return coach ? { name: coach.name, phone: coach.phone } : { name: serviceName, phone: contact.phone };
}

/** How far an offer is, in the employer's words. */
export function stateText({ closed, handling }: Offer, { coaches }: Municipality): Text {
  if (closed) return { key: `offer.closed.${closed.outcome}` };
  const coach = coaches.find(({ id }) => id === handling.taken?.by)?.name;
  return coach === undefined ? { key: 'offer.state.open' } : { key: 'offer.state.taken', with: { coach } };
}

/** Whether somebody has told of places here and done nothing else: an employer, who is no client. */
export function isEmployer({ client, intakes, referrals, contacts, appointments, offers }: ClientPath): boolean {
  const asClient = intakes.length + referrals.length + contacts.length + appointments.length;
  return offers.length > 0 && client === undefined && asClient === 0;
}

/** The places that were told of here, a line each with how far they are; nothing when there are none. */
export function offersText({ offers }: ClientPath, { municipality }: Services): Text[] {
  if (offers.length === 0) return [];
  const lines = offers.map((offer): Text => {
    const { place, reference } = offer;
    const state = stateText(offer, municipality);
    return { key: 'offer.path.line', with: { kind: kindText(place.kind), company: place.company, reference, state } };
  });
  return [{ lines: [{ key: 'offer.path.title' }, ...lines] }];
}

/** A way to each place that was told of here. */
export function openOffers({ offers }: ClientPath): Option[] {
  return offers.map(({ id, reference }) => ({
    value: id,
    label: { key: 'offer.path.look', with: { reference } },
    goes: { flow: 'my-offer', given: { offer: id } },
  }));
}

/** The way to tell of one more place. */
export const anotherOffer: Option = {
  value: 'offer-place',
  label: { key: 'offer.path.another' },
  goes: { flow: 'offer-place' },
};

/** Everything that is kept of an offer, for the employer's own copy. */
export function offerCopy(offer: Offer, municipality: Municipality): Text[] {
  const { submittedAt, reference, place, contact, consent, openUntil } = offer;
  const line = (name: string, answer: string): Text => ({
    key: 'engine.review.line',
    with: { name: { key: `offer-place.${name}.label` }, answer },
  });
  const on: Text = { at: consent.at, as: 'date' };
  return [
    { key: 'offer.path.copy', with: { on: { at: submittedAt, as: 'date' }, reference } },
    ...placeLines(place),
    line('name', contact.name),
    ...(contact.phone === undefined ? [] : [line('phone', contact.phone)]),
    ...(contact.email === undefined ? [] : [line('email', contact.email)]),
    { key: 'my-path.copy.consent', with: { on, version: consent.version } },
    stateText(offer, municipality),
    { key: 'my-offer.until', with: { date: { at: openUntil, as: 'date' } } },
  ];
}
