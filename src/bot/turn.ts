import { changeDocument } from '../domain/change-document.ts';
import type { Documents, Read } from '../domain/documents.ts';
import { hasCode, PolkuError } from '../errors.ts';
import { wait } from '../timers.ts';
import type { Draft } from './activity.ts';
import {
  type ConversationDocument,
  chunkOf,
  conversationLife,
  conversationSchema,
  type Entry,
  faded,
  movedNames,
  type Pending,
  shortName,
  type TranscriptDocument,
  takeOld,
} from './conversation-document.ts';
import { makeEntry } from './entry.ts';
import type { Clean } from './gate.ts';
import { type Clock, untilThen } from './timed-documents.ts';

/** What a decider made of a message. */
export interface Decided {
  dialog: unknown;
  drafts: Draft[];
  /** What the log keeps of the person's own message instead of its words. */
  own?: Draft;
  /** Nothing of what was said before may stay, and the person becomes a new client. */
  forget?: boolean;
  /** The words of this turn are kept only until something else than such a turn is said. */
  passing?: boolean;
}

/**
 * Decides one message: reads the world, and changes it only by calls that are idempotent by an intent kept in the
 * dialogue, after `fence` has made sure that no newer turn exists. May be called several times for one message.
 * `documents` is the store for the time of the turn.
 */
export type Decide = (
  conversation: ConversationDocument,
  incoming: Clean,
  fence: () => Promise<void>,
  documents: Documents,
) => Promise<Decided>;

/** Parts of a turn that are given from outside. */
export interface TurnSettings extends Clock {
  documents: Documents;
  decide: Decide;
  /** What to say when deciding fails for a reason nobody foresaw; logs it under a reference. */
  apologise(error: unknown, conversation: ConversationDocument): Draft[];
  newId(): string;
  /** Names this process, new at each start. */
  self: string;
}

/** One message of a conversation. */
export interface Turn {
  id: string;
  incoming: Clean;
  /** A duplicate has the same. */
  key: string;
  /** When it has failed if it is not done (epoch milliseconds). */
  ends: number;
  /** The conversation as this process saw it last; may be stale. */
  known?: Read<ConversationDocument>;
  decide?: Decide;
}

/** The stored conversation after a turn, and the entry of the turn. */
export interface TurnDone {
  read: Read<ConversationDocument>;
  entry: Entry;
  /** False when nothing was written: the message had been handled before, or there was nothing to say to it. */
  fresh: boolean;
  /** The turn changed the world beyond the conversation. */
  confirmed: boolean;
}

/** A confirmed turn begins no call to the store later than this after its fence, in milliseconds. */
const effectsWithin = 2_000;
/** After this a confirmed turn of another process counts as crashed: the same, and a little for clocks that differ. */
const pendingLease = effectsWithin + 500;

/**
 * One turn as a transaction: read, decide, write if unchanged; on a conflict decide again, until the turn has to end.
 * A confirmed turn that a crash cut off is finished first; `finished` hears of it. Throws `notFound`, `storeUnavailable`.
 */
export async function runTurn(
  settings: TurnSettings,
  turn: Turn,
  finished: (done: TurnDone) => void,
): Promise<TurnDone> {
  const { now, timers } = settings;
  const { id, key, ends, incoming, decide = settings.decide } = turn;
  const documents = untilThen(settings.documents, settings, () => ends);
  let read = turn.known;
  for (let tries = 0; ; tries++) {
    try {
      read ??= await documents.get<ConversationDocument>(placeOf(id));
      if (!read) throw new PolkuError('notFound', 'the conversation is not there');
      checkRelease(read.document);
      const entry = await earlier(documents, read.document, key);
      if (entry) return { read, entry, fresh: false, confirmed: false };
      const { pending } = read.document;
      if (pending && isElsewhere(settings, pending))
        throw new PolkuError('conflict', 'another process is confirming a turn');
      if (!pending || pending.key === key) return await attempt(settings, read, incoming, key, ends, decide);
      const done = await attempt(settings, read, pending.incoming, pending.key, ends, settings.decide);
      finished(done);
      read = done.read;
    } catch (error) {
      const isPassing = hasCode(error, 'conflict') || hasCode(error, 'storeUnavailable');
      if (!isPassing || error.details.lasting) throw error;
      read = undefined;
      // What this process remembered was stale: nothing is in the way of a fresh look.
      if (tries === 0 && turn.known && hasCode(error, 'conflict')) continue;
      const pause = Math.min(500, 10 * 2 ** tries);
      if (now() + pause >= ends) throw new PolkuError('storeUnavailable', 'no turn within its time', {}, error);
      await wait(timers, pause);
    }
  }
}

