import { steadyZone } from '../steady-zone.ts';

/** From the first moment up to, not including, the last; epoch milliseconds. */
export interface Period {
  start: number;
  end: number;
}

/** A part of a local date in which the clock runs on without a change; `offset` is minutes from UTC. */
interface Stretch extends Period {
  offset: number;
}

const minute = 60_000;
const dayLength = 24 * 60 * minute;

/** Minutes from UTC at the moment. */
function offsetAt(zone: string, moment: number): number {
  return steadyZone(zone).offset(moment);
}

/** The first moment of the local date. */
function startOf(day: string, zone: string): number {
  const utcMidnight = Date.parse(`${day}T00:00:00Z`);
  const guess = utcMidnight - offsetAt(zone, utcMidnight) * minute;
  return utcMidnight - offsetAt(zone, guess) * minute;
}

function findStretches(day: string, zone: string): Stretch[] {
  const start = startOf(day, zone);
  const end = startOf(shiftDate(day, 1), zone);
  const [first, last] = [offsetAt(zone, start), offsetAt(zone, end - 1)];
  if (first === last) return [{ start, end, offset: first }];
  // Clocks change at whole minutes, so the minute of the change is found by halving.
  let before = start;
  let after = end - minute;
  while (after - before > minute) {
    const middle = before + Math.floor((after - before) / 2 / minute) * minute;
    if (offsetAt(zone, middle) === first) before = middle;
    else after = middle;
  }
  return [
    { start, end: after, offset: first },
    { start: after, end, offset: last },
  ];
}

// Asking a zone for its offset is slow, and the same few weeks are asked for again and again.
const known = new Map<string, Stretch[]>();

function stretchesOf(day: string, zone: string): Stretch[] {
  const key = `${zone} ${day}`;
  let stretches = known.get(key);
  if (!stretches) {
    stretches = findStretches(day, zone);
    if (known.size >= 1000) known.clear();
    known.set(key, stretches);
  }
  return stretches;
}

/** The ISO date so many days later. */
export function shiftDate(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayLength).toISOString().slice(0, 10);
}

/** The local date (ISO) at the moment (epoch milliseconds). */
export function dateAt(moment: number, zone: string): string {
  return new Date(moment + offsetAt(zone, moment) * minute).toISOString().slice(0, 10);
}

/** Writes moments of a local date as ISO 8601 with the offset that is in force then. */
export function localTime(day: string, zone: string): (moment: number) => string {
  const stretches = stretchesOf(day, zone);
  return (moment) => {
    const within = stretches.find(({ start, end }) => start <= moment && moment < end);
    const offset = within?.offset ?? offsetAt(zone, moment);
    const size = Math.abs(offset);
    const two = (number: number) => String(number).padStart(2, '0');
    const shown = new Date(moment + offset * minute).toISOString().slice(0, 19);
    return `${shown}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  };
}

function minutesOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}

/**
 * Turns clock times of one local date into moments: a period holds every moment at which a clock on the wall shows a
 * time from `from` up to `to`. An hour that the clock skips is not there; an hour that it repeats is there twice.
 */
export function wallClock(day: string, zone: string): (span: { from: string; to: string }) => Period[] {
  const stretches = stretchesOf(day, zone);
  const utcMidnight = Date.parse(`${day}T00:00:00Z`);
  return ({ from, to }) => {
    const periods: Period[] = [];
    for (const stretch of stretches) {
      const shift = utcMidnight - stretch.offset * minute;
      const start = Math.max(stretch.start, shift + minutesOf(from) * minute);
      const end = Math.min(stretch.end, shift + minutesOf(to) * minute);
      if (start >= end) continue;
      const previous = periods.at(-1);
      if (previous?.end === start) previous.end = end;
      else periods.push({ start, end });
    }
    return periods;
  };
}

/** What is left of the period when the others are taken out, in order of time. */
export function without(period: Period, others: Period[]): Period[] {
  let left = [period];
  for (const other of others) {
    left = left.flatMap(({ start, end }) =>
      [
        { start, end: Math.min(end, other.start) },
        { start: Math.max(start, other.end), end },
      ].filter((piece) => piece.start < piece.end),
    );
  }
  return left;
}
