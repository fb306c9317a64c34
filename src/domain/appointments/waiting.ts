import type { DateTime } from 'luxon';
import { PolkuError } from '../../errors.ts';
import { changeDocument } from '../change-document.ts';
import type { ClientAct } from '../clients/client.ts';
import { isResting, reachOf, toClient } from '../clients/reach.ts';
import type { Municipality } from '../municipalities/pack.ts';
import { telling } from '../notices.ts';
import type { Text } from '../text.ts';
import type { Appointment, CalendarDay, Slot } from './appointment.ts';
import { settleAppointments } from './client-appointments.ts';
import { dayRef } from './coach-day.ts';
import { dayOf, isStillFree } from './free.ts';
import { daysBefore } from './meeting-timers.ts';
import type { MeetingAct } from './remind.ts';

/** A person may ask for an earlier time when the meeting is further off than this. */
const farDays = 7;
/** Earlier times that one person is offered at most. */
export const mostOffers = 3;
/** Nothing is offered in the last days before either time. */
const lastDays = 2;
/** People who are offered the same time at once; the first yes wins. */
const askedAtOnce = 5;

/** Whether the person may ask for an earlier time than this meeting's. */
export function mayWait({ state, start }: Appointment, { zone }: Municipality, now: DateTime): boolean {
  return state === 'booked' && daysBefore(start, farDays, zone) > now.toMillis();
}

/** How many offers of an earlier time the person may still get. */
export function offersLeft({ waiting }: Appointment): number {
  return waiting ? mostOffers - waiting.offers.length : 0;
}

/** Notes that the person wants an earlier time, or no longer does; again is no error. Throws `notFound`. */
export async function wantEarlier(act: ClientAct, appointment: string, wants: boolean): Promise<Appointment> {
  const { documents, municipality, now } = act;
  const found = (await settleAppointments(act)).find(({ id }) => id === appointment);
  if (!found || (wants && !mayWait(found, municipality, now))) {
    throw new PolkuError('notFound', 'the appointment is not open for an earlier time');
  }
  const ref = dayRef(found.coach, dayOf(found.start, municipality));
  const day = await changeDocument<CalendarDay>(documents, ref, (current) => {
    const meeting = current?.appointments.find(({ id }) => id === appointment);
    if (!current || meeting?.state !== 'booked' || (meeting.waiting !== undefined) === wants) return undefined;
    const { waiting: _, ...rest } = meeting;
    const since = now.toUTC().toISO()!;
    return withMeeting(current, wants ? { ...rest, waiting: { since, offers: [] } } : rest);
  });
  const kept = day?.appointments.find(({ id }) => id === appointment);
  if (kept?.state !== 'booked') throw new PolkuError('notFound', 'somebody else changed it first');
  return kept;
}

/**
 * Offers a time of a coach that became free to those who wait for an earlier one with that coach, who asked first. They
 * are asked at once and the first yes books it; nobody is offered a time twice, nor more often than agreed.
 */
export async function offerFreed(act: MeetingAct, slot: Slot): Promise<void> {
  const { documents, municipality } = act;
  const days = await documents.list<CalendarDay>('calendars', slot.coach, 'day');
  const today = days.find(({ document }) => document.id === dayOf(slot.start, municipality))?.document;
  const waiting = days
    .flatMap(({ document }) => document.appointments)
    .filter((meeting) => fits(meeting, slot, act, today))
    .sort((one, other) => Date.parse(one.waiting!.since) - Date.parse(other.waiting!.since))
    .slice(0, askedAtOnce);
  for (const meeting of waiting) await offer(act, meeting, slot);
}

function fits(meeting: Appointment, slot: Slot, { municipality, now }: MeetingAct, day: CalendarDay | undefined) {
  const { state, start, waiting, kind } = meeting;
  const coach = municipality.coaches.find(({ id }) => id === slot.coach);
  if (!coach || !waiting || state !== 'booked' || offersLeft(meeting) === 0) return false;
  if (waiting.offers.some((one) => one.start === slot.start)) return false;
  const date = dayOf(slot.start, municipality);
  if (date >= dayOf(start, municipality)) return false;
  const isLate = [start, slot.start].some((at) => daysBefore(at, lastDays, municipality.zone) < now.toMillis());
  const question = { municipality, coach, day: date, kind, now, ...(day && { calendarDay: day }) };
  return !isLate && isStillFree(slot, question);
}

async function offer({ documents, municipality, now }: MeetingAct, meeting: Appointment, slot: Slot): Promise<void> {
  const reach = await reachOf(documents, meeting.client);
  if (isResting(reach, now.toMillis())) return;
  const at = now.toUTC().toISO()!;
  const moment = (iso: string): Text => ({ at: iso, as: 'moment' });
  const say: Text[] = [{ key: 'earlier.offer', with: { slot: moment(slot.start), own: moment(meeting.start) } }];
  const ref = dayRef(meeting.coach, dayOf(meeting.start, municipality));
  await changeDocument<CalendarDay>(documents, ref, (current) => {
    const own = current?.appointments.find(({ id }) => id === meeting.id);
    if (!current || own?.state !== 'booked' || !own.waiting || offersLeft(own) === 0) return undefined;
    if (own.waiting.offers.some((one) => one.start === slot.start)) return undefined;
    const offers = [...own.waiting.offers, { start: slot.start, at }];
    const items = toClient(reach, `${own.id}-earlier-${offers.length}`, now.toMillis(), {
      say,
      ask: { flow: 'earlier', given: { appointment: own.id, slot } },
      mail: { subject: { key: 'earlier.subject' }, say: [...say, { key: 'earlier.answerHere' }] },
    });
    // An offer that reaches nobody is none.
    if (items.length === 0) return undefined;
    return telling(withMeeting(current, { ...own, waiting: { ...own.waiting, offers } }), ...items);
  });
}

function withMeeting(day: CalendarDay, meeting: Appointment): CalendarDay {
  return { ...day, appointments: day.appointments.map((one) => (one.id === meeting.id ? meeting : one)) };
}
