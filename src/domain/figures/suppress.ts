/** Groups of fewer people than this are never shown. */
export const fewest = 5;

/**
 * Which counts of a table may be shown beside their total: `false` stands for one that may not. Small counts are hidden
 * and with them the zeros, since only then nothing tells which is which. Small counts that could still be worked out by
 * subtraction, even by somebody who knows which groups are empty, take the next count into hiding, ties together. So the
 * hidden counts can change places without a trace, and are never all equal: whoever knows the total, and this very rule,
 * finds out none of them.
 */
export function mayShow(counts: readonly number[]): boolean[] {
  const hideUpTo = (most: number) => counts.map((count) => count > most);
  const most = fewest - 1;
  const total = counts.reduce((sum, count) => sum + count, 0);
  // If all are at their most, the total alone would tell each: with that total nothing is shown, whatever the counts are.
  if (total === most * counts.length && total > 0) return hideUpTo(Number.POSITIVE_INFINITY);
  const small = counts.filter((count) => count > 0 && count < fewest);
  if (small.length === 0) return counts.map(() => true);
  const canBeSubtracted = small.length === 1 || [1, most].some((bound) => small.every((count) => count === bound));
  const next = Math.min(...counts.filter((count) => count >= fewest));
  return hideUpTo(canBeSubtracted && Number.isFinite(next) ? next : most);
}

/** The counts with `undefined` in the place of each that may not be shown. */
export function suppressed(counts: readonly number[]): (number | undefined)[] {
  const shown = mayShow(counts);
  return counts.map((count, index) => (shown[index] ? count : undefined));
}
