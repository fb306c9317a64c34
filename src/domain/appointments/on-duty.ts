import type { Documents } from '../documents.ts';
import { type Coach, type Municipality, weekdays } from '../municipalities/pack.ts';
import type { CalendarDay } from './appointment.ts';
import { dayRef } from './coach-day.ts';
import { holdsTime } from './free.ts';
import { dateAt, wallClock } from './wall-clock.ts';

/** Whether the coach's hours hold the moment (epoch milliseconds), by the pack. */
function isAtWork({ hours, exceptions, breaks }: Coach, { zone, isClosed }: Municipality, now: number): boolean {
  const day = dateAt(now, zone);
  if (isClosed(day)) return false;
  const special = exceptions.filter(({ date }) => date === day);
  const weekday = weekdays[(new Date(day).getUTCDay() + 6) % 7]!;
  const spans =
    special.length > 0 ? special.flatMap(({ spans }) => spans) : hours.filter(({ days }) => days.includes(weekday));
  const holds = (span: { from: string; to: string }) =>
    wallClock(day, zone)(span).some(({ start, end }) => start <= now && now < end);
  return spans.some(holds) && !breaks.some(holds);
}

/** Ids of the coaches who are at work at the moment, in no meeting and not blocked; in the order of the pack. */
export async function onDuty(documents: Documents, municipality: Municipality, now: number): Promise<string[]> {
  const day = dateAt(now, municipality.zone);
  const free: string[] = [];
  for (const coach of municipality.coaches.filter((one) => isAtWork(one, municipality, now))) {
    const calendar = (await documents.get<CalendarDay>(dayRef(coach.id, day)))?.document;
    const taken = [...(calendar?.appointments ?? []).filter(holdsTime), ...(calendar?.blocks ?? [])];
    if (!taken.some(({ start, end }) => Date.parse(start) <= now && now < Date.parse(end))) free.push(coach.id);
  }
  return free;
}
