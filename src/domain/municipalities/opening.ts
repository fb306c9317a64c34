import { DateTime } from 'luxon';
import { type Period, wallClock } from '../appointments/wall-clock.ts';
import { isPublicHoliday } from './holidays.ts';
import { type Municipality, weekdays } from './pack.ts';

const hour = 3_600_000;
/** How many days ahead an opening is looked for; a pack that is closed for longer is a mistake of the pack. */
const horizon = 400;

/** The counter's opening hours on a local date as moments, in order, without overlaps; none on a closed day. */
function openingsOn(municipality: Municipality, date: DateTime): Period[] {
  const day = date.toISODate()!;
  if (municipality.isClosed(day)) return [];
  const weekday = weekdays[date.weekday - 1]!;
  const periods = municipality.contact.hours
    .filter(({ days }) => days.includes(weekday))
    .flatMap(wallClock(day, municipality.zone))
    .sort((a, b) => a.start - b.start);
  const merged: Period[] = [];
  for (const period of periods) {
    const last = merged.at(-1);
    if (last && period.start <= last.end) last.end = Math.max(last.end, period.end);
    else merged.push(period);
  }
  return merged;
}

/** Asks each opening that ends after the moment, from today on, until one of them names the moment that is looked for. */
function seek(municipality: Municipality, now: DateTime, name: (opening: Period) => number | undefined): DateTime {
  const today = now.setZone(municipality.zone).startOf('day');
  for (let days = 0; days < horizon; days++) {
    for (const opening of openingsOn(municipality, today.plus({ days }))) {
      const moment = opening.end > now.toMillis() ? name(opening) : undefined;
      if (moment !== undefined) return DateTime.fromMillis(moment, { zone: municipality.zone });
    }
  }
  throw new Error(`${municipality.slug} has too few opening hours in the ${horizon} days after ${today.toISODate()}`);
}

/** Tells whether somebody is at the counter at this moment. */
export function isOpen(municipality: Municipality, now: DateTime): boolean {
  const moment = now.toMillis();
  return openingsOn(municipality, now.setZone(municipality.zone)).some(
    ({ start, end }) => start <= moment && moment < end,
  );
}

/** The next time the counter opens after this moment (ISO 8601 with offset); also when it is open now. */
export function nextOpening(municipality: Municipality, now: DateTime): string {
  const opens = seek(municipality, now, ({ start }) => (start > now.toMillis() ? start : undefined));
  return opens.toISO({ suppressMilliseconds: true })!;
}

/** The moment at which so many opening hours have passed; always in opening hours or at the end of them. */
export function addOpeningHours(municipality: Municipality, now: DateTime, hours: number): DateTime {
  let left = hours * hour;
  return seek(municipality, now, ({ start, end }) => {
    const from = Math.max(start, now.toMillis());
    if (end - from >= left) return from + left;
    left -= end - from;
    return undefined;
  });
}

function isWorkingDay(municipality: Pick<Municipality, 'holidays'>, date: DateTime): boolean {
  return date.weekday <= 5 && !isPublicHoliday(municipality.holidays.country, date.toISODate()!);
}

/**
 * The date (ISO) that is so many working days after the date. Working days are Monday to Friday but public holidays:
 * the days on which the city itself keeps its offices closed count, since they do not lengthen anybody's time limit.
 */
export function addWorkingDays(municipality: Pick<Municipality, 'holidays'>, date: string, days: number): string {
  let day = DateTime.fromISO(date, { zone: 'utc' });
  for (let left = days; left > 0; ) {
    day = day.plus({ days: 1 });
    if (isWorkingDay(municipality, day)) left--;
  }
  return day.toISODate()!;
}

/**
 * The last date (ISO) on which the first meeting is held when the job search starts on the date, by the rule in force on
 * it. If the city's offices are closed on the last day of the limit, it is the last day before on which they are open.
 */
export function firstMeetingBy(municipality: Municipality, startDate: string): string {
  const rules = municipality.firstMeeting.toSorted((a, b) => (a.from < b.from ? -1 : 1));
  const rule = rules.findLast(({ from }) => from <= startDate) ?? rules[0]!;
  const limit = addWorkingDays(municipality, startDate, rule.workingDays);
  let day = DateTime.fromISO(limit, { zone: 'utc' });
  while (day.toISODate()! > startDate) {
    if (isWorkingDay(municipality, day) && !municipality.isClosed(day.toISODate()!)) return day.toISODate()!;
    day = day.minus({ days: 1 });
  }
  return limit;
}
