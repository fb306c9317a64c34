import { z } from 'zod';
import { changeDocument } from '../change-document.ts';
import { reachOf, toClient } from '../clients/reach.ts';
import type { DocumentRef } from '../documents.ts';
import { madeId } from '../made-id.ts';
import { telling } from '../notices.ts';
import type { Text } from '../text.ts';
import type { Appointment, CalendarDay } from './appointment.ts';
import { joinText } from './join-text.ts';
import { type MeetingAct, meetingIn } from './remind.ts';

/** An address where a meeting on Teams is joined. */
export const joinAddress = z.url({ protocol: /^https$/ }).max(2_000);

/** Keeps the address of a meeting on Teams with it and tells the client, once an address; again is no error. */
export async function keepJoinLink(act: MeetingAct, day: DocumentRef, id: string, link: string): Promise<void> {
  const { documents, now } = act;
  const found = await meetingIn(documents, day, id);
  if (!found || !needs(found, link)) return;
  const reach = await reachOf(documents, found.client);
  await changeDocument<CalendarDay>(documents, day, (current) => {
    const meeting = current?.appointments.find((one) => one.id === id);
    if (!current || !meeting || !needs(meeting, link)) return undefined;
    const when: Text = { at: meeting.start, as: 'moment' };
    const say: Text[] = [{ lines: [{ key: 'outlook.link', with: { when } }, joinText(link)] }];
    const told = { say, mail: { subject: { key: 'outlook.subject' } } };
    const appointments = current.appointments.map((one) => (one === meeting ? { ...meeting, joinUrl: link } : one));
    const about = { collection: day.collection, partition: day.partition, id: day.id, appointment: id };
    const items = toClient(reach, `${id}-join-${madeId(link).slice(0, 8)}`, now.toMillis(), told);
    return telling(
      { ...current, appointments },
      ...items.map((item) => ({ ...item, payload: { ...item.payload, about } })),
    );
  });
}

function needs({ kind, state, joinUrl }: Appointment, link: string): boolean {
  return kind === 'teams' && state === 'booked' && joinUrl !== link;
}
