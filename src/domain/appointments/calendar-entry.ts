import type { DateTime } from 'luxon';
import type { Reading } from '../documents.ts';
import type { Municipality } from '../municipalities/pack.ts';
import type { Appointment, CalendarDay, Slot } from './appointment.ts';
import { dayRef } from './coach-day.ts';
import { dayOf, holdsTime } from './free.ts';
import { isSameTime } from './moves.ts';

/**
 * What the calendar of a coach should hold for a meeting: `stands`: the meeting that it has become, in the same calendar;
 * `gone`: nothing any more; `undecided`: a move that has not come about yet; `none`: it was never to be there, or is over.
 */
export type CalendarEntry =
  | { is: 'stands'; meeting: Appointment }
  | { is: 'gone' }
  | { is: 'undecided' }
  | { is: 'none' };

/** Moves of one meeting that are followed; nobody moves so often. */
const movesAtMost = 50;

/** Names the entry of a meeting in calendars; the same through all moves. */
export function entryName({ uid, id }: Appointment): string {
  return uid ?? id;
}

/** Finds out what the calendar of `coach` should hold now for one meeting of the day. */
export async function calendarEntry(
  documents: Reading,
  municipality: Municipality,
  { coach, day, appointment }: { coach: string; day: string; appointment: string },
  now: DateTime,
): Promise<CalendarEntry> {
  const meeting = (await meetingsOn(documents, coach, day)).find(({ id }) => id === appointment);
  if (!meeting) return { is: 'none' };
  const { movedFrom } = meeting;
  if (movedFrom) {
    const old = (await meetingsAt(documents, municipality, movedFrom)).find(({ id }) => id === movedFrom.id);
    if (old?.state === 'booked') return { is: 'undecided' };
    // Booked for a move that another one overtook: the entry is that of the other.
    if (old && !(old.state === 'moved' && isSameTime(old.movedTo, meeting))) return { is: 'none' };
  }
  const last = await lastOf(documents, municipality, meeting);
  if (!last || last.coach !== coach || !holdsTime(last)) return { is: 'gone' };
  return Date.parse(last.end) > now.toMillis() ? { is: 'stands', meeting: last } : { is: 'none' };
}

/** What the meeting has become through all its moves. */
async function lastOf(documents: Reading, municipality: Municipality, first: Appointment) {
  let meeting: Appointment | undefined = first;
  for (let moves = 0; meeting?.state === 'moved' && moves < movesAtMost; moves++) {
    meeting = await nextOf(documents, municipality, meeting);
  }
  return meeting;
}

async function nextOf(
  documents: Reading,
  municipality: Municipality,
  { id, movedTo }: Appointment,
): Promise<Appointment | undefined> {
  if (!movedTo) return undefined;
  const there = await meetingsAt(documents, municipality, movedTo);
  const next = there.filter((one) => one.movedFrom?.id === id && isSameTime(movedTo, one));
  return next.find(({ state }) => state !== 'cancelled-by-client') ?? next.at(-1);
}

function meetingsAt(documents: Reading, municipality: Municipality, { coach, start }: Slot): Promise<Appointment[]> {
  return meetingsOn(documents, coach, dayOf(start, municipality));
}

async function meetingsOn(documents: Reading, coach: string, day: string): Promise<Appointment[]> {
  return (await documents.get<CalendarDay>(dayRef(coach, day)))?.document.appointments ?? [];
}
