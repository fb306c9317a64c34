import type { DateTime } from 'luxon';
import { changeDocument } from '../change-document.ts';
import { isResting, type Reach, reachOf, toClient } from '../clients/reach.ts';
import type { DocumentRef, Documents } from '../documents.ts';
import type { Municipality } from '../municipalities/pack.ts';
import { notice, telling } from '../notices.ts';
import type { Text } from '../text.ts';
import type { Appointment, CalendarDay } from './appointment.ts';
import { joinText } from './join-text.ts';
import { nextLook } from './meeting-timers.ts';

/** What time does to a meeting, at which moment. */
export interface MeetingAct {
  documents: Documents;
  municipality: Municipality;
  now: DateTime;
}

/**
 * Reminds the client of a meeting that stands and is still to come, wherever they can be reached; nobody is told that a
 * reminder was sent. One meeting is one reminder; who rests from their path gets none before the rest is over.
 */
export async function remindOfMeeting(act: MeetingAct, day: DocumentRef, appointment: string): Promise<void> {
  const { documents, municipality, now } = act;
  const found = await meetingIn(documents, day, appointment);
  if (!found || !isComing(found, now)) return;
  const reach = await reachOf(documents, found.client);
  if (isResting(reach, now.toMillis())) return remindAfterRest(act, day, found, reach);
  await changeDocument<CalendarDay>(documents, day, (current) => {
    const meeting = current?.appointments.find(({ id }) => id === appointment);
    if (!current || !meeting || !isComing(meeting, now)) return undefined;
    const told = { say: [reminderText(meeting, municipality)], mail: { subject: { key: 'reminder.subject' } } };
    return telling(current, ...toClient(reach, `${appointment}-reminded`, now.toMillis(), told));
  });
}

/** Comes back to the reminder when the rest ends, if that is before the meeting. */
async function remindAfterRest(
  { documents }: MeetingAct,
  day: DocumentRef,
  { id: appointment, start }: Appointment,
  { rest }: Reach,
): Promise<void> {
  const at = Date.parse(rest?.until ?? '');
  if (!(at < Date.parse(start))) return;
  await changeDocument<CalendarDay>(documents, day, (current) => {
    return (
      current &&
      telling(current, notice('timer', `${appointment}-reminder-${at}`, at, { timer: 'reminder', appointment }))
    );
  });
}

/** Asks the client once how a meeting went, when a coach has said that it was held; looks again when nobody has said. */
export async function askHowItWent(act: MeetingAct, day: DocumentRef, appointment: string): Promise<void> {
  const { documents, now } = act;
  const found = await meetingIn(documents, day, appointment);
  if (!found) return;
  const reach = await reachOf(documents, found.client);
  await changeDocument<CalendarDay>(documents, day, (current) => {
    const meeting = current?.appointments.find(({ id }) => id === appointment);
    if (!current || !meeting) return undefined;
    if (meeting.state === 'booked') {
      const look = nextLook(meeting, now.toMillis());
      return look && telling(current, look);
    }
    if (meeting.state !== 'seen' || !reach.mayAsk) return undefined;
    const ask = { flow: 'feedback', given: { appointment } };
    return telling(current, ...toClient(reach, `${appointment}-asked`, now.toMillis(), { say: [], ask }));
  });
}

/** One meeting of a day; undefined when it is not there. */
export async function meetingIn(
  documents: Documents,
  day: DocumentRef,
  appointment: string,
): Promise<Appointment | undefined> {
  return (await documents.get<CalendarDay>(day))?.document.appointments.find(({ id }) => id === appointment);
}

function isComing({ state, start }: Appointment, now: DateTime): boolean {
  return state === 'booked' && Date.parse(start) > now.toMillis();
}

function reminderText(meeting: Appointment, { coaches, places, contact }: Municipality): Text {
  const { start, kind, place, phone = '', joinUrl } = meeting;
  const coach: Text = coaches.find(({ id }) => id === meeting.coach)?.name ?? { key: 'meeting.someCoach' };
  const there = kind === 'office' || kind === 'village' ? places.find(({ id }) => id === place) : undefined;
  const way: Text[] = there
    ? [{ key: 'meeting.place', with: { name: there.name, address: there.address } }, there.access]
    : [joinUrl ? joinText(joinUrl) : { key: `meeting.wayThere.${kind}`, with: { coach, phone, ours: contact.phone } }];
  const isKnown = there !== undefined || kind === 'phone' || kind === 'teams';
  return {
    lines: [
      { key: 'reminder.meeting', with: { when: { at: start, as: 'moment' }, coach } },
      ...(isKnown ? way : []),
      { key: 'reminder.change', with: { phone: contact.phone } },
    ],
  };
}
