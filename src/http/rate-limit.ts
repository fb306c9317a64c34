import { PolkuError } from '../errors.ts';
import { makeRecent } from '../recent.ts';

/** How much one address may do: `burst` at once, then `perSecond`. */
export interface Rate {
  burst: number;
  perSecond: number;
}

/**
 * A bucket of tokens for each key. `now` tells milliseconds. Remembers the `keys` that were seen last; one that is
 * forgotten has a full bucket again.
 */
export function makeLimit(rate: Rate, now: () => number, keys = 10_000): (key: string) => void {
  const buckets = makeRecent<string, { left: number; at: number }>(keys);
  return (key) => {
    const at = now();
    const known = buckets.get(key);
    const bucket = known ?? { left: rate.burst, at };
    if (!known) buckets.set(key, bucket);
    bucket.left = Math.min(rate.burst, bucket.left + (Math.max(0, at - bucket.at) / 1000) * rate.perSecond);
    bucket.at = at;
    if (bucket.left < 1) {
      const retryAfter = Math.ceil((1 - bucket.left) / rate.perSecond);
      throw new PolkuError('tooMany', `Too many requests from this address. Wait ${retryAfter} s.`, { retryAfter });
    }
    bucket.left -= 1;
  };
}
