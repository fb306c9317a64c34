import { restOf } from '../../domain/clients/course.ts';
import type { Client } from '../../domain/clients/path.ts';
import { isLeft, organisationName, type Responsible, responsibleFor } from '../../domain/clients/responsible.ts';
import { referenceOf } from '../../domain/made-id.ts';
import type { Text } from '../../domain/text.ts';
import { languageName } from '../../notify/answers.ts';
import { type Block, line, part, sentence } from './blocks.ts';
import { type Button, button } from './buttons.ts';
import { type CardReader, coachName } from './reader.ts';

/** Those who were responsible before, on the card. */
const earlierShown = 5;

/** The body of a client's own card: who is responsible and since when, what is offered to whom, and whether the path goes on. */
export function courseBody(client: Client, reader: CardReader): { title: string; body: Block[] } {
  const { say, municipality } = reader;
  const { responsible = [], intake, partition } = client;
  const label = (key: string) => say({ key: `hand-over.card.${key}` });
  const now = responsibleFor(client);
  const earlier = responsible.slice(0, -1).reverse().slice(0, earlierShown);
  const show = { act: 'show', about: { collection: 'clients', partition, id: intake ?? '' } } as const;
  return {
    title: label(titleOf(client, reader)),
    body: [
      ...(intake === undefined ? [] : [line(say({ key: 'cards.labels.reference' }), referenceOf(intake))]),
      ...restLines(client, reader),
      ...offerLines(client, reader),
      ...(now ? [line(label('responsible'), whoText(now, reader)), line(label('since'), say(date(now.since)))] : []),
      ...(now ? [line(label('because'), say(now.because))] : []),
      line(say({ key: 'cards.labels.chat' }), languageName(client.language, reader)),
      ...(earlier.length > 0 ? [part(label('before'))] : []),
      ...earlier.map((one) => line(say(date(one.since)), whoText(one, reader))),
      ...(intake === undefined ? [] : [{ type: 'ActionSet' as const, actions: [button(label('showIntake'), show)] }]),
    ],
  };

  function whoText({ coach, organisation }: Responsible, { say: tell }: CardReader): string {
    return `${coachName(coach, municipality)}, ${tell(organisationName(organisation, municipality))}`;
  }
}

/** The button of an intake's card that leads to the client's own. */
export function courseButton(partition: string, { say }: CardReader): Button {
  return button(say({ key: 'hand-over.card.look' }), {
    act: 'show',
    about: { collection: 'clients', partition, id: 'client' },
  });
}

function titleOf(client: Client, { coach, now }: CardReader): string {
  if (client.handOver?.to === coach.id) return 'offeredTitle';
  const rest = restOf(client, now);
  return rest ? `${rest.is}Title` : 'title';
}

function restLines(client: Client, { say, now }: CardReader): Block[] {
  const rest = restOf(client, now);
  const last = client.course?.at(-1);
  if (!rest && !last) return [];
  const { is, at, until } = rest ?? { ...last!, is: 'on', until: undefined };
  const key = until === undefined ? is : 'until';
  const values = { since: date(at), ...(until !== undefined && { until: date(until) }) };
  const color = is === 'on' ? {} : { color: 'Attention' as const };
  return [sentence(say({ key: `hand-over.card.is.${key}`, with: values }), color)];
}

function offerLines(client: Client, { say, municipality, coach }: CardReader): Block[] {
  const { handOver } = client;
  if (isLeft(client, municipality)) return [sentence(say({ key: 'hand-over.card.gone' }), { color: 'Attention' })];
  if (!handOver) return [];
  const { to, by, at, words } = handOver;
  const values = {
    to: coachName(to, municipality),
    by: coachName(by, municipality),
    at: { at, as: 'moment' as const },
  };
  const key = to === coach.id ? 'offeredToYou' : 'offered';
  return [
    sentence(say({ key: `hand-over.card.${key}`, with: values }), { weight: 'Bolder' }),
    ...(words === undefined ? [] : [line(say({ key: 'hand-over.card.words' }), words)]),
  ];
}

function date(at: string): Text {
  return { at, as: 'date' };
}
