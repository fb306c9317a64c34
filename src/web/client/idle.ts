/** Minutes: silence that ends a conversation on a shared computer, and how long before that the person is warned. */
export const idleMinutes = { end: 20, warn: 2 };

/** Tells of silence; `active` begins it again. */
export interface IdleWatch {
  active(): void;
  stop(): void;
}

/** Watches for silence: warns, and ends when the warning too is met with silence. */
export function watchIdle(warn: () => void, end: () => void): IdleWatch {
  let timers: ReturnType<typeof setTimeout>[] = [];
  function stop(): void {
    for (const timer of timers) clearTimeout(timer);
    timers = [];
  }
  function active(): void {
    stop();
    const { end: last, warn: before } = idleMinutes;
    timers = [setTimeout(warn, (last - before) * 60_000), setTimeout(end, last * 60_000)];
  }
  active();
  return { active, stop };
}
