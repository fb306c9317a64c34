import type { Documents } from '../../src/domain/documents.ts';
import type { Timers } from '../../src/timers.ts';
import { seeded } from './faults.ts';

interface Happening {
  at: number;
  /** Among those of one moment the order is chosen by the seed. */
  rank: number;
  run: () => void;
}

/** A world with a clock of its own: what happens, and in which order, follows from the seed alone. */
export class Simulation {
  readonly seed: number;
  readonly random: () => number;
  time: number;
  #queue: Happening[] = [];
  #ids = 0;

  constructor(seed: number, startsAt: number) {
    this.seed = seed;
    this.random = seeded(seed);
    this.time = startsAt;
  }

  readonly now = (): number => this.time;

  readonly newId = (): string => `s${(++this.#ids).toString(36)}x${Math.floor(this.random() * 1e9).toString(36)}`;

  readonly timers: Timers = {
    set: (call, milliseconds) => this.#add(milliseconds, call),
    clear: (timer) => {
      this.#queue = this.#queue.filter((one) => one !== timer);
    },
  };

  /** Resolves after so many milliseconds of this world. */
  readonly wait = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      this.#add(milliseconds, resolve);
    });

  /** A whole number from `least` to `most`. */
  pick(least: number, most: number): number {
    return least + Math.floor(this.random() * (most - least + 1));
  }

  /** One of these. */
  oneOf<T>(all: readonly T[]): T {
    return all[this.pick(0, all.length - 1)]!;
  }

  /** Lets things happen until the promise is settled; throws when that does not come about within an hour. */
  async until<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false;
    const settled = () => {
      isSettled = true;
    };
    promise.then(settled, settled);
    const end = this.time + 3_600_000;
    for (;;) {
      await untilIdle();
      if (isSettled) return promise;
      if (!this.#step(end)) throw new Error(`seed ${this.seed}: somebody waits in vain`);
    }
  }

  /** Lets so much time pass with all that happens in it. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds;
    do await untilIdle();
    while (this.#step(end));
    this.time = end;
    await untilIdle();
  }

  #add(milliseconds: number, run: () => void): Happening {
    const one = { at: this.time + Math.max(0, Math.round(milliseconds)), rank: this.random(), run };
    const place = this.#queue.findLastIndex(({ at, rank }) => at < one.at || (at === one.at && rank < one.rank));
    this.#queue.splice(place + 1, 0, one);
    return one;
  }

  #step(end: number): boolean {
    const [next] = this.#queue;
    if (!next || next.at > end) return false;
    this.#queue.shift();
    this.time = Math.max(this.time, next.at);
    next.run();
    return true;
  }
}

/** Lets everything that waits for no timer and no store come to its end. */
export async function untilIdle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/** What a call to the store is, for those who decide what becomes of it. */
export type Call = (verb: keyof Documents, act: () => Promise<unknown>, ...given: unknown[]) => Promise<unknown>;

/** The store as seen through a way that decides when and whether a call arrives, and its answer. */
export function through(store: Documents, way: Call): Documents {
  return new Proxy(store, {
    get(target, verb: keyof Documents) {
      const call = target[verb] as (...all: unknown[]) => Promise<unknown>;
      return (...given: unknown[]) => way(verb, () => call(...given), ...given);
    },
  });
}
