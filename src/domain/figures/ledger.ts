import { shiftDate } from '../appointments/wall-clock.ts';
import { changeDocument } from '../change-document.ts';
import type { Document, DocumentRef, Documents } from '../documents.ts';
import { madeId } from '../made-id.ts';
import { countName, type Facet, type FigureNotice } from './figure.ts';

/**
 * A part of the figures of one month of one city: counts by name, lengths of steps as so many times so many days, and
 * which items it holds, by the day they came about. Nothing in it is about one person.
 */
export interface FigurePart extends Document {
  type: 'figures';
  counts: Record<string, number>;
  /** By stage, and by stage and service (`stage/service`): how often it took so many days. */
  days: Record<string, Record<string, number>>;
  applied: Record<string, string[]>;
}

/** A figure with the id of the item that brought it. */
export interface Figure {
  id: string;
  figure: FigureNotice;
}

/**
 * So many days after it came about a figure is still taken. Longer than an item is tried and than a service stands still;
 * what comes later is dropped, because by then nobody remembers whether it was counted.
 */
export const takenFor = 14;
/** Years that the figures of a month are kept. */
const keptYears = 5;
/** A month is in as many parts as a hexadecimal digit tells apart, so that each is small and few writers meet in one. */
export const parts = '0123456789abcdef';

/** Where the figures of a month (as `2026-11`) of a city are. */
export function figuresOfMonth(city: string, month: string): string {
  return `figures:${city}:${month}`;
}

/** Where an item is counted, and its mark there, which leads back to nobody. */
export function placeOf({ id, figure }: Figure): { ref: DocumentRef; mark: string } {
  const hash = madeId('figure', figure.city, id);
  const partition = figuresOfMonth(figure.city, figure.day.slice(0, 7));
  return { ref: { collection: 'clients', partition, id: `part-${hash[0]}` }, mark: hash.slice(1, 13) };
}

/** Whether so much time has passed since it came about that it is not counted any more; `today` is a date (ISO). */
export function isTooLate({ day }: FigureNotice, today: string): boolean {
  return day < shiftDate(today, -takenFor);
}

/** Counts figures of one part in one write, each once, whatever is repeated. `now` is epoch milliseconds. */
export async function countIn(documents: Documents, ref: DocumentRef, figures: Figure[], now: number): Promise<void> {
  const today = new Date(now).toISOString().slice(0, 10);
  await changeDocument<FigurePart>(documents, ref, (current) => {
    const before = current ?? newPart(ref);
    const marks = new Map(Object.entries(before.applied).map(([day, known]) => [day, new Set(known)]));
    const fresh = figures.filter((one) => {
      const { day } = one.figure;
      const { mark } = placeOf(one);
      const known = marks.get(day) ?? new Set();
      if (known.has(mark) || isTooLate(one.figure, today)) return false;
      marks.set(day, known.add(mark));
      return true;
    });
    return fresh.length === 0 ? undefined : fresh.reduce(plus, forgetting(before, today));
  });
}

function newPart({ partition, id }: DocumentRef): FigurePart {
  const month = partition.slice(-7);
  const [year, rest] = [Number(month.slice(0, 4)), month.slice(4)];
  const expiresAt = Date.parse(`${year + keptYears}${rest}-01T00:00:00Z`);
  return { id, partition, type: 'figures', schema: 1, expiresAt, counts: {}, days: {}, applied: {} };
}

/** Marks of days of which nothing is taken any more are of no use. */
function forgetting(part: FigurePart, today: string): FigurePart {
  const kept = Object.entries(part.applied).filter(([day]) => !isTooLate({ day } as FigureNotice, today));
  return { ...part, applied: Object.fromEntries(kept) };
}

function plus(part: FigurePart, one: Figure): FigurePart {
  const { what, of = {}, days = {}, day } = one.figure;
  const counts = { ...part.counts };
  const named = Object.entries(of).map(([facet, value]) => countName(what, facet as Facet, value));
  for (const name of [countName(what), ...named]) counts[name] = (counts[name] ?? 0) + 1;
  const lengths = { ...part.days };
  for (const [stage, length] of Object.entries(days)) {
    for (const name of [stage, ...(of.service === undefined ? [] : [`${stage}/${of.service}`])]) {
      lengths[name] = { ...lengths[name], [length]: (lengths[name]?.[length] ?? 0) + 1 };
    }
  }
  const applied = { ...part.applied, [day]: [...(part.applied[day] ?? []), placeOf(one).mark] };
  return { ...part, counts, days: lengths, applied };
}
