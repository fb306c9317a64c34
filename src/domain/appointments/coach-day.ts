import { DateTime } from 'luxon';
import { changeDocument } from '../change-document.ts';
import type { ClientAct } from '../clients/client.ts';
import type { DocumentRef, OutboxItem } from '../documents.ts';
import { meetingHappened } from '../figures/happened.ts';
import type { Municipality } from '../municipalities/pack.ts';
import { notice, telling } from '../notices.ts';
import type { Appointment, CalendarDay } from './appointment.ts';
import { calendarItem } from './calendar-item.ts';
import { dayOf } from './free.ts';
import { meetingTimers } from './meeting-timers.ts';

/** What a coach is told about a meeting. */
export type MeetingNews = 'booked' | 'moved' | 'cancelled';

/** Where the day of a coach is. */
export function dayRef(coach: string, date: string): DocumentRef {
  return { collection: 'calendars', partition: coach, id: date };
}

/** An empty day of a coach. */
export function newDay(coach: string, date: string, { zone, retention }: Municipality): CalendarDay {
  const expires = DateTime.fromISO(date, { zone }).plus({ days: retention.calendarDays + 1 });
  return {
    id: date,
    partition: coach,
    type: 'day',
    schema: 1,
    expiresAt: expires.toMillis(),
    appointments: [],
  };
}

/** What a change of a meeting tells its coach; the state in the id lets each change tell once. */
function newsFor({ id, coach, state }: Appointment, date: string, news: MeetingNews, now: DateTime): OutboxItem {
  const about = { collection: 'calendars' as const, partition: coach, id: date, appointment: id };
  return notice('coach', `${id}-${state}`, now.toMillis(), { news, by: 'client', about });
}

/** When the meeting is over, its coach is asked how it went; nobody is asked about one that was cancelled meanwhile. */
function outcomeFor({ id, coach, end }: Appointment, date: string): OutboxItem {
  const about = { collection: 'calendars' as const, partition: coach, id: date, appointment: id };
  return notice('coach', `${id}-outcome`, Date.parse(end), { news: 'outcome', about });
}

/**
 * Adds or changes one meeting in its coach's day, and tells the coach in the same write. `decide` sees the day as it is
 * now; it answers the meeting to write, `undefined` to write nothing, or throws its refusal. Resolves with the day.
 */
export async function changeDay(
  { documents, municipality, now }: ClientAct,
  { coach, start }: { coach: string; start: string },
  news: MeetingNews,
  decide: (day: CalendarDay | undefined) => Appointment | undefined,
): Promise<CalendarDay | undefined> {
  const date = dayOf(start, municipality);
  return changeDocument<CalendarDay>(documents, dayRef(coach, date), (current) => {
    const meeting = decide(current);
    if (!meeting) return undefined;
    const day = current ?? newDay(coach, date, municipality);
    const others = day.appointments.filter(({ id }) => id !== meeting.id);
    return telling(
      { ...day, appointments: [...others, meeting] },
      newsFor(meeting, date, news, now),
      calendarItem(meeting, now.toMillis()),
      ...(meeting.state === 'booked' ? [outcomeFor(meeting, date)] : []),
      ...meetingTimers(meeting, municipality, now.toMillis()),
      ...meetingHappened(meeting, { municipality, now: now.toMillis() }),
    );
  });
}
