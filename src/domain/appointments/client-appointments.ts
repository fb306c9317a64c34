import { PolkuError } from '../../errors.ts';
import { type ClientAct, changeClient, clientRef } from '../clients/client.ts';
import type { Client } from '../clients/path.ts';
import type { Reading } from '../documents.ts';
import type { Appointment, CalendarDay, Slot } from './appointment.ts';
import { changeDay, dayRef } from './coach-day.ts';
import { dayOf } from './free.ts';
import { isLeftOver, settled } from './moves.ts';

const roundsAtMost = 8;

async function storedAppointments(documents: Reading, client: string): Promise<Appointment[]> {
  const pointers = (await documents.get<Client>(clientRef(client)))?.document.appointments ?? [];
  const places = new Map(pointers.map(({ coach, date }) => [`${coach} ${date}`, dayRef(coach, date)]));
  const days = await Promise.all([...places.values()].map((ref) => documents.get<CalendarDay>(ref)));
  return days
    .flatMap((day) => day?.document.appointments ?? [])
    .filter((one) => one.client === client && pointers.some(({ id }) => id === one.id));
}

/** The client's appointments in every state, the latest first; a move that a crash cut short is shown as done. */
export async function listAppointments(documents: Reading, client: string): Promise<Appointment[]> {
  const all = settled(await storedAppointments(documents, client));
  return all
    .filter((appointment) => !isLeftOver(appointment, all))
    .sort((a, b) => Date.parse(b.start) - Date.parse(a.start));
}

/** The client's appointments, after ending the moves that a crash or a race has left half done. */
export async function settleAppointments(act: ClientAct): Promise<Appointment[]> {
  for (let round = 0; round < roundsAtMost; round++) {
    const stored = await storedAppointments(act.documents, act.client);
    const open = settled(stored).filter((wanted, index) => wanted !== stored[index]);
    if (open.length === 0) return stored;
    const marks = open.filter(({ state }) => state === 'moved');
    // Which move came about is known only when the old appointment is marked; until then no time may be given back.
    for (const { id, coach, start, state, sequence, changedAt, movedTo } of marks.length > 0 ? marks : open) {
      const ending = { state, sequence, changedAt, ...(movedTo && { movedTo }) };
      await changeDay(act, { coach, start }, state === 'moved' ? 'moved' : 'cancelled', (day) => {
        const current = day?.appointments.find((one) => one.id === id);
        return current?.state === 'booked' ? { ...current, ...ending } : undefined;
      });
    }
  }
  throw new PolkuError('conflict', 'the moves of a client do not come to an end');
}

/**
 * Notes in the client's document where an appointment is going to be, before it is there: a pointer to nothing is
 * harmless, an appointment without a pointer would be lost to its client. Pointers into days long gone are dropped.
 */
export async function pointTo(act: ClientAct, id: string, { coach, start }: Slot): Promise<void> {
  const { municipality, now } = act;
  const date = dayOf(start, municipality);
  const oldest = now.setZone(municipality.zone).minus({ days: municipality.retention.calendarDays }).toISODate()!;
  await changeClient(act, ({ appointments }) => {
    if (appointments.some((one) => one.id === id && one.coach === coach && one.date === date)) return undefined;
    return { appointments: [...appointments.filter((one) => one.date >= oldest), { coach, date, id }] };
  });
}
