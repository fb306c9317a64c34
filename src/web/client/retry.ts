import { Refused } from './api.ts';

/** Tells whether the same thing may succeed later: the line, a busy or a failing server. */
export function isForNow(error: unknown): boolean {
  return !(error instanceof Refused) || error.status >= 500 || error.status === 429 || error.status === 408;
}

/** Tells whether another token of the same conversation may help. */
export function isStale(error: unknown): boolean {
  return error instanceof Refused && [401, 403, 404].includes(error.status);
}

/** Milliseconds to wait after so many failures in a row; never more than 15 s, and spread so that clients do not march. */
export function backoff(failures: number, random: number): number {
  return Math.min(15_000, 500 * 2 ** Math.min(failures, 6)) * (0.5 + random / 2);
}

/** A wait that can be cut short. */
export interface Pause {
  /** Resolves after so many milliseconds, or when woken. */
  pause(milliseconds: number): Promise<void>;
  wake(): void;
}

/** Makes a wait that can be cut short. */
export function makePause(): Pause {
  let waking: (() => void) | undefined;
  return {
    pause: (milliseconds) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        waking = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    wake: () => waking?.(),
  };
}
