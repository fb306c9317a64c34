import type { DateTime } from 'luxon';
import { changeDocument } from '../change-document.ts';
import type { Document, DocumentRef, Documents } from '../documents.ts';
import type { Municipality } from '../municipalities/pack.ts';
import { type ClientAct, changeClient, clientRef } from './client.ts';
import type { Client, Routing } from './path.ts';
import { withRouting } from './responsible.ts';

/** Whom a letter is for: a client who was transferred to the city. */
export interface Addressee {
  /** The client's number in the system that they come from; never an identity code. */
  number: string;
  name: string;
  /** ISO 639-1. */
  language: string;
  /** The personal coach, when the city has chosen one. */
  coach?: string;
}

/** A letter by the hash of its code, which opens the chat once; who used it is written here, by compare-and-set. */
export interface Letter extends Document {
  type: 'letter';
  municipality: string;
  /** Absent when the client had everything deleted: the code stays shut. */
  addressee?: Addressee;
  /** Client id of the conversation that it opened, and when (ISO 8601). */
  usedBy?: string;
  usedAt?: string;
}

/** What came of a letter that is written (again). */
export type LetterState = 'new' | 'again' | 'used' | 'closed';

/** What came of a code: `open` when it is this client's already, `other` when they have another letter; `coach` is an id. */
export type LetterOutcome =
  | { outcome: 'opened' | 'open'; language: string; coach?: string }
  | { outcome: 'other' | 'unknown' };

const partition = 'letters';

function letterRef(hash: string): DocumentRef {
  return { collection: 'clients', partition, id: hash };
}

/** Keeps a letter under the hash of its code; one that was used or closed stays as it is. */
export async function writeLetter(
  { documents, municipality, now }: { documents: Documents; municipality: Municipality; now: DateTime },
  hash: string,
  addressee: Addressee,
): Promise<LetterState> {
  let state: LetterState = 'new';
  await changeDocument<Letter>(documents, letterRef(hash), (known) => {
    state = stateOf(known);
    if (state === 'used' || state === 'closed') return undefined;
    const expiresAt = now.plus({ days: municipality.retention.clientDays }).toMillis();
    return { id: hash, partition, type: 'letter', schema: 1, municipality: municipality.slug, addressee, expiresAt };
  });
  return state;
}

function stateOf(letter: Letter | undefined): LetterState {
  if (!letter) return 'new';
  if (!letter.addressee) return 'closed';
  return letter.usedBy === undefined ? 'again' : 'used';
}

/**
 * Opens a letter for the client who wrote its code: the first who does becomes the transferred client, with their coach.
 * A code that was never made, was used by another, is too old or of another city is `unknown` alike. `fence` is called
 * before anything is changed; the same client may repeat it after a crash.
 */
export async function openLetter(
  act: Omit<ClientAct, 'intent'>,
  hash: string,
  fence: () => Promise<void>,
): Promise<LetterOutcome> {
  const { documents, client, municipality, now } = act;
  const own = (await documents.get<Client>(clientRef(client)))?.document.transferred;
  const read = await documents.get<Letter>(letterRef(hash));
  if (own && own.letter !== hash) return { outcome: 'other' };
  const found = read?.document;
  if (!found || !isFor(found, act)) return { outcome: 'unknown' };
  if (own) return { outcome: 'open', language: found.addressee!.language };
  await fence();
  const usedAt = now.toUTC().toISO()!;
  const letter = await changeDocument<Letter>(documents, letterRef(hash), (current) => {
    const isFree = current !== undefined && isFor(current, act) && current.usedBy === undefined;
    return isFree ? { ...current, usedBy: client, usedAt } : undefined;
  });
  if (!letter || !isFor(letter, act)) return { outcome: 'unknown' };
  const { number, name, language, coach } = letter.addressee!;
  const isCoach = municipality.coaches.some(({ id }) => id === coach);
  const named: Routing = { ...(isCoach && { coach }), because: { key: 'hand-over.becauseLetter' } };
  await changeClient(act, (current) => ({
    transferred: { letter: hash, number, name, at: letter.usedAt! },
    ...(isCoach &&
      current.coach === undefined && { coach, ...withRouting(current, named, municipality, letter.usedAt!) }),
  }));
  return { outcome: 'opened', language, ...(isCoach && { coach }) };
}

function isFor(letter: Letter, { client, municipality }: Omit<ClientAct, 'intent'>): boolean {
  const isFree = letter.usedBy === undefined || letter.usedBy === client;
  return letter.addressee !== undefined && letter.municipality === municipality.slug && isFree;
}

/** Shuts the letter of a client for good and forgets whom it was for, so that importing again brings nobody back. */
export async function closeLetter(documents: Documents, hash: string): Promise<void> {
  await changeDocument<Letter>(documents, letterRef(hash), (letter) => {
    if (!letter?.addressee) return undefined;
    const { addressee: _, usedBy: __, usedAt: ___, ...rest } = letter;
    return rest;
  });
}
