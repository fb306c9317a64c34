import type { Timers } from '../../src/timers.ts';

/** A clock that a test moves by hand, with timers that ring as it passes them. */
export class HandClock {
  time: number;
  readonly #waiting = new Map<number, { at: number; call: () => void }>();
  #next = 1;

  constructor(iso: string) {
    this.time = Date.parse(iso);
  }

  readonly now = (): number => this.time;

  readonly timers: Timers = {
    set: (call, milliseconds) => {
      this.#waiting.set(this.#next, { at: this.time + milliseconds, call });
      return this.#next++;
    },
    clear: (timer) => {
      this.#waiting.delete(timer as number);
    },
  };

  /** How many timers wait. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Moves on, and lets what rings on the way finish its turns of the event loop. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds;
    for (;;) {
      const [next] = [...this.#waiting].filter(([, { at }]) => at <= end).sort((a, b) => a[1].at - b[1].at);
      if (!next) break;
      this.#waiting.delete(next[0]);
      this.time = Math.max(this.time, next[1].at);
      next[1].call();
      await settle();
    }
    this.time = end;
    await settle();
  }
}

/** Lets everything that needs no timer come to its end. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
}
