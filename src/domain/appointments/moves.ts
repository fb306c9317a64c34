import type { Appointment, Slot } from './appointment.ts';

/** Whether both are the same time of the same coach. */
export function isSameTime(one: Slot | undefined, other: Slot): boolean {
  return one !== undefined && one.coach === other.coach && Date.parse(one.start) === Date.parse(other.start);
}

/**
 * Whether the appointment is the new time of a move that did not come about, because the old one was moved elsewhere or
 * cancelled at the same moment. Nobody was ever promised it.
 */
export function isLeftOver(appointment: Appointment, all: Appointment[]): boolean {
  const old = all.find(({ id }) => id === appointment.movedFrom?.id);
  return old !== undefined && !(old.state === 'moved' && isSameTime(old.movedTo, appointment));
}

/**
 * The appointments of one client as they are once every move has come to its end. A move books the new time first, so
 * that no promised time is lost on the way; it comes about when the old appointment is marked, and until then whoever
 * looks sees it as done, the earliest first. A time that was booked for a move that lost is given back.
 */
export function settled(appointments: Appointment[]): Appointment[] {
  const now = new Map(appointments.map((appointment) => [appointment.id, appointment]));
  const inOrder = appointments
    .filter(({ movedFrom }) => movedFrom)
    .sort((a, b) => Date.parse(a.bookedAt) - Date.parse(b.bookedAt) || (a.id < b.id ? -1 : 1));
  for (const { id, movedFrom } of inOrder) {
    const next = now.get(id)!;
    const old = now.get(movedFrom!.id);
    if (old?.state === 'booked') {
      const { coach, start, end, place } = next;
      now.set(old.id, { ...old, state: 'moved', movedTo: { coach, start, end, place }, changedAt: next.bookedAt });
    } else if (next.state === 'booked' && isLeftOver(next, [...now.values()])) {
      const changedAt = old!.changedAt;
      now.set(id, { ...next, state: 'cancelled-by-client', sequence: next.sequence + 1, changedAt });
    }
  }
  return appointments.map(({ id }) => now.get(id)!);
}
