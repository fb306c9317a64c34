import type { Documents } from '../domain/documents.ts';
import { hasCode, PolkuError } from '../errors.ts';
import { type Timers, wait } from '../timers.ts';

/** What tells and measures the time. */
export interface Clock {
  now(): number;
  timers: Timers;
}

/** A call that takes longer has failed; a store ends its calls by itself before. In milliseconds. */
const answersWithin = 3_500;
/** What can be repeated without harm is asked again so soon, in milliseconds. */
const repeatAfter = 1_500;

/** Pauses before a read that failed is made again, in milliseconds. */
const readPauses = [10, 50, 250];

/**
 * The store until a moment (epoch milliseconds, asked at each call; never unless told): a call that is not answered by
 * then, or within 3.5 s, is given up with `storeUnavailable`, and none begins afterwards. What can be repeated without
 * harm is; a write that was given up may still be done, as in a crash.
 */
export function untilThen(
  documents: Documents,
  { now, timers }: Clock,
  ends: () => number = () => Number.POSITIVE_INFINITY,
): Documents {
  function inTime<Args extends unknown[], T>(call: (...args: Args) => Promise<T>, most = answersWithin) {
    return async (...args: Args): Promise<T> => {
      const left = Math.min(most, ends() - now());
      if (left <= 0) throw new PolkuError('storeUnavailable', 'the time of the turn is over');
      let timer: unknown;
      const over = new Promise<never>((_, reject) => {
        const late = () => reject(new PolkuError('storeUnavailable', 'the store did not answer in time'));
        timer = timers.set(late, left);
      });
      try {
        return await Promise.race([call(...args), over]);
      } finally {
        timers.clear(timer);
      }
    };
  }
  function persistent<Args extends unknown[], T>(call: (...args: Args) => Promise<T>) {
    const once = inTime(call, repeatAfter);
    return async (...args: Args): Promise<T> => {
      for (const pause of readPauses) {
        try {
          return await once(...args);
        } catch (error) {
          if (!hasCode(error, 'storeUnavailable') || now() + pause >= ends()) throw error;
          await wait(timers, pause);
        }
      }
      return once(...args);
    };
  }
  return {
    // The casts keep the type parameter of the document, which a wrapper cannot carry through.
    get: persistent(documents.get) as Documents['get'],
    create: inTime(documents.create),
    replace: inTime(documents.replace),
    delete: persistent(documents.delete),
    list: persistent(documents.list) as Documents['list'],
    due: inTime(documents.due),
    ping: inTime(documents.ping),
    close: documents.close,
  };
}
