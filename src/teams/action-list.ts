import type { CalendarDay } from '../domain/appointments/appointment.ts';
import type { Document, Documents } from '../domain/documents.ts';
import type { Municipality } from '../domain/municipalities/pack.ts';
import type { CaseRef } from '../domain/notices.ts';
import { heardFromClient } from '../domain/plans/plan.ts';
import type { Text } from '../domain/text.ts';
import { hasCode } from '../errors.ts';
import { isOpen } from './acts/offered.ts';
import { type Case, cardId, caseIn, findCase, handlingOf } from './cases.ts';

/** Reminds a coach of a case that waits for them; holds nothing of the person. */
interface Pointer extends Document {
  type: 'case';
  about: CaseRef;
}

/** A case that waits for a coach. */
export interface OpenCase {
  about: CaseRef;
  /** Until when, epoch milliseconds; the most urgent has the smallest. */
  by: number;
}

/** Puts a case on a coach's list; again is no error. Meetings need no entry: they are in the coach's days. */
export async function addToList(
  documents: Documents,
  coach: string,
  about: CaseRef,
  expiresAt?: number,
): Promise<void> {
  if (about.collection === 'calendars') return;
  const pointer: Pointer = { id: cardId(about), partition: coach, type: 'case', schema: 1, about };
  try {
    await documents.create('coaches', expiresAt === undefined ? pointer : { ...pointer, expiresAt });
  } catch (error) {
    if (!hasCode(error, 'conflict')) throw error;
  }
}

/** Everything that waits for the coach, the most urgent first. */
export async function openCases(
  documents: Documents,
  municipality: Municipality,
  coach: string,
  now: number,
): Promise<OpenCase[]> {
  const open: OpenCase[] = [];
  for (const { document } of await documents.list<Pointer>('coaches', coach, 'case')) {
    const { about } = document;
    const found = await findCase(documents, about);
    if (found && isOpen(found, coach, now, municipality)) open.push({ about, by: deadline(found) });
    // Never to open again: gone or done. What another coach took may come back, so its entry stays.
    else if (!found || handlingOf(found).done) {
      await documents.delete({ collection: 'coaches', partition: coach, id: document.id });
    }
  }
  for (const { document: day } of await documents.list<CalendarDay>('calendars', coach, 'day')) {
    for (const { id } of day.appointments) {
      const about: CaseRef = { collection: 'calendars', partition: coach, id: day.id, appointment: id };
      const found = caseIn(day, about);
      if (found && isOpen(found, coach, now, municipality)) open.push({ about, by: deadline(found) });
    }
  }
  return open.sort((one, other) => one.by - other.by);
}

/** How much waits, in words. */
export function countText(count: number): Text {
  if (count < 2) return { key: `coach.count.${count === 0 ? 'none' : 'one'}` };
  return { key: 'coach.count.many', with: { count } };
}

function deadline({ kind, of }: Case): number {
  switch (kind) {
    case 'contact':
      return Date.parse(of.answerBy);
    case 'intake':
      return Date.parse(of.meetBy);
    case 'appointment':
      return Date.parse(of.start);
    case 'suggestion':
    case 'referral':
      return Date.parse(of.createdAt);
    case 'offer':
      return Date.parse(of.answerBy);
    case 'plan':
      return Date.parse(heardFromClient(of) ?? of.createdAt);
    case 'course':
      return Date.parse(of.handOver?.at ?? of.createdAt);
    case 'erasure':
      return 0;
  }
}
