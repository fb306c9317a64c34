import { createHash } from 'node:crypto';
import type { Document } from '../domain/documents.ts';
import type { Draft } from './activity.ts';
import type { ChannelReference } from './conversations.ts';
import type { Clean } from './gate.ts';

/** One turn of the log: what came in and what was said, under the id that a duplicate carries. */
export interface Entry {
  key: string;
  /** Sequence number of the first message. */
  first: number;
  /** Epoch milliseconds. */
  at: number;
  lines: Line[];
  /** Its words are of use only until something else is said, and then go. */
  passing?: true;
}

/** A message of the log. What can be worked out is left out: the whole document is written at every turn. */
export interface Line extends Partial<Omit<Draft, 'textFormat'>> {
  /** The person's own. */
  own?: true;
  /** Buttons that say what they show. */
  choices?: string[];
}

/** A conversation: its dialogue, the last turns with their replies, and what is being confirmed. */
export interface ConversationDocument extends Document {
  type: 'conversation';
  userId: string;
  /** The person as Polku keeps them; new when they had everything deleted. */
  client: string;
  /** Present in a coach's own conversation. */
  coach?: string;
  pageLanguage?: string;
  /** Present in a conversation of a channel outside. */
  reference?: ChannelReference;
  /** Whatever the decider keeps between turns. */
  dialog: unknown;
  log: Entry[];
  /** Sequence number of the next activity. */
  next: number;
  /** Short names of the turns that moved out of the log, the newest last, so that a late duplicate is still known. */
  moved?: string[];
  /** A confirmed turn whose effects may have begun: it is finished before anything else is decided. */
  pending?: Pending;
}

/** A confirmed turn: what came in, when its effects may have begun (epoch milliseconds), and in which process. */
export interface Pending {
  key: string;
  incoming: Clean;
  at: number;
  by?: string;
}

/** Older turns of a conversation, moved out of its document as they were. */
export interface TranscriptDocument extends Document {
  type: 'transcript';
  entries: Entry[];
}

/** Version of the shape of conversation documents; those of a later one are left alone. */
export const conversationSchema = 1;
/** Conversations and their transcripts live this long after the last turn, in milliseconds. */
export const conversationLife = 30 * 24 * 3600 * 1000;
/** Turns kept in the document for duplicates; when full, the older half moves out. */
const turnsKept = 20;
/** Turns beyond those, of which a duplicate is known by its short name and found in the transcripts. */
const namesKept = 100;

/** Takes the older half out of a full log; undefined while there is room. */
export function takeOld(document: ConversationDocument): TranscriptDocument | undefined {
  if (document.log.length < turnsKept) return undefined;
  return chunkOf(document, document.log.slice(0, turnsKept / 2));
}

/** The document for turns that leave a log; its place follows from the first of them. */
export function chunkOf({ id, expiresAt }: ConversationDocument, entries: Entry[]): TranscriptDocument {
  return {
    id: String(entries[0]!.first).padStart(9, '0'),
    partition: id,
    type: 'transcript',
    schema: 1,
    entries: entries.map(faded),
    ...(expiresAt !== undefined && { expiresAt }),
  };
}

/** A turn without its words, if they were kept for a while only. */
export function faded(entry: Entry): Entry {
  return entry.passing ? { ...entry, lines: [] } : entry;
}

/** A short name of a turn's key; says nothing about what the key was. */
export function shortName(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 10);
}

/** The names of turns to remember when these leave the log. */
export function movedNames({ moved = [] }: ConversationDocument, leaving: Entry[]): string[] {
  return [...moved, ...leaving.map(({ key }) => shortName(key))].slice(-namesKept);
}
