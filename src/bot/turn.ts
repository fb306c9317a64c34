import { setTimeout as sleep } from 'node:timers/promises';
import type { Documents, Read } from '../domain/documents.ts';
import { hasCode, PolkuError } from '../errors.ts';
import type { Activity, Draft } from './activity.ts';
import { type ConversationDocument, conversationLife, type Entry, takeOld } from './conversation-document.ts';
import type { Clean } from './gate.ts';

/** What a decider made of a message. */
export interface Decided {
  dialog: unknown;
  drafts: Draft[];
  /** Nothing of what was said before may stay, and the person becomes a new client. */
  forget?: boolean;
}

/**
 * Decides one message: reads the world, and changes it only by calls that are idempotent by an intent kept in the
 * dialogue, after `fence` has made sure that no newer turn exists. May be called several times for one message.
 */
export type Decide = (
  conversation: ConversationDocument,
  incoming: Clean,
  fence: () => Promise<void>,
) => Promise<Decided>;

/** Parts of a turn that are given from outside. */
export interface TurnSettings {
  documents: Documents;
  decide: Decide;
  /** What to say when deciding fails for a reason nobody foresaw; logs it under a reference. */
  apologise(error: unknown, conversation: ConversationDocument): Draft[];
  now(): number;
  newId(): string;
  /** The longest a turn may take, in milliseconds; channels send again after 15 s. */
  deadline?: number;
}

/** The stored conversation after a turn, and the entry of the turn. */
export interface TurnDone {
  read: Read<ConversationDocument>;
  entry: Entry;
  /** False when the message had been handled before. */
  fresh: boolean;
  /** The turn changed the world beyond the conversation. */
  confirmed: boolean;
}

/** After this long a confirmed turn of another process counts as crashed, in milliseconds. */
const pendingLease = 10_000;

/** One turn as a transaction: read, decide, write if unchanged; on a conflict decide again, until the deadline. */
export async function runTurn(
  settings: TurnSettings,
  id: string,
  incoming: Clean,
  key: string,
  known?: Read<ConversationDocument>,
  decide: Decide = settings.decide,
): Promise<TurnDone> {
  const { documents, now } = settings;
  const ends = now() + (settings.deadline ?? 8000);
  let read = known;
  for (let tries = 0; ; tries++) {
    try {
      read ??= await documents.get<ConversationDocument>({ collection: 'conversations', partition: id, id });
      if (!read) throw new PolkuError('notFound', 'the conversation is not there');
      const done = read.document.log.find((entry) => entry.key === key);
      if (done) return { read, entry: done, fresh: false, confirmed: false };
      const { pending } = read.document;
      if (pending && pending.key !== key) {
        if (pending.at + pendingLease > now()) throw new PolkuError('conflict', 'another process is confirming');
        await attempt(settings, read, pending.incoming, pending.key, settings.decide);
        read = undefined;
        continue;
      }
      return await attempt(settings, read, incoming, key, decide);
    } catch (error) {
      if (!hasCode(error, 'conflict') && !hasCode(error, 'storeUnavailable')) throw error;
      read = undefined;
      const pause = Math.min(500, 10 * 2 ** tries);
      if (now() + pause >= ends) throw new PolkuError('storeUnavailable', 'no turn within the deadline', {}, error);
      await sleep(pause);
    }
  }
}

async function attempt(
  settings: TurnSettings,
  from: Read<ConversationDocument>,
  incoming: Clean,
  key: string,
  decide: Decide,
): Promise<TurnDone> {
  const { documents, now } = settings;
  let read = from;
  let isFenced = read.document.pending?.key === key;

  async function write(document: ConversationDocument) {
    read = { document, version: await documents.replace('conversations', document, read.version) };
  }
  async function fence() {
    if (isFenced) return;
    await write({ ...read.document, pending: { key, incoming, at: now() } });
    isFenced = true;
  }

  let decided: Decided;
  try {
    decided = await decide(read.document, incoming, fence);
  } catch (error) {
    if (hasCode(error, 'conflict') || hasCode(error, 'storeUnavailable')) throw error;
    decided = { dialog: read.document.dialog, drafts: settings.apologise(error, read.document) };
  }

  const entry = makeEntry(settings, read.document, incoming, key, decided);
  const old = decided.forget ? undefined : takeOld(read.document);
  if (old) await keepOld(documents, old);
  if (decided.forget) await forgetTranscripts(documents, read.document.id);
  const { pending: _, ...rest } = read.document;
  const kept = decided.forget ? [] : rest.log.slice(old?.entries.length ?? 0);
  await write({
    ...rest,
    dialog: decided.dialog,
    client: decided.forget ? settings.newId() : rest.client,
    log: [...kept, entry],
    next: entry.first + entry.activities.length,
    expiresAt: now() + conversationLife,
  });
  return { read, entry, fresh: true, confirmed: isFenced };
}

function makeEntry(
  settings: TurnSettings,
  document: ConversationDocument,
  incoming: Clean,
  key: string,
  decided: Decided,
): Entry {
  const timestamp = new Date(settings.now()).toISOString();
  const first = document.next;
  const own: Draft[] =
    incoming.type === 'message' && !decided.forget
      ? [
          {
            type: 'message',
            ...(incoming.text !== '' && { text: incoming.text, textFormat: 'plain' }),
            ...(incoming.value !== undefined && { value: incoming.value }),
            ...(incoming.clientActivityID !== undefined && {
              channelData: { clientActivityID: incoming.clientActivityID },
            }),
          },
        ]
      : [];
  const activities = [...own, ...decided.drafts].map(
    (draft, i): Activity => ({
      id: `${document.id}|${String(first + i).padStart(7, '0')}`,
      timestamp,
      from: i < own.length ? { id: document.userId, role: 'user' } : { id: 'polku', name: 'Polku', role: 'bot' },
      ...draft,
      ...(decided.forget && { channelData: { ...draft.channelData, forgotten: true } }),
    }),
  );
  return { key, first, activities };
}

/** The same older turns always make the same document, so that one left by a crash is right as it is. */
async function keepOld(documents: Documents, old: ReturnType<typeof takeOld> & object): Promise<void> {
  try {
    await documents.create('transcripts', old);
  } catch (error) {
    if (!hasCode(error, 'conflict')) throw error;
  }
}

async function forgetTranscripts(documents: Documents, partition: string): Promise<void> {
  for (const { document } of await documents.list('transcripts', partition)) {
    await documents.delete({ collection: 'transcripts', partition, id: document.id });
  }
}
