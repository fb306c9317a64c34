import type { CalendarDay } from '../domain/appointments/appointment.ts';
import { newDay } from '../domain/appointments/coach-day.ts';
import type { Document, DocumentRef, Read, Reading } from '../domain/documents.ts';
import type { Municipality } from '../domain/municipalities/pack.ts';
import type { Timers } from '../timers.ts';
import type { BusyTime, BusyTimes } from './busy-times.ts';

/** Outlook has so long for all questions of one reader together, in milliseconds. */
const patience = 2_000;

/** Shows days of coaches as they are with what Outlook knows. */
export type OutlookView = (reading: Reading) => Reading;

/**
 * Makes the view in which a coach's day also has as blocked what is busy in Outlook. It is for looking for free times alone
 * and never written: whoever reads waits two seconds for Outlook in all, and then sees our own calendar.
 */
export function createOutlookView(
  busyTimes: BusyTimes,
  { municipality, now, timers }: { municipality: Municipality; now: () => number; timers: Timers },
): OutlookView {
  return (reading) => {
    let until: number | undefined;

    async function busyOn(coach: string, day: string): Promise<BusyTime[]> {
      const known = municipality.coaches.find(({ id }) => id === coach);
      if (!known) return [];
      until ??= now() + patience;
      const left = until - now();
      if (left <= 0) return [];
      let timer: unknown;
      const tooLate = new Promise<undefined>((resolve) => {
        timer = timers.set(() => resolve(undefined), left);
      });
      try {
        return (await Promise.race([busyTimes(known, day), tooLate])) ?? [];
      } finally {
        timers.clear(timer);
      }
    }

    async function dayOf(ref: DocumentRef): Promise<Read<CalendarDay> | undefined> {
      const [read, busy] = await Promise.all([reading.get<CalendarDay>(ref), busyOn(ref.partition, ref.id)]);
      if (busy.length === 0) return read;
      const day = read?.document ?? newDay(ref.partition, ref.id, municipality);
      const outlook = busy.map(({ start, end }, i) => ({ id: `outlook-${i}`, start: iso(start), end: iso(end) }));
      return { version: read?.version ?? '', document: { ...day, blocks: [...(day.blocks ?? []), ...outlook] } };
    }

    return {
      list: reading.list,
      // The cast keeps the type parameter of the document, which a wrapper cannot carry through.
      get: <D extends Document>(ref: DocumentRef) =>
        ref.collection === 'calendars' ? (dayOf(ref) as unknown as Promise<Read<D> | undefined>) : reading.get<D>(ref),
    };
  };
}

function iso(moment: number): string {
  return new Date(moment).toISOString();
}
