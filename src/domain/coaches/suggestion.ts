import { PolkuError } from '../../errors.ts';
import { changeDocument } from '../change-document.ts';
import { isResting, reachOf, toClient } from '../clients/reach.ts';
import type { Need } from '../directory/match.ts';
import type { Document, Documents } from '../documents.ts';
import type { Handling } from '../handling.ts';
import { madeId, referenceOf } from '../made-id.ts';
import { notice, telling } from '../notices.ts';
import type { Field, PlaceKind } from '../offers/offer.ts';
import type { Text } from '../text.ts';
import type { CoachAct } from './block-time.ts';

/** A place of an employer that was suggested: where it is told of, and what is left to tell when that is gone. */
export interface SuggestedPlace {
  /** Partition and id of the offer. */
  from: string;
  offer: string;
  kind: PlaceKind;
  field: Field;
  /** Of the offer, as the coach knows it. */
  reference: string;
}

/** A service or a place that a coach thought of for a client, who decides; nothing is sent to anybody by it. */
export interface Suggestion extends Document {
  type: 'suggestion';
  reference: string;
  /** Either a service of the directory or a place of an employer. */
  service?: string;
  place?: SuggestedPlace;
  coach: string;
  /** What the service is for, so that the client can look at others instead. */
  needs: Need[];
  createdAt: string;
  /** The client said no, thanks (ISO 8601). */
  declinedAt?: string;
  /** The client wants the place and agreed that the coach takes it further: when (ISO 8601), to which text, in which language. */
  accepted?: { at: string; version: string; language: string };
  /** The place is not open any more, since when (ISO 8601), and whether somebody who wanted it could be told so. */
  over?: { at: string; told: boolean };
  handling: Handling;
}

/** What a coach suggests, with words of their own. */
export interface SuggestionRequest {
  client: string;
  service: string;
  needs: Need[];
  words?: string;
}

/** Something to suggest to a client. */
export interface Idea {
  /** Same id, same suggestion. */
  id: string;
  about: Pick<Suggestion, 'service' | 'place' | 'needs'>;
  /** What the client reads of it, and the subject of the mail. */
  what: Text;
  subject: Text;
}

/** Suggestions are of use as long as this. */
const keptDays = 60;

/** Where a suggestion is. */
export function suggestionRef(client: string, id: string) {
  return { collection: 'clients', partition: client, id } as const;
}

/**
 * Suggests a service to a client in their chat, and by mail if they gave an address for that. One intent is one
 * suggestion. Throws `notFound` when the service is not in the directory or the client is gone, `notReached` when the
 * client can be told nowhere.
 */
export async function suggestService(act: CoachAct, request: SuggestionRequest): Promise<Suggestion> {
  const { municipality, coach, intent } = act;
  const { client, words } = request;
  const service = municipality.services.find(({ id }) => id === request.service);
  if (!service) throw new PolkuError('notFound', 'the service is gone');
  const { name, provider } = service;
  return suggest(act, client, words, {
    id: madeId('suggestion', client, coach, intent),
    about: { service: service.id, needs: request.needs.filter((need) => service.needs.includes(need as never)) },
    what: { key: 'suggested.what', with: { coach: nameOf(act), service: name, provider } },
    subject: { key: 'suggested.subject', with: { service: name } },
  });
}

/**
 * Keeps a suggestion and tells the client of it, with the coach's own words; the same idea again is no error. Throws
 * `notFound` when the client is gone, `notReached` when they can be told nowhere, `leftAlone` when they rest from their path.
 */
export async function suggest(
  act: CoachAct,
  client: string,
  words: string | undefined,
  idea: Idea,
): Promise<Suggestion> {
  const { documents, coach, now } = act;
  const { id, about, what, subject } = idea;
  const known = await documents.get({ collection: 'clients', partition: client, id: 'client' });
  if (!known) throw new PolkuError('notFound', 'the client is gone');
  const reach = await reachOf(documents, client);
  if (isResting(reach, now.toMillis())) throw new PolkuError('leftAlone', 'the client rests from their path');
  const own: Text[] = words === undefined ? [] : [{ key: 'fromCoach.words', with: { coach: nameOf(act), words } }];
  const say = [what, ...own];
  const ask = { flow: 'suggested', given: { suggestion: id } };
  const mail = { subject, say: [...say, { key: 'suggested.answerHere' }] };
  const told = toClient(reach, `${id}-suggested`, now.toMillis(), { say, ask, mail });
  if (told.length === 0) throw new PolkuError('notReached', 'the client has neither a chat nor an address');
  const suggestion: Suggestion = {
    id,
    partition: client,
    type: 'suggestion',
    schema: 1,
    expiresAt: now.plus({ days: keptDays }).toMillis(),
    reference: referenceOf(id),
    ...about,
    coach,
    createdAt: now.toUTC().toISO()!,
    handling: {},
  };
  const kept = await changeDocument<Suggestion>(documents, suggestionRef(client, id), (earlier) => {
    return earlier ? undefined : telling(suggestion, ...told);
  });
  return kept!;
}

function nameOf({ municipality, coach }: CoachAct): string {
  return municipality.coaches.find((one) => one.id === coach)?.name ?? coach;
}

/**
 * The client does not want it now, or not any more; the coach hears so once. Again is no error, and so is one that is gone.
 */
export async function declineSuggestion(documents: Documents, client: string, id: string, now: number): Promise<void> {
  await changeDocument<Suggestion>(documents, suggestionRef(client, id), (current) => {
    if (current?.type !== 'suggestion' || current.declinedAt !== undefined) return undefined;
    const { accepted: _, ...rest } = current;
    const { seen: __, ...handling } = current.handling;
    // The moment is in the id: minds change more than once, and each time the coach hears.
    const news = notice('coach', `${id}-declined-${now}`, now, { news: 'declined', by: 'client' });
    return telling({ ...rest, declinedAt: new Date(now).toISOString(), handling }, news);
  });
}

/**
 * The client wants the place and agrees that the coach takes it further; the coach hears so once. A "no" before is over.
 * Again is no error. Throws `notFound` when the suggestion is gone or is no place.
 */
export async function acceptSuggestion(
  documents: Documents,
  client: string,
  id: string,
  consent: { version: string; language: string },
  now: number,
): Promise<Suggestion> {
  const kept = await changeDocument<Suggestion>(documents, suggestionRef(client, id), (current) => {
    if (current?.type !== 'suggestion' || !current.place) throw new PolkuError('notFound', 'no such suggestion');
    if (current.accepted) return undefined;
    const { declinedAt: _, ...open } = current;
    const { seen: __, ...handling } = current.handling;
    const news = notice('coach', `${id}-accepted-${now}`, now, { news: 'accepted', by: 'client' });
    const accepted = { at: new Date(now).toISOString(), ...consent };
    return telling({ ...open, accepted, handling }, news);
  });
  return kept!;
}
