import { changeDocument } from '../change-document.ts';
import { type ClientAct, clientRef } from '../clients/client.ts';
import type { Client } from '../clients/path.ts';
import { meetingHappened } from '../figures/happened.ts';
import { notice, telling, withOutbox } from '../notices.ts';
import type { Appointment, CalendarDay } from './appointment.ts';
import { calendarItem } from './calendar-item.ts';
import { settleAppointments } from './client-appointments.ts';
import { dayRef } from './coach-day.ts';
import { isForMeeting, meetingTimers } from './meeting-timers.ts';

/** Stands where the client was in a meeting whose client was erased. */
export const erasedClient = 'erased';

/**
 * Takes the client out of all coaches' days: coming meetings are cancelled and their times free again, past ones stay for
 * the coach without saying who came. The coach hears of each cancelled meeting. Again is no error.
 */
export async function forgetAppointments(act: ClientAct): Promise<void> {
  const { documents, client, now } = act;
  await settleAppointments(act);
  const pointers = (await documents.get<Client>(clientRef(client)))?.document.appointments ?? [];
  const days = new Map(pointers.map(({ coach, date }) => [`${coach} ${date}`, dayRef(coach, date)]));
  for (const ref of days.values()) {
    await changeDocument<CalendarDay>(documents, ref, (day) => {
      const own = day?.appointments.filter((one) => one.client === client) ?? [];
      if (!day || own.length === 0) return undefined;
      const appointments = day.appointments.map((one) => (one.client === client ? forgotten(one, act) : one));
      const news = own.filter((one) => isComing(one, act)).map(({ id }) => newsOf(id, ref, now.toMillis()));
      // Nobody is left to be reminded, asked or offered anything.
      const kept = (day.outbox ?? []).filter((item) => !own.some(({ id }) => isForMeeting(item, id)));
      const freed = appointments
        .filter((one) => own.some(({ id, state }) => id === one.id && state !== one.state))
        .flatMap((one) => [
          calendarItem(one, now.toMillis()),
          ...meetingTimers(one, act.municipality, now.toMillis()),
          ...meetingHappened(one, { municipality: act.municipality, now: now.toMillis() }),
        ]);
      return telling(withOutbox({ ...day, appointments }, kept), ...news, ...freed);
    });
  }
}

function isComing({ state, end }: Appointment, { now }: ClientAct): boolean {
  return state === 'booked' && Date.parse(end) > now.toMillis();
}

function forgotten(appointment: Appointment, act: ClientAct): Appointment {
  const { name: _, phone: __, interpreter: ___, waiting: ____, joinUrl: _____, ...rest } = appointment;
  const scrubbed = { ...rest, client: erasedClient };
  if (!isComing(appointment, act)) return scrubbed;
  const changedAt = act.now.toUTC().toISO()!;
  return { ...scrubbed, state: 'cancelled-by-client', sequence: appointment.sequence + 1, changedAt };
}

function newsOf(appointment: string, ref: ReturnType<typeof dayRef>, at: number) {
  const { partition, id } = ref;
  const about = { collection: 'calendars', partition, id, appointment } as const;
  return notice('coach', `${appointment}-cancelled-by-client`, at, { news: 'cancelled', by: 'client', about });
}
