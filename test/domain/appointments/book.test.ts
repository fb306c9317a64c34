import { expect } from 'chai';
import { DateTime } from 'luxon';
import type { Appointment, CalendarDay } from '../../../src/domain/appointments/appointment.ts';
import { book, cancel } from '../../../src/domain/appointments/book.ts';
import { listAppointments } from '../../../src/domain/appointments/client-appointments.ts';
import {
  actOf,
  emptyStore,
  friday,
  inShort,
  meetingsIn,
  newsIn,
  outcome,
  times,
  wish,
} from '../../support/booking-desk.ts';
import { refused } from '../../support/documents.ts';

describe('A booked time', () => {
  it('is in the day of the coach with its news, and the client finds it', async () => {
    const documents = emptyStore();
    const booked = await book(actOf(documents, 'eva', 'i1'), { ...wish(0), name: 'Eva', phone: '040 000 0000' });
    expect(booked).to.deep.include({
      ...times[0],
      client: 'eva',
      name: 'Eva',
      state: 'booked',
      sequence: 0,
      language: 'fi',
    });
    expect(booked.reference).to.match(/^P-[2-9B-Z]{4}-[2-9B-Z]{2}$/);
    expect(await listAppointments(documents, 'eva')).to.deep.equal([booked]);
    const day = (await documents.get<CalendarDay>({ collection: 'calendars', partition: 'ada', id: '2026-01-05' }))!
      .document;
    const about = { collection: 'calendars', partition: 'ada', id: '2026-01-05', appointment: booked.id };
    const now = day.outbox?.filter(({ kind, nextAt }) => kind === 'coach' && nextAt <= friday.toMillis());
    expect(now?.map(({ kind, payload }) => ({ kind, ...payload }))).to.deep.equal([
      { kind: 'coach', news: 'booked', by: 'client', about },
    ]);
    expect(day.dueAt).to.equal(friday.toMillis());
    expect(day.expiresAt).to.equal(DateTime.fromISO('2026-04-06', { zone: 'Europe/Helsinki' }).toMillis());
  });

  it('is one appointment however often it is confirmed, also at the same moment', async () => {
    const documents = emptyStore();
    const act = actOf(documents, 'eva', 'i1');
    const answers = await Promise.all(Array.from({ length: 10 }, () => book(act, wish(0))));
    answers.push(await book(act, wish(0)));
    for (const answer of answers) expect(answer).to.deep.equal(answers[0]);
    expect(await meetingsIn(documents)).to.deep.equal([answers[0]]);
    expect(await newsIn(documents)).to.have.length(1);
  });

  it('follows the last choice when the answer to the first was lost', async () => {
    const documents = emptyStore();
    const act = actOf(documents, 'eva', 'i1');
    await book(act, wish(0));
    const second = await book(act, wish(3));
    expect(await book(act, wish(3))).to.deep.equal(second);
    expect((await meetingsIn(documents)).map(inShort)).to.have.members([
      inShort({ ...times[0]!, state: 'moved' }),
      inShort(second),
    ]);
  });

  it('is nobody else’s: another client neither sees nor cancels nor moves it', async () => {
    const documents = emptyStore();
    const { id } = await book(actOf(documents, 'eva', 'i1'), wish(0));
    expect(await listAppointments(documents, 'tom')).to.deep.equal([]);
    await refused(cancel(actOf(documents, 'tom', 'i1'), id), 'notFound');
    await refused(book(actOf(documents, 'tom', 'i2'), wish(1, id)), 'notFound');
    const other = await book(actOf(documents, 'tom', 'i1'), wish(1));
    expect(other.id).to.not.equal(id);
  });

  it('keeps its reference and its calendar entry when it moves, and both coaches hear of it', async () => {
    const documents = emptyStore();
    const first = await book(actOf(documents, 'eva', 'i1'), { ...wish(0), interpreter: 'so' });
    const second = await book(actOf(documents, 'eva', 'i2'), wish(3, first.id));
    const third = await book(actOf(documents, 'eva', 'i3'), wish(7, second.id));
    expect([second, third].map(({ reference }) => reference)).to.deep.equal([first.reference, first.reference]);
    expect([second, third].map(({ uid, sequence }) => `${uid} ${sequence}`)).to.deep.equal([
      `${first.id} 1`,
      `${first.id} 2`,
    ]);
    expect(third.interpreter).to.equal('so');
    const [now, ...before] = await listAppointments(documents, 'eva');
    expect(now).to.deep.equal(third);
    expect(before.map(({ state, movedTo }) => [state, movedTo?.start])).to.deep.equal([
      ['moved', times[3]!.start],
      ['moved', times[7]!.start],
    ]);
    expect(await newsIn(documents)).to.have.members([
      `booked ${first.id}-booked`,
      `moved ${first.id}-moved`,
      `moved ${second.id}-booked`,
      `moved ${second.id}-moved`,
      `moved ${third.id}-booked`,
    ]);
  });

  it('can be cancelled and moved until the limits, and not a minute later', async () => {
    const documents = emptyStore();
    const { id } = await book(actOf(documents, 'eva', 'i1'), wish(0));
    const start = DateTime.fromISO(times[0]!.start);
    const at = (hours: number, minutes = 0) => start.minus({ hours }).plus({ minutes });
    await refused(book(actOf(documents, 'eva', 'i2', at(24, 1)), wish(6, id)), 'tooLateToMove');
    await refused(cancel(actOf(documents, 'eva', 'i3', at(4, 1)), id), 'tooLateToCancel');
    const cancelled = await cancel(actOf(documents, 'eva', 'i4', at(4)), id);
    expect(cancelled).to.deep.include({ state: 'cancelled-by-client', sequence: 1 });
    expect(await cancel(actOf(documents, 'eva', 'i4', at(1)), id)).to.deep.equal(cancelled);
    await refused(book(actOf(documents, 'eva', 'i5'), wish(6, id)), 'notFound');
  });

  it('is free for others again when it was cancelled or moved', async () => {
    const documents = emptyStore();
    const { id } = await book(actOf(documents, 'eva', 'i1'), wish(0));
    await refused(book(actOf(documents, 'tom', 'i1'), wish(0)), 'slotTaken');
    const moved = await book(actOf(documents, 'eva', 'i2'), wish(6, id));
    await book(actOf(documents, 'tom', 'i2'), wish(0));
    await cancel(actOf(documents, 'eva', 'i3'), moved.id);
    await book(actOf(documents, 'tom', 'i3'), wish(6));
  });

  it('is one of as many as the municipality allows', async () => {
    const documents = emptyStore();
    const made: Appointment[] = [];
    for (const time of [0, 1]) made.push(await book(actOf(documents, 'eva', `i${time}`), wish(time)));
    await refused(book(actOf(documents, 'eva', 'i2'), wish(2)), 'tooManyAppointments');
    const moved = await book(actOf(documents, 'eva', 'i3'), wish(2, made[0]!.id));
    await cancel(actOf(documents, 'eva', 'i4'), moved.id);
    await book(actOf(documents, 'eva', 'i5'), wish(0));
  });

  it('must be one that was offered: whole, on the grid, of a coach who holds such meetings', async () => {
    const documents = emptyStore();
    const [slot] = times;
    const odd = [
      { slot: { ...slot!, start: '2026-01-05T09:05:00+02:00', end: '2026-01-05T09:50:00+02:00' } },
      { slot: { ...slot!, end: '2026-01-05T10:30:00+02:00' } },
      { slot: { ...slot!, place: 'village' } },
      { slot: { ...slot!, coach: 'nobody' } },
      { slot: { ...slot!, start: '2025-01-06T09:00:00+02:00', end: '2025-01-06T09:45:00+02:00' } },
      { slot: slot!, kind: 'village' as const },
    ];
    for (const [index, part] of odd.entries()) {
      expect(await outcome(book(actOf(documents, 'eva', `i${index}`), { ...wish(0), ...part }))).to.equal('slotTaken');
    }
    expect(await meetingsIn(documents)).to.deep.equal([]);
  });
});
