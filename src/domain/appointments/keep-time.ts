import { changeDocument } from '../change-document.ts';
import type { ClientAct } from '../clients/client.ts';
import { notice, telling } from '../notices.ts';
import type { CalendarDay } from './appointment.ts';
import { listAppointments } from './client-appointments.ts';
import { dayRef } from './coach-day.ts';
import { dayOf } from './free.ts';

/** The client keeps a meeting whose coach has proposed another time; the coach hears so once. Again is no error. */
export async function keepTime({ documents, municipality, client, now }: Omit<ClientAct, 'intent'>, id: string) {
  const meeting = (await listAppointments(documents, client)).find((one) => one.id === id);
  if (!meeting) return;
  const ref = dayRef(meeting.coach, dayOf(meeting.start, municipality));
  await changeDocument<CalendarDay>(documents, ref, (day) => {
    const current = day?.appointments.find((one) => one.id === id);
    if (!day || current?.state !== 'booked' || !current.proposed || current.proposed.kept) return undefined;
    const proposed = { ...current.proposed, kept: now.toUTC().toISO()! };
    const appointments = day.appointments.map((one) => (one.id === id ? { ...one, proposed } : one));
    const about = { collection: 'calendars', partition: ref.partition, id: ref.id, appointment: id } as const;
    const item = notice('coach', `${id}-kept-${Date.parse(proposed.at)}`, now.toMillis(), {
      news: 'kept',
      by: 'client',
      about,
    });
    return telling({ ...day, appointments }, item);
  });
}
