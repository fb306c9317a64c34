import type { DateTime } from 'luxon';
import type { Appointment, Block, CalendarDay } from '../appointments/appointment.ts';
import { dayRef, newDay } from '../appointments/coach-day.ts';
import { holdsTime } from '../appointments/free.ts';
import { dateAt, localTime, shiftDate, wallClock } from '../appointments/wall-clock.ts';
import { changeDocument } from '../change-document.ts';
import type { Documents } from '../documents.ts';
import { madeId } from '../made-id.ts';
import type { Municipality } from '../municipalities/pack.ts';

/** Something that a coach does for themselves; one intent has one effect. */
export interface CoachAct {
  documents: Documents;
  municipality: Municipality;
  coach: string;
  intent: string;
  now: DateTime;
}

/** A time to keep free of meetings: local dates, and clock times of each of them ("24:00" ends the day). */
export interface TimeToBlock {
  from: string;
  to: string;
  firstDay: string;
  lastDay: string;
}

/** A blocked time with the day that holds it. */
export interface BlockedTime extends Block {
  day: string;
}

/** Days that can be blocked at once. */
export const mostDays = 60;

/** Keeps a time free of new meetings; resolves with the meetings that are in it already, which stay as they are. */
export async function blockTime(act: CoachAct, { from, to, firstDay, lastDay }: TimeToBlock): Promise<Appointment[]> {
  const { documents, municipality, coach, intent } = act;
  const { zone } = municipality;
  const inside: Appointment[] = [];
  for (let day = firstDay, n = 0; day <= lastDay && n < mostDays; day = shiftDate(day, 1), n++) {
    const toISO = localTime(day, zone);
    const blocks = wallClock(
      day,
      zone,
    )({ from, to }).map(({ start, end }, part): Block => {
      return { id: madeId('block', coach, intent, day, String(part)), start: toISO(start), end: toISO(end) };
    });
    const written = await changeDocument<CalendarDay>(documents, dayRef(coach, day), (current) => {
      const before = current ?? newDay(coach, day, municipality);
      const fresh = blocks.filter(({ id }) => !before.blocks?.some((one) => one.id === id));
      return fresh.length === 0 ? undefined : { ...before, blocks: [...(before.blocks ?? []), ...fresh] };
    });
    const meetings = (written?.appointments ?? []).filter(holdsTime);
    inside.push(...meetings.filter((one) => blocks.some((block) => overlap(one, block))));
  }
  return inside.sort((one, other) => Date.parse(one.start) - Date.parse(other.start));
}

/** Gives a blocked time back; again is no error. */
export async function freeTime(
  { documents, coach }: Omit<CoachAct, 'intent'>,
  day: string,
  block: string,
): Promise<void> {
  await changeDocument<CalendarDay>(documents, dayRef(coach, day), (current) => {
    if (!current?.blocks?.some(({ id }) => id === block)) return undefined;
    return { ...current, blocks: current.blocks.filter(({ id }) => id !== block) };
  });
}

/** What the coach has blocked and is not over, the earliest first. */
export async function blockedTimes(act: Omit<CoachAct, 'intent'>): Promise<BlockedTime[]> {
  const { documents, municipality, coach, now } = act;
  const today = dateAt(now.toMillis(), municipality.zone);
  const days = await documents.list<CalendarDay>('calendars', coach, 'day');
  return days
    .filter(({ document }) => document.id >= today)
    .flatMap(({ document }) => (document.blocks ?? []).map((block) => ({ ...block, day: document.id })))
    .filter(({ end }) => Date.parse(end) > now.toMillis())
    .sort((one, other) => Date.parse(one.start) - Date.parse(other.start));
}

function overlap(one: { start: string; end: string }, other: { start: string; end: string }): boolean {
  return Date.parse(one.start) < Date.parse(other.end) && Date.parse(other.start) < Date.parse(one.end);
}
