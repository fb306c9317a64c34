import { fewest } from './suppress.ts';

/** How long a step took: half of the people waited at most `median` days, nine of ten at most `most`. */
export interface LeadTime {
  people: number;
  median: number;
  most: number;
}

/** The lead time of so many times so many days; undefined when it would be about fewer than five people. */
export function leadTimeOf(lengths: Record<string, number> = {}): LeadTime | undefined {
  const sorted = Object.entries(lengths)
    .map(([days, times]) => ({ days: Number(days), times }))
    .sort((one, other) => one.days - other.days);
  const people = sorted.reduce((sum, { times }) => sum + times, 0);
  if (people < fewest) return undefined;
  /** Days within which this share of the people was served. */
  function within(share: number): number {
    let passed = 0;
    for (const { days, times } of sorted) {
      passed += times;
      if (passed >= share * people) return days;
    }
    return sorted.at(-1)!.days;
  }
  return { people, median: within(0.5), most: within(0.9) };
}
