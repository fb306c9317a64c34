import { DateTime } from 'luxon';
import type { Appointment, BookingRequest, CalendarDay, Slot } from '../../src/domain/appointments/appointment.ts';
import { freeSlots } from '../../src/domain/appointments/free.ts';
import type { ClientAct } from '../../src/domain/clients/client.ts';
import type { Documents } from '../../src/domain/documents.ts';
import { PolkuError } from '../../src/errors.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { coachOf, smallTown } from './small-town.ts';

const coaches = ['ada', 'ben'].map((id) =>
  coachOf(id, { hours: [{ days: ['mon', 'tue'], from: '09:00', to: '12:00', place: 'office' }] }),
);

/** Two coaches with three times a day each; Monday 5.1.2026 is the first day that can be booked. */
export const town = smallTown(coaches, { limits: { ...smallTown([]).limits, horizonDays: 5 } });

/** The Friday before, at noon: nothing is too late yet. */
export const friday = DateTime.fromISO('2026-01-02T12:00:00+02:00');

/** Every time of the first two days, of both coaches. */
export const times: Slot[] = ['2026-01-05', '2026-01-06'].flatMap((day) =>
  town.coaches.flatMap((coach) => freeSlots({ municipality: town, coach, day, kind: 'office', now: friday })),
);

/** An empty store in memory. */
export function emptyStore(): Documents {
  return openSqlite(':memory:', { now: () => friday.toMillis() });
}

/** What a client does, with its intent. */
export function actOf(documents: Documents, client: string, intent: string, now = friday): ClientAct {
  return { documents, municipality: town, client, language: 'fi', intent, now };
}

/** A request for one of the times above. */
export function wish(time: number, moves?: string): BookingRequest {
  return { topic: 'plan', kind: 'office', slot: times[time]!, ...(moves !== undefined && { moves }) };
}

/** Everything that the coaches' days hold, cancelled meetings too. */
export async function meetingsIn(documents: Documents): Promise<Appointment[]> {
  const days = await Promise.all(town.coaches.map(({ id }) => documents.list<CalendarDay>('calendars', id, 'day')));
  return days.flat().flatMap(({ document }) => document.appointments);
}

/** Ids of all that coaches are going to be told, in order. */
export async function newsIn(documents: Documents): Promise<string[]> {
  const days = await Promise.all(town.coaches.map(({ id }) => documents.list<CalendarDay>('calendars', id, 'day')));
  return (
    days
      .flat()
      .flatMap(({ document }) => document.outbox ?? [])
      .filter(({ kind }) => kind === 'coach')
      // What time brings later is no news yet.
      .filter(({ kind, payload }) => kind === 'coach' && payload.news !== 'outcome')
      .map(({ id, payload }) => `${payload.news} ${id}`)
      .sort()
  );
}

/** Short words for a slot or meeting, to compare: who, when and in which state. */
export function inShort({ coach, start, state }: Slot & { state?: string }): string {
  return `${coach} ${new Date(start).toISOString().slice(5, 16)} ${state ?? ''}`.trim();
}

/** What came of an attempt: the appointment, or the code of the refusal; any other error is thrown. */
export async function outcome(attempt: Promise<Appointment>): Promise<Appointment | string> {
  try {
    return await attempt;
  } catch (error) {
    if (error instanceof PolkuError && error.code !== 'conflict') return error.code;
    throw error;
  }
}
