import { shiftDate } from '../appointments/wall-clock.ts';
import { takenFor } from './ledger.ts';

/** A quarter of a year, as `2026-Q4`. Figures by group are of whole quarters, so that no two periods overlap. */
export type Quarter = string;

/** The quarter of a local date (ISO). */
export function quarterOf(date: string): Quarter {
  return `${date.slice(0, 4)}-Q${Math.floor((Number(date.slice(5, 7)) - 1) / 3) + 1}`;
}

/** The quarter so many before this one. */
export function quartersBefore(quarter: Quarter, count: number): Quarter {
  const number = Number(quarter.slice(0, 4)) * 4 + Number(quarter.slice(6)) - 1 - count;
  return `${Math.floor(number / 4)}-Q${(number % 4) + 1}`;
}

/** Its three months, as `2026-11`. */
export function monthsOf(quarter: Quarter): string[] {
  const first = (Number(quarter.slice(6)) - 1) * 3 + 1;
  return [0, 1, 2].map((more) => `${quarter.slice(0, 4)}-${String(first + more).padStart(2, '0')}`);
}

/** The date (ISO) from which on figures of the quarter by group are shown: it is over, and nothing is added any more. */
export function shownFrom(quarter: Quarter): string {
  const next = monthsOf(quartersBefore(quarter, -1))[0]!;
  return shiftDate(`${next}-01`, takenFor + 1);
}

/** The quarter that a text names; undefined when it names none. */
export function readQuarter(text: string): Quarter | undefined {
  return /^20\d\d-Q[1-4]$/.test(text) ? text : undefined;
}
