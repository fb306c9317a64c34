import type { DateTime } from 'luxon';
import { hasCode, PolkuError } from '../../errors.ts';
import type { ClientAct } from '../clients/client.ts';
import { madeId, referenceOf } from '../made-id.ts';
import type { Appointment, BookingRequest, CalendarDay, Slot } from './appointment.ts';
import { pointTo, settleAppointments } from './client-appointments.ts';
import { changeDay, dayRef } from './coach-day.ts';
import { dayOf, isStillFree, offers } from './free.ts';
import { isLeftOver, isSameTime } from './moves.ts';

/**
 * Books a time, or moves an appointment to it. One intent is one appointment, whatever is repeated after a crash or a
 * lost answer. Throws `slotTaken`, `tooManyAppointments`; when it moves also `tooLateToMove` and `notFound`.
 */
export async function book(act: ClientAct, request: BookingRequest): Promise<Appointment> {
  const id = madeId('appointment', act.client, act.intent);
  const before = await settleAppointments(act);
  const earlier = before.find((one) => one.id === id);
  if (earlier && !isSameTime(earlier, request.slot)) {
    // The first answer was lost and the person has chosen again: still one appointment, at the time chosen last.
    const { coach, start } = request.slot;
    return book({ ...act, intent: `${act.intent} ${coach} ${start}` }, { ...request, moves: id });
  }
  if (earlier) return notLeftOver(earlier, before);
  const old = request.moves === undefined ? undefined : movable(act, before, request.moves, request.slot);
  if (!old) checkCount(act, before);
  const appointment = newAppointment(act, id, request, old);
  const stillFree = freeCheck(act, appointment);
  const today = await act.documents.get<CalendarDay>(
    dayRef(appointment.coach, dayOf(appointment.start, act.municipality)),
  );
  stillFree(today?.document);
  await pointTo(act, id, appointment);
  const day = await writeNew(act, appointment, stillFree);
  const written = day?.appointments.find((one) => one.id === id) ?? appointment;
  if (!old) return written;
  const after = await settleAppointments(act);
  return notLeftOver(after.find((one) => one.id === id) ?? written, after);
}

/** Cancels the client's appointment; again is no error. Throws `tooLateToCancel`, `notFound`. */
export async function cancel(act: ClientAct, appointment: string): Promise<Appointment> {
  const found = (await settleAppointments(act)).find(({ id }) => id === appointment);
  if (found?.state === 'cancelled-by-client') return found;
  if (found?.state !== 'booked') throw new PolkuError('notFound', 'the appointment is not open');
  checkHours(act.now, found, act.municipality.limits.cancelHours, 'tooLateToCancel');
  const changedAt = act.now.toUTC().toISO()!;
  const day = await changeDay(act, found, 'cancelled', (current) => {
    const booked = current?.appointments.find(({ id }) => id === appointment);
    if (booked?.state !== 'booked') return undefined;
    return { ...booked, state: 'cancelled-by-client', sequence: booked.sequence + 1, changedAt };
  });
  const cancelled = day?.appointments.find(({ id }) => id === appointment);
  if (cancelled?.state !== 'cancelled-by-client') throw new PolkuError('notFound', 'somebody else changed it first');
  return cancelled;
}

function notLeftOver(appointment: Appointment, all: Appointment[]): Appointment {
  if (isLeftOver(appointment, all))
    throw new PolkuError('notFound', 'the old appointment was changed at the same time');
  return appointment;
}

function movable({ now, municipality }: ClientAct, all: Appointment[], id: string, slot: Slot): Appointment {
  const old = all.find((one) => one.id === id);
  if (old?.state !== 'booked') throw new PolkuError('notFound', 'the appointment to move is not open');
  // The coach's own proposal is never too late to take.
  if (!isSameTime(old.proposed?.slot, slot)) checkHours(now, old, municipality.limits.moveHours, 'tooLateToMove');
  return old;
}

function checkHours(
  now: DateTime,
  { start }: Appointment,
  hours: number,
  code: 'tooLateToMove' | 'tooLateToCancel',
): void {
  if (now.toMillis() > Date.parse(start) - hours * 3_600_000) throw new PolkuError(code, code, { hours });
}

function checkCount({ now, municipality }: ClientAct, all: Appointment[]): void {
  const open = all.filter(({ state, end }) => state === 'booked' && Date.parse(end) > now.toMillis());
  const { openAppointments } = municipality.limits;
  if (open.length < openAppointments) return;
  throw new PolkuError('tooManyAppointments', 'the client has as many open appointments as allowed', {
    openAppointments,
  });
}

function freeCheck({ municipality, now }: ClientAct, { topic, kind, ...slot }: Appointment) {
  const coach = municipality.coaches.find(({ id }) => id === slot.coach);
  return (calendarDay: CalendarDay | undefined): void => {
    const day = dayOf(slot.start, municipality);
    const free =
      coach !== undefined &&
      offers(coach, topic, kind) &&
      isStillFree(slot, { municipality, coach, day, kind, now, calendarDay });
    if (!free) throw new PolkuError('slotTaken');
  };
}

async function writeNew(act: ClientAct, appointment: Appointment, stillFree: (day: CalendarDay | undefined) => void) {
  try {
    return await changeDay(act, appointment, appointment.movedFrom ? 'moved' : 'booked', (day) => {
      if (day?.appointments.some(({ id }) => id === appointment.id)) return undefined;
      stillFree(day);
      return appointment;
    });
  } catch (error) {
    if (hasCode(error, 'conflict')) throw new PolkuError('slotTaken', 'too many others wrote at once', {}, error);
    throw error;
  }
}

/** What the request leaves out is kept from the appointment that moves. */
function newAppointment(
  act: ClientAct,
  id: string,
  request: BookingRequest,
  old: Appointment | undefined,
): Appointment {
  const at = act.now.toUTC().toISO()!;
  const { coach, start, end, place } = request.slot;
  const name = request.name ?? old?.name;
  const phone = request.phone ?? old?.phone;
  const interpreter = request.interpreter ?? old?.interpreter;
  return {
    coach,
    start,
    end,
    place,
    id,
    reference: old?.reference ?? referenceOf(id),
    client: act.client,
    topic: request.topic,
    kind: request.kind,
    state: 'booked',
    language: act.language,
    ...(name !== undefined && { name }),
    ...(phone !== undefined && { phone }),
    ...(interpreter !== undefined && { interpreter }),
    sequence: old ? old.sequence + 1 : 0,
    bookedAt: at,
    changedAt: at,
    ...(old && {
      movedFrom: { id: old.id, coach: old.coach, start: old.start, end: old.end, place: old.place },
      uid: old.uid ?? old.id,
      // The entry in the coach's calendar goes along, and with it the address.
      ...(old.coach === coach && old.kind === request.kind && old.joinUrl && { joinUrl: old.joinUrl }),
    }),
    handling: {},
  };
}
