import type { Appointment, CalendarDay, Handling } from '../domain/appointments/appointment.ts';
import type { ContactRequest, Intake } from '../domain/clients/path.ts';
import type { Document, Documents, OutboxItem } from '../domain/documents.ts';
import type { Municipality } from '../domain/municipalities/pack.ts';
import type { CaseRef } from '../domain/notices.ts';
import type { Referral } from '../domain/referrals/referral.ts';

/** News of erased clients that waits to be delivered; a case only when some of it could not be. */
export interface ErasureCase extends Document {
  handling: Handling;
}

/** Something that coaches act on, with the document it is kept in. */
export type Case =
  | { kind: 'intake'; of: Intake }
  | { kind: 'contact'; of: ContactRequest }
  | { kind: 'referral'; of: Referral }
  | { kind: 'appointment'; of: Appointment }
  | { kind: 'erasure'; of: ErasureCase };

/** What a coach can do with a case. */
export const acts = ['take', 'seen', 'done'] as const;
export type Act = (typeof acts)[number];

/** The case that a document holds; undefined when it is none, or the meeting is not in the day. */
export function caseIn(document: Document | undefined, about: CaseRef): Case | undefined {
  if (about.collection === 'calendars') {
    const day = document?.type === 'day' ? (document as CalendarDay) : undefined;
    const of = day?.appointments.find(({ id }) => id === about.appointment);
    return of && { kind: 'appointment', of };
  }
  switch (document?.type) {
    case 'intake':
      return { kind: 'intake', of: document as Intake };
    case 'contact':
      return { kind: 'contact', of: document as ContactRequest };
    case 'referral':
      return { kind: 'referral', of: document as Referral };
    case 'erasure': {
      const of: ErasureCase = { handling: {}, ...document };
      return lost(of, 'mail').length > 0 || of.handling.done ? { kind: 'erasure', of } : undefined;
    }
    default:
      return undefined;
  }
}

/** Reads a case; undefined when it was deleted or the reference names no case. */
export async function findCase(documents: Documents, about: CaseRef): Promise<Case | undefined> {
  return caseIn((await documents.get(about))?.document, about);
}

/** Ids of the coaches whom a case concerns: the one it belongs to, or all when that is nobody of the pack. */
export function coachesOf({ kind, of }: Case, { coaches }: Municipality): string[] {
  const all = coaches.map(({ id }) => id);
  if (kind === 'appointment') return all.filter((id) => id === of.coach);
  if (kind === 'contact') {
    // Somebody waits for a person: everybody is told, the own coach first.
    return [...all.filter((id) => id === of.coach), ...all.filter((id) => id !== of.coach)];
  }
  if (kind === 'erasure') return all;
  const own = kind === 'intake' ? of.routing.coach : of.coach;
  return own !== undefined && all.includes(own) ? [own] : all;
}

/** What was done about the case as it is now; a meeting that changed after it was seen is news again. */
export function handlingOf({ kind, of }: Case): Handling {
  const { handling } = of;
  if (kind !== 'appointment' || !handling.seen) return handling;
  return Date.parse(handling.seen.at) < Date.parse(of.changedAt) ? { ...handling, seen: undefined } : handling;
}

/** What could not be delivered to a partner or the client, and was given up. */
export function lost({ outbox = [] }: Document, kind: 'mail' | 'chat'): OutboxItem[] {
  return outbox.filter((item) => item.kind === kind && item.givenUp !== undefined);
}

/** Whether the meeting is over and nobody has said how it went. */
export function awaitsOutcome({ state, end, handling }: Appointment, now: number): boolean {
  return state === 'booked' && Date.parse(end) <= now && handling.done === undefined;
}

/** What this coach can do with the case now: the buttons of the card, and all that is accepted of them. */
export function actsOf(found: Case, coach: string, now: number): Act[] {
  const { taken, seen, done } = handlingOf(found);
  if (done) return [];
  switch (found.kind) {
    case 'intake':
    case 'contact':
      if (!taken) return ['take'];
      return taken.by === coach ? ['done'] : [];
    case 'referral':
      if (lost(found.of, 'mail').length > 0) return ['done'];
      return seen ? [] : ['seen'];
    case 'erasure':
      return ['done'];
    case 'appointment':
      if (awaitsOutcome(found.of, now)) return ['done'];
      return seen || found.of.state === 'moved' ? [] : ['seen'];
  }
}

/** Whether the case waits for this coach. A new time and a new referral are told, but ask for nothing. */
export function isOpen(found: Case, coach: string, now: number): boolean {
  const { taken, seen, done } = handlingOf(found);
  if (done) return false;
  switch (found.kind) {
    case 'intake':
    case 'contact':
      return !taken || taken.by === coach;
    case 'referral':
    case 'erasure':
      return lost(found.of, 'mail').length > 0;
    case 'appointment':
      return (found.of.state === 'cancelled-by-client' && !seen) || awaitsOutcome(found.of, now);
  }
}

/** Names the card of a case: one card a case, replaced when something changes. */
export function cardId({ collection, partition, id, appointment }: CaseRef): string {
  return [collection, partition, id, ...(appointment ? [appointment] : [])].join('|');
}
