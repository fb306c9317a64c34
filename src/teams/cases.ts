import type { Appointment, CalendarDay } from '../domain/appointments/appointment.ts';
import type { Client, ContactRequest, Intake } from '../domain/clients/path.ts';
import { responsibleFor } from '../domain/clients/responsible.ts';
import type { Suggestion } from '../domain/coaches/suggestion.ts';
import type { Document, Documents, OutboxItem } from '../domain/documents.ts';
import type { Handling } from '../domain/handling.ts';
import type { Municipality } from '../domain/municipalities/pack.ts';
import { type CaseRef, caseRef } from '../domain/notices.ts';
import type { Offer } from '../domain/offers/offer.ts';
import { heardFromClient, type Plan } from '../domain/plans/plan.ts';
import type { Referral } from '../domain/referrals/referral.ts';

/** News of erased clients that waits to be delivered; a case only when some of it could not be. */
export interface ErasureCase extends Document {
  handling: Handling;
}

/** A client whose path coaches follow as a whole; what is done about it is in the client itself. */
export interface CourseCase extends Client {
  handling: Handling;
}

/** Something that coaches act on, with the document it is kept in. */
export type Case =
  | { kind: 'intake'; of: Intake }
  | { kind: 'contact'; of: ContactRequest }
  | { kind: 'referral'; of: Referral }
  /** `untold`: what the client should have heard did not reach them. */
  | { kind: 'appointment'; of: Appointment; untold?: boolean }
  | { kind: 'suggestion'; of: Suggestion }
  | { kind: 'plan'; of: Plan }
  /** The client's own document: who is responsible, and whether the path goes on. */
  | { kind: 'course'; of: CourseCase }
  | { kind: 'offer'; of: Offer }
  | { kind: 'erasure'; of: ErasureCase };

/** The case that a document holds; undefined when it is none, or the meeting is not in the day. */
export function caseIn(document: Document | undefined, about: CaseRef): Case | undefined {
  if (about.collection === 'calendars') {
    const day = document?.type === 'day' ? (document as CalendarDay) : undefined;
    const of = day?.appointments.find(({ id }) => id === about.appointment);
    const untold = (one: OutboxItem) => caseRef.safeParse(one.payload.about).data?.appointment === about.appointment;
    return of && day && { kind: 'appointment', of, untold: lost(day, 'chat').some(untold) };
  }
  switch (document?.type) {
    case 'intake':
      return { kind: 'intake', of: document as Intake };
    case 'contact':
      return { kind: 'contact', of: document as ContactRequest };
    case 'referral':
      return { kind: 'referral', of: document as Referral };
    case 'suggestion':
      return { kind: 'suggestion', of: document as Suggestion };
    case 'plan':
      return { kind: 'plan', of: document as Plan };
    case 'offer':
      return { kind: 'offer', of: document as Offer };
    case 'client': {
      const of: CourseCase = { ...(document as Client), handling: {} };
      return of.responsible || of.course ? { kind: 'course', of } : undefined;
    }
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

/**
 * Ids of the coaches whom a case concerns: the one it belongs to, or all when that is nobody of the pack. What was given
 * belongs to whom it was given to, what was handed back to all.
 */
export function coachesOf(found: Case, { coaches }: Municipality): string[] {
  const { kind, of } = found;
  const all = coaches.map(({ id }) => id);
  if (kind === 'appointment') return all.filter((id) => id === of.coach);
  if (kind === 'erasure') return all;
  if (kind === 'course') {
    const own = responsibleFor(of)?.coach ?? of.coach;
    // A coach who has left leaves the client to all.
    return own !== undefined && all.includes(own) ? all.filter((id) => id === own || id === of.handOver?.to) : all;
  }
  const { given } = of.handling;
  const own = given ? given.to : kind === 'intake' ? of.routing.coach : of.coach;
  // Somebody waits for a person: everybody is told, the own coach first.
  if (kind === 'contact' && !given?.to) return [...all.filter((id) => id === own), ...all.filter((id) => id !== own)];
  return own !== undefined && all.includes(own) ? [own] : all;
}

/** What was done about the case as it is now; a meeting or plan that changed after it was seen is news again. */
export function handlingOf({ kind, of }: Case): Handling {
  const { handling } = of;
  if (kind === 'plan') {
    const { seen, ...rest } = handling;
    return (seen?.at ?? '') < (heardFromClient(of) ?? '') ? rest : handling;
  }
  if (kind !== 'appointment' || !handling.seen) return handling;
  return Date.parse(handling.seen.at) < Date.parse(of.changedAt) ? { ...handling, seen: undefined } : handling;
}

/** What could not be delivered, and was given up: mail to a partner, or a message in the client's chat. */
export function lost({ outbox = [] }: Document, kind: 'mail' | 'chat'): OutboxItem[] {
  return outbox.filter((item) => item.kind === kind && item.givenUp !== undefined && item.payload.mail !== 'client');
}

/** Whether somebody who wanted a place could not be told that it is open no more. */
export function isUntoldOver(suggestion: Suggestion): boolean {
  const { over, accepted } = suggestion;
  return over !== undefined && accepted !== undefined && (!over.told || lost(suggestion, 'chat').length > 0);
}

/** Names the card of a case: one card a case, replaced when something changes. */
export function cardId({ collection, partition, id, appointment }: CaseRef): string {
  return [collection, partition, id, ...(appointment ? [appointment] : [])].join('|');
}
