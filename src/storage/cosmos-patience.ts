import { PolkuError } from '../errors.ts';

/**
 * What came of one request: `done`; `refused` with a status that says for certain that nothing was written; `throttled`
 * (nothing was written, the server says when to come again); `unclear` (nobody knows whether it was done).
 */
export type Outcome<T> =
  | { kind: 'done'; value: T }
  | { kind: 'refused'; status: number; substatus: number; error: unknown }
  | { kind: 'throttled'; waitMs: number; error: unknown }
  | { kind: 'unclear'; error: unknown };

/** An outcome after which asking again may help. */
export type Unsettled = Extract<Outcome<unknown>, { kind: 'throttled' | 'unclear' }>;

/** The time that one call of the store may take, and the requests inside it. */
export interface Patience {
  /** Sends one request, giving it at most half of the time that is left, so that there is always time to ask again. */
  ask<T>(send: (signal: AbortSignal) => Promise<T>): Promise<Outcome<T>>;
  /** Asks until it is done or refused. For reads. */
  askUntilClear<T>(send: (signal: AbortSignal) => Promise<T>): Promise<Exclude<Outcome<T>, Unsettled>>;
  /** Waits as long as the outcome asks for; throws `storeUnavailable` when that is longer than there is time. */
  pause(after: Unsettled | undefined): Promise<void>;
}

const refusals = new Set([400, 401, 403, 404, 405, 409, 412, 413]);
const shortestWaitMs = 5;
const longestWaitMs = 160;

function field(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null && name in error ? Reflect.get(error, name) : undefined;
}

function outcomeOf(error: unknown): Exclude<Outcome<never>, { kind: 'done' }> {
  const status = Number(field(error, 'code'));
  if (status === 429) return { kind: 'throttled', waitMs: Number(field(error, 'retryAfterInMs')) || 0, error };
  // Whatever is not a plain no may have been written before the answer was lost.
  if (!refusals.has(status)) return { kind: 'unclear', error };
  return { kind: 'refused', status, substatus: Number(field(error, 'substatus')) || 0, error };
}

/** The failure of a call that got no clear answer; what the server said is its cause. */
export function unavailable(what: string, cause?: unknown): PolkuError {
  const status = field(cause, 'code') ?? field(cause, 'name') ?? 'none';
  return new PolkuError('storeUnavailable', `Cosmos DB: ${what} (last answer: ${String(status)})`, {}, cause);
}

/** Starts the clock of one call; real time, because it is the network that is waited for. */
export function startPatience(milliseconds: number): Patience {
  const end = performance.now() + milliseconds;
  let waits = 0;
  let lastError: unknown;

  async function ask<T>(send: (signal: AbortSignal) => Promise<T>): Promise<Outcome<T>> {
    const left = end - performance.now();
    if (left < 1) throw unavailable(`no clear answer in ${milliseconds} ms`, lastError);
    const controller = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        controller.abort();
        reject(new Error('The time of a request was over'));
      }, left / 2);
    });
    try {
      // Raced, because the SDK may sleep before it looks at the signal.
      return { kind: 'done', value: await Promise.race([send(controller.signal), over]) };
    } catch (error) {
      lastError = error;
      return outcomeOf(error);
    } finally {
      clearTimeout(timer);
    }
  }

  async function pause(after: Unsettled | undefined): Promise<void> {
    const backoff = Math.min(shortestWaitMs * 2 ** waits++, longestWaitMs);
    const wait = after?.kind === 'throttled' && after.waitMs > 0 ? after.waitMs : backoff;
    if (wait >= end - performance.now()) throw unavailable(`no clear answer in ${milliseconds} ms`, lastError);
    await new Promise((resolve) => setTimeout(resolve, wait));
  }

  return {
    ask,
    pause,
    async askUntilClear(send) {
      for (;;) {
        const outcome = await ask(send);
        if (outcome.kind === 'done' || outcome.kind === 'refused') return outcome;
        await pause(outcome);
      }
    },
  };
}
