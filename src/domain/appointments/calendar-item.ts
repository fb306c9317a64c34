import type { OutboxItem } from '../documents.ts';
import { notice } from '../notices.ts';
import type { Appointment } from './appointment.ts';

/**
 * Has the coach's calendar brought in line with a meeting that has just changed. It says nothing but which meeting it is:
 * what is to be done is found out when it is done, so that items may come late, twice and in any order.
 */
export function calendarItem({ id, state }: Appointment, now: number): OutboxItem {
  return notice('calendar', `${id}-calendar-${state}`, now, { appointment: id });
}
