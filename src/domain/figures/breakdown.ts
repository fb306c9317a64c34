import { countName, type Facet, type Happening } from './figure.ts';
import type { Figures } from './read-figures.ts';
import { suppressed } from './suppress.ts';

/** Counts of something by group; `count` is absent where it would tell of too few people. */
export interface Breakdown {
  groups: { code: string; count?: number }[];
  total: number;
}

/** Counts by code, as far as they may be shown beside their total. */
export function grouped(codes: readonly string[], counts: readonly number[]): Breakdown {
  const shown = suppressed(counts);
  return {
    groups: codes.map((code, index) => ({ code, ...(shown[index] !== undefined && { count: shown[index] }) })),
    total: counts.reduce((sum, count) => sum + count, 0),
  };
}

/**
 * How often something came about, by the codes of a facet; codes that nobody knows any more are added at the end. Every
 * table of one facet names the same codes: two that hide differently would tell what each hides.
 */
export function breakdown({ counts }: Figures, what: Happening, facet: Facet, codes: readonly string[]): Breakdown {
  const start = countName(what, facet, '');
  const others = Object.keys(counts)
    .filter((name) => name.startsWith(start))
    .map((name) => name.slice(start.length))
    .filter((code) => !codes.includes(code));
  const all = [...codes, ...others.sort()];
  return grouped(
    all,
    all.map((code) => counts[start + code] ?? 0),
  );
}

/** The part of the total that some of its groups are, in per cent; undefined when it would tell what is hidden. */
export function shareOf({ groups, total }: Breakdown, codes: readonly string[]): number | undefined {
  const asked = groups.filter(({ code }) => codes.includes(code));
  if (total === 0 || asked.some(({ count }) => count === undefined)) return undefined;
  return (100 * asked.reduce((sum, { count = 0 }) => sum + count, 0)) / total;
}
