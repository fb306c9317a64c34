import type { DateTime } from 'luxon';
import type { Reading } from '../documents.ts';
import { type Coach, type MeetingKind, type Municipality, meetingKinds } from '../municipalities/pack.ts';
import type { AppointmentTopic, CalendarDay, Slot, SlotQuery } from './appointment.ts';
import { dayRef } from './coach-day.ts';
import { freeSlots, holdsTime, hoursFor, offers } from './free.ts';
import { dateAt, shiftDate } from './wall-clock.ts';

interface OfferedSlot extends Slot {
  /** Meetings the coach has on that day, so that "anybody" spreads people evenly. */
  load: number;
}

/** Kinds of meeting that somebody offers for the topic, in the order to show. */
export function kindsFor({ coaches }: Municipality, topic: AppointmentTopic): MeetingKind[] {
  return meetingKinds.filter((kind) => coaches.some((coach) => offers(coach, topic, kind)));
}

function* datesFrom(first: string, { zone, limits }: Municipality, now: DateTime): Generator<string> {
  const last = shiftDate(dateAt(now.toMillis(), zone), limits.horizonDays);
  for (let date = first; date <= last; date = shiftDate(date, 1)) yield date;
}

function coachesFor({ coaches }: Municipality, { coach, topic, kind }: Pick<SlotQuery, 'coach' | 'topic' | 'kind'>) {
  return coaches.filter((one) => (coach === undefined || one.id === coach) && offers(one, topic, kind));
}

/** One date's free times of all these coaches, in order of time; at one moment and place the least busy coach. */
async function freeOn(
  documents: Reading,
  municipality: Municipality,
  coaches: Coach[],
  question: { day: string; kind: MeetingKind; now: DateTime },
): Promise<Slot[]> {
  const each = await Promise.all(
    coaches.map(async (coach): Promise<OfferedSlot[]> => {
      // Nothing is read for days on which the coach holds no such meetings.
      if (hoursFor({ municipality, coach, ...question }).length === 0) return [];
      const calendarDay = (await documents.get<CalendarDay>(dayRef(coach.id, question.day)))?.document;
      const load = calendarDay?.appointments.filter(holdsTime).length ?? 0;
      return freeSlots({ municipality, coach, ...question, ...(calendarDay && { calendarDay }) }).map((slot) => ({
        ...slot,
        load,
      }));
    }),
  );
  const sorted = each.flat().sort((a, b) => Date.parse(a.start) - Date.parse(b.start) || a.load - b.load);
  const first = new Map<string, Slot>();
  for (const { load: _, ...slot } of sorted) {
    // Where one sits matters only to who comes there.
    const place = question.kind === 'office' || question.kind === 'village' ? slot.place : '';
    const moment = `${slot.start} ${place}`;
    if (!first.has(moment)) first.set(moment, slot);
  }
  return [...first.values()];
}

/** As many slots as asked for, but never a part of those that start together: the next page begins after the last. */
function pageOf(slots: Slot[], limit: number): Slot[] {
  if (slots.length <= limit) return slots;
  const page = slots.slice(0, limit);
  const whole = page.filter(({ start }) => start !== slots[limit]!.start);
  return whole.length > 0 ? whole : page;
}

/** Local dates to look at; a query for one day looks at no other. */
function datesOf({ day, after }: SlotQuery, municipality: Municipality, now: DateTime): Iterable<string> {
  const today = dateAt(now.toMillis(), municipality.zone);
  let from = today;
  if (after !== undefined) {
    const next = isDate(after) ? shiftDate(after, 1) : dateAt(Date.parse(after), municipality.zone);
    from = [today, next].sort()[1]!;
  }
  if (day !== undefined) return day >= from ? [day] : [];
  return datesFrom(from, municipality, now);
}

function isDate(text: string): boolean {
  return text.length === 10;
}

/** Free times that fit the query, the earliest first; days are read only until there are enough. */
export async function findFree(
  documents: Reading,
  municipality: Municipality,
  query: SlotQuery,
  now: DateTime,
): Promise<Slot[]> {
  const { after, kind, limit } = query;
  const latest = after === undefined || isDate(after) ? Number.NEGATIVE_INFINITY : Date.parse(after);
  const coaches = coachesFor(municipality, query);
  const found: Slot[] = [];
  for (const day of datesOf(query, municipality, now)) {
    const slots = await freeOn(documents, municipality, coaches, { day, kind, now });
    found.push(...slots.filter(({ start }) => Date.parse(start) > latest));
    if (found.length > limit) break;
  }
  return pageOf(found, limit);
}

/** Local dates with at least one free time, from tomorrow on, at most `limit` of them. */
export async function freeDays(
  documents: Reading,
  municipality: Municipality,
  query: Omit<SlotQuery, 'day' | 'after'>,
  now: DateTime,
): Promise<string[]> {
  const tomorrow = shiftDate(dateAt(now.toMillis(), municipality.zone), 1);
  const coaches = coachesFor(municipality, query);
  const found: string[] = [];
  for (const day of datesFrom(tomorrow, municipality, now)) {
    if (found.length === query.limit) break;
    const slots = await freeOn(documents, municipality, coaches, { day, kind: query.kind, now });
    if (slots.length > 0) found.push(day);
  }
  return found;
}
