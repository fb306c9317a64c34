/** Timers of the process or of a test; `set` returns what `clear` takes. */
export interface Timers {
  set(call: () => void, milliseconds: number): unknown;
  clear(timer: unknown): void;
}

/** The timers of this process; none of them keeps it from ending. */
export const processTimers: Timers = {
  set: (call, milliseconds) => setTimeout(call, milliseconds).unref(),
  clear: (timer) => clearTimeout(timer as NodeJS.Timeout),
};

/** Resolves after so many milliseconds. */
export function wait(timers: Timers, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    timers.set(resolve, milliseconds);
  });
}
