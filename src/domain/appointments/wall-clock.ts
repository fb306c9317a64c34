import { DateTime } from 'luxon';

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

function stretchesOf(day: string, zone: string): Stretch[] {
  const midnight = DateTime.fromISO(day, { zone }).startOf('day');
  const start = midnight.toMillis();
  const end = midnight.plus({ days: 1 }).startOf('day').toMillis();
  const offsetAt = (moment: number) => midnight.zone.offset(moment);
  const [first, last] = [offsetAt(start), offsetAt(end - 1)];
  if (first === last) return [{ start, end, offset: first }];
  // Clocks change at whole minutes, so the minute of the change is found by halving.
  let before = start;
  let after = end - minute;
  while (after - before > minute) {
    const middle = before + Math.floor((after - before) / 2 / minute) * minute;
    if (offsetAt(middle) === first) before = middle;
    else after = middle;
  }
  return [
    { start, end: after, offset: first },
    { start: after, end, offset: last },
  ];
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
