import { DateTime } from 'luxon';
import type { OutboxItem } from '../documents.ts';
import type { Municipality } from '../municipalities/pack.ts';
import { notice } from '../notices.ts';
import type { Appointment } from './appointment.ts';

const hour = 3_600_000;
/** Hours after the end of a meeting at which it is looked whether a coach has said how it went. */
const lookHours = [1, 5, 24, 48, 72, 96, 120, 144, 168];

/** What time brings to a meeting as it was just written; `now` is epoch milliseconds. A reminder is never for the past. */
export function meetingTimers(meeting: Appointment, { timers }: Municipality, now: number): OutboxItem[] {
  const { id: appointment, state, start } = meeting;
  if (state === 'cancelled-by-client' || state === 'moved') return [freedTime(meeting, now)];
  if (state !== 'booked') return [];
  const remindAt = Date.parse(start) - timers.reminderHours * hour;
  const look = nextLook(meeting, now);
  return [
    ...(remindAt > now
      ? [notice('timer', `${appointment}-reminder`, remindAt, { timer: 'reminder', appointment })]
      : []),
    ...(look ? [look] : []),
  ];
}

/** Offers the time of a meeting that does not stand any more to those who wait for an earlier one. */
export function freedTime({ id, state, start, end, place }: Appointment, now: number): OutboxItem {
  return notice('timer', `${id}-freed-${state}`, now, { timer: 'freed', start, end, place });
}

/** The next time to look whether the meeting was held; undefined when a week has passed. */
export function nextLook({ id: appointment, end }: Appointment, now: number): OutboxItem | undefined {
  const at = lookHours.map((hours) => Date.parse(end) + hours * hour).find((moment) => moment > now);
  return at === undefined
    ? undefined
    : notice('timer', `${appointment}-feedback-${at}`, at, { timer: 'feedback', appointment });
}

/** Items of a day that are for the client of a meeting, or wait for its time; what the coach hears or has in a calendar is not among them. */
export function isForMeeting({ id, kind }: OutboxItem, appointment: string): boolean {
  return kind !== 'coach' && kind !== 'calendar' && kind !== 'figure' && id.startsWith(`${appointment}-`);
}

/** The moment from which on nobody is offered an earlier time any more, so many days before a start (epoch milliseconds). */
export function daysBefore(start: string, days: number, zone: string): number {
  return DateTime.fromISO(start, { zone }).minus({ days }).toMillis();
}
