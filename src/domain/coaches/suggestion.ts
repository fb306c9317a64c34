import { PolkuError } from '../../errors.ts';
import { changeDocument } from '../change-document.ts';
import { reachOf, toClient } from '../clients/reach.ts';
import type { Need } from '../directory/match.ts';
import type { Document, Documents } from '../documents.ts';
import type { Handling } from '../handling.ts';
import { madeId, referenceOf } from '../made-id.ts';
import { notice, telling } from '../notices.ts';
import type { Text } from '../text.ts';
import type { CoachAct } from './block-time.ts';

/** A service that a coach thought of for a client, who decides; nothing is sent to anybody by it. */
export interface Suggestion extends Document {
  type: 'suggestion';
  reference: string;
  service: string;
  coach: string;
  /** What the service is for, so that the client can look at others instead. */
  needs: Need[];
  createdAt: string;
  /** The client said no, thanks (ISO 8601). */
  declinedAt?: string;
  handling: Handling;
}

/** What a coach suggests, with words of their own. */
export interface SuggestionRequest {
  client: string;
  service: string;
  needs: Need[];
  words?: string;
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
  const { documents, municipality, coach, intent, now } = act;
  const { client, words } = request;
  const service = municipality.services.find(({ id }) => id === request.service);
  const known = await documents.get({ collection: 'clients', partition: client, id: 'client' });
  if (!service || !known) throw new PolkuError('notFound', 'the service or the client is gone');
  const id = madeId('suggestion', client, coach, intent);
  const reach = await reachOf(documents, client);
  const name = municipality.coaches.find((one) => one.id === coach)?.name ?? coach;
  const what: Text = {
    key: 'suggested.what',
    with: { coach: name, service: service.name, provider: service.provider },
  };
  const say = [what, ...(words === undefined ? [] : [{ key: 'fromCoach.words', with: { coach: name, words } }])];
  const ask = { flow: 'suggested', given: { suggestion: id } };
  const mail = {
    subject: { key: 'suggested.subject', with: { service: service.name } },
    say: [...say, { key: 'news.answerHere' }],
  };
  const told = toClient(reach, `${id}-suggested`, now.toMillis(), { say, ask, mail });
  if (told.length === 0) throw new PolkuError('notReached', 'the client has neither a chat nor an address');
  const suggestion: Suggestion = {
    id,
    partition: client,
    type: 'suggestion',
    schema: 1,
    expiresAt: now.plus({ days: keptDays }).toMillis(),
    reference: referenceOf(id),
    service: service.id,
    coach,
    needs: request.needs.filter((need) => service.needs.includes(need as never)),
    createdAt: now.toUTC().toISO()!,
    handling: {},
  };
  const kept = await changeDocument<Suggestion>(documents, suggestionRef(client, id), (earlier) => {
    return earlier ? undefined : telling(suggestion, ...told);
  });
  return kept!;
}

/** The client does not want it now; the coach hears so once. Again is no error, and so is one that is gone. */
export async function declineSuggestion(documents: Documents, client: string, id: string, now: number): Promise<void> {
  await changeDocument<Suggestion>(documents, suggestionRef(client, id), (current) => {
    if (current?.type !== 'suggestion' || current.declinedAt !== undefined) return undefined;
    const news = notice('coach', `${id}-declined`, now, { news: 'declined', by: 'client' });
    return telling({ ...current, declinedAt: new Date(now).toISOString() }, news);
  });
}
