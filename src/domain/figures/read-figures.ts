import type { Reading } from '../documents.ts';
import { type FigurePart, figuresOfMonth } from './ledger.ts';

/** Counts by name, and how often a step took so many days. */
export interface Figures {
  counts: Record<string, number>;
  days: Record<string, Record<string, number>>;
}

/** Reads what was counted in a month (as `2026-11`) of a city. */
export async function readMonth(documents: Reading, city: string, month: string): Promise<Figures> {
  const parts = await documents.list<FigurePart>('clients', figuresOfMonth(city, month), 'figures');
  return sumOf(parts.map(({ document }) => document));
}

/** Several figures as one. */
export function sumOf(all: readonly Figures[]): Figures {
  const days: Figures['days'] = {};
  for (const one of all) {
    for (const [name, lengths] of Object.entries(one.days)) days[name] = plus(days[name] ?? {}, lengths);
  }
  return { counts: all.map(({ counts }) => counts).reduce(plus, {}), days };
}

function plus(one: Record<string, number>, other: Record<string, number>): Record<string, number> {
  const sum = { ...one };
  for (const [name, count] of Object.entries(other)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}
