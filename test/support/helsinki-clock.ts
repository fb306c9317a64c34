const minute = 60_000;
const format = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Helsinki',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** What calendar and clock on a wall in Helsinki show, as `2026-10-25 03:30`; asked from the platform, not from luxon. */
export function wallInHelsinki(moment: number): string {
  return format.format(moment);
}

/** Every moment of local dates from `first` up to, not including, `last` in steps of minutes, with what the wall shows. */
export function* momentsInHelsinki(first: string, last: string, step: number): Generator<{ at: number; wall: string }> {
  const from = Date.parse(`${first}T00:00:00Z`) - 4 * 60 * minute;
  for (let at = from; ; at += step * minute) {
    const wall = wallInHelsinki(at);
    if (wall >= last) return;
    if (wall >= first) yield { at, wall };
  }
}

/** Local dates of the ten years from 2026 on which the clock changes: last Sundays of March and October. */
export function clockChanges(): string[] {
  return Array.from({ length: 10 }, (_, index) => 2026 + index).flatMap((year) =>
    ['03', '10'].map((month) => {
      const lastDay = new Date(`${year}-${month}-31T00:00:00Z`);
      lastDay.setUTCDate(31 - lastDay.getUTCDay());
      return lastDay.toISOString().slice(0, 10);
    }),
  );
}
