/** A stream of numbers from 0 to 1 that depends on the seed alone (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Decides by the seed whether a call fails, in `rate` of all calls, and how: each fault by its weight. */
export function seededPlan<Fault extends string>(
  seed: number,
  rate: number,
  weights: Record<Fault, number>,
): () => Fault | undefined {
  const random = seeded(seed);
  const entries = Object.entries(weights) as [Fault, number][];
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
  return () => {
    if (random() >= rate) return undefined;
    let left = random() * total;
    for (const [fault, weight] of entries) {
      left -= weight;
      if (left < 0) return fault;
    }
    return undefined;
  };
}
