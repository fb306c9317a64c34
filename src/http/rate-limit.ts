import { PolkuError } from '../errors.ts';

/** How much one address may do: `burst` at once, then `perSecond`. */
export interface Rate {
  burst: number;
  perSecond: number;
}

/**
 * A bucket of tokens for each key. `now` tells milliseconds. Remembers at most `keys` of them: the one not seen for
 * longest is forgotten, which gives it a full bucket again.
 */
export function makeLimit(rate: Rate, now: () => number, keys = 10_000): (key: string) => void {
  const buckets = new Map<string, { left: number; at: number }>();
  return (key) => {
    const at = now();
    const bucket = buckets.get(key) ?? { left: rate.burst, at };
    bucket.left = Math.min(rate.burst, bucket.left + (Math.max(0, at - bucket.at) / 1000) * rate.perSecond);
    bucket.at = at;
    // Deleted and set again, so that the map is in order of last use.
    buckets.delete(key);
    buckets.set(key, bucket);
    if (buckets.size > keys) buckets.delete(buckets.keys().next().value!);
    if (bucket.left < 1) {
      const retryAfter = Math.ceil((1 - bucket.left) / rate.perSecond);
      throw new PolkuError('tooMany', `Too many requests from this address. Wait ${retryAfter} s.`, { retryAfter });
    }
    bucket.left -= 1;
  };
}