/** Finishes a confirmed turn that a crash cut off; undefined when there is none, or its process may still be at it. */
export async function finishTurn(settings: TurnSettings, id: string, ends: number): Promise<TurnDone | undefined> {
  const documents = untilThen(settings.documents, settings, () => ends);
  const read = await documents.get<ConversationDocument>(placeOf(id));
  const pending = read?.document.pending;
  if (!read || !pending || isElsewhere(settings, pending)) return undefined;
  checkRelease(read.document);
  return attempt(settings, read, pending.incoming, pending.key, ends, settings.decide);
}

/** Where a conversation is kept. */
export function placeOf(id: string) {
  return { collection: 'conversations', partition: id, id } as const;
}

/** In a process of our own the queue of the conversation has seen to it that whoever began has stopped. */
function isElsewhere({ self, now }: TurnSettings, { by, at }: Pending): boolean {
  return by !== self && at + pendingLease > now();
}

function checkRelease({ schema }: ConversationDocument): void {
  if (schema <= conversationSchema) return;
  const message = 'The conversation was written by a later release of Polku, which has to serve it.';
  throw new PolkuError('storeUnavailable', message, { lasting: true });
}

/** The entry of a message that was handled before; without its replies when they have been erased. */
async function earlier(documents: Documents, document: ConversationDocument, key: string): Promise<Entry | undefined> {
  const { log, moved = [], next, id } = document;
  const kept = log.find((entry) => entry.key === key);
  if (kept || moved.length === 0 || !moved.includes(shortName(key))) return kept;
  const old = await documents.list<TranscriptDocument>('transcripts', id, 'transcript');
  const found = old.flatMap((one) => one.document.entries).find((entry) => entry.key === key);
  return found ?? { key, first: next, at: 0, lines: [] };
}

async function attempt(
  settings: TurnSettings,
  from: Read<ConversationDocument>,
  incoming: Clean,
  key: string,
  ends: number,
  decide: Decide,
): Promise<TurnDone> {
  const { now, self } = settings;
  let read = from;
  let until = ends;
  let confirmed = false;
  const documents = untilThen(settings.documents, settings, () => until);

  async function write(document: ConversationDocument) {
    read = { document, version: await documents.replace('conversations', document, read.version) };
  }
  async function fence() {
    if (confirmed) return;
    const at = now();
    await write({ ...read.document, pending: { key, incoming, at, by: self }, dueAt: at + pendingLease });
    until = Math.min(ends, at + effectsWithin);
    confirmed = true;
  }

  let decided: Decided;
  try {
    decided = await decide(read.document, incoming, fence, documents);
  } catch (error) {
    if (hasCode(error, 'conflict') || hasCode(error, 'storeUnavailable')) throw error;
    decided = { dialog: read.document.dialog, drafts: settings.apologise(error, read.document) };
  }
  // The limit of what the turn does to the world is not that of its own writing.
  until = ends;

  const entry = makeEntry(read.document, { key, incoming, ...decided, at: now() });
  const { pending, dueAt: _, moved: __, ...rest } = read.document;
  if (entry.lines.length === 0 && decided.dialog === rest.dialog && !pending && !decided.forget) {
    return { read, entry, fresh: false, confirmed };
  }
  const old = decided.forget ? undefined : takeOld(read.document);
  if (old) await keepOld(documents, old);
  if (decided.forget) await forgetTranscripts(documents, read.document);
  const leaving = decided.forget ? rest.log : (old?.entries ?? []);
  const staying = rest.log.slice(leaving.length);
  const moved = movedNames(read.document, leaving);
  await write({
    ...rest,
    dialog: decided.dialog,
    client: decided.forget ? settings.newId() : rest.client,
    log: [...(decided.passing ? staying : staying.map(faded)), entry],
    ...(moved.length > 0 && { moved }),
    next: entry.first + entry.lines.length,
    expiresAt: now() + conversationLife,
  });
  return { read, entry, fresh: true, confirmed };
}

/** The same older turns always make the same document, so that one left by a crash is right as it is. */
async function keepOld(documents: Documents, old: TranscriptDocument): Promise<void> {
  try {
    await documents.create('transcripts', old);
  } catch (error) {
    if (!hasCode(error, 'conflict')) throw error;
  }
}

/**
 * Empties what was moved out. The documents stay, one for the turns that would move out next among them: a process that
 * has not heard of it finds their places taken, and cannot put the words back.
 */
async function forgetTranscripts(documents: Documents, document: ConversationDocument): Promise<void> {
  const { id: partition, log } = document;
  const kept = await documents.list<TranscriptDocument>('transcripts', partition, 'transcript');
  const chunks = kept.map((one) => one.document);
  if (log.length > 0) chunks.push(chunkOf(document, log.slice(0, 1)));
  for (const chunk of chunks) {
    const ref = { collection: 'transcripts', partition, id: chunk.id } as const;
    await changeDocument<TranscriptDocument>(documents, ref, (current = chunk) =>
      current.entries.length === 0 ? undefined : { ...current, entries: [] },
    );
  }
}
