import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** What lets somebody see the monitoring page of a city. */
export interface Gate {
  /** Whether this is the key, found out in the same time whatever was given. */
  isKey(given: string): boolean;
  /** A pass for the address of the page: it opens this city's page for an hour. */
  pass(): string;
  opens(pass: string): boolean;
}

/** Milliseconds that a pass lives. */
export const passLives = 60 * 60_000;
/** Stands in the address where no key is needed. */
const noKey = 'open';

/**
 * Makes the gate of a city's page. The pass is signed with the key and stored nowhere: a new key shuts all of them. `key`
 * undefined opens the page to everybody, for a demo on one's own machine.
 */
export function makeGate(key: string | undefined, city: string, now: () => number): Gate {
  if (key === undefined) return { isKey: () => true, pass: () => noKey, opens: (pass) => pass === noKey };
  const sign = (until: string) =>
    createHmac('sha256', key)
      .update(JSON.stringify(['monitoring-pass', city, until]))
      .digest('base64url');
  return {
    isKey: (given) => timingSafeEqual(hashOf(given), hashOf(key)),
    pass() {
      const until = (now() + passLives).toString(36);
      return `${until}.${sign(until)}`;
    },
    opens(pass) {
      const [until = '', signature = ''] = pass.split('.');
      const isSigned = timingSafeEqual(hashOf(signature), hashOf(sign(until)));
      return isSigned && now() < Number.parseInt(until, 36);
    },
  };
}

/** Of one length, so that texts of any length can be compared in constant time. */
function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
