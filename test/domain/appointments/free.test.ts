import { expect } from 'chai';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { Appointment, CalendarDay, Slot } from '../../../src/domain/appointments/appointment.ts';
import { freeSlots, isStillFree } from '../../../src/domain/appointments/free.ts';
import { type MeetingKind, weekdays } from '../../../src/domain/municipalities/pack.ts';
import { clockChanges, momentsInHelsinki, wallInHelsinki } from '../../support/helsinki-clock.ts';
import { coachOf, smallTown } from '../../support/small-town.ts';

const now = DateTime.fromISO('2025-12-31T12:00:00Z');
const minute = 60_000;
const always = smallTown([], { limits: { ...smallTown([]).limits, leadHours: 0, horizonDays: 5000 } });
const everyDay = [...weekdays];

function datesBetween(first: string, last: string): string[] {
  const dates: string[] = [];
  for (let date = DateTime.fromISO(first); date.toISODate()! < last; date = date.plus({ days: 1 })) {
    dates.push(date.toISODate()!);
  }
  return dates;
}

function meeting(slot: Slot, state: Appointment['state'] = 'booked'): Appointment {
  const at = '2026-01-01T10:00:00Z';
  const about = { id: slot.start, reference: 'P', client: 'c', topic: 'plan', kind: 'office', language: 'fi' } as const;
  return { ...slot, ...about, state, sequence: 0, bookedAt: at, changedAt: at, handling: {} };
}

function dayWith(...appointments: Appointment[]): CalendarDay {
  return { id: 'day', partition: 'ada', type: 'day', schema: 1, appointments };
}

describe('Free times of a coach', () => {
  it('are every quarter of ten years in Helsinki once, through all changes of the clock', function () {
    this.timeout(120_000);
    const coach = coachOf('ada', {
      slotMinutes: 15,
      bufferMinutes: 0,
      hours: [{ days: everyDay, from: '00:00', to: '23:45', place: 'office' }],
      breaks: [{ from: '12:00', to: '12:30' }],
    });
    const [first, last] = ['2026-01-01', '2036-01-01'];
    const offered = datesBetween(first, last).flatMap((day) =>
      freeSlots({ municipality: always, coach, day, kind: 'office', now }),
    );
    const expected = [...momentsInHelsinki(first, last, 15)].filter(({ wall }) => {
      const clock = wall.slice(11);
      return clock < '23:45' && clock !== '12:00' && clock !== '12:15';
    });
    const wrong = offered.filter(
      ({ start, end }, index) =>
        Date.parse(start) !== expected[index]?.at ||
        start.slice(0, 16).replace('T', ' ') !== expected[index]?.wall ||
        Date.parse(end) - Date.parse(start) !== 15 * minute ||
        end.slice(0, 16).replace('T', ' ') !== wallInHelsinki(Date.parse(end)),
    );
    console.log(`R14 ${offered.length} of ${expected.length} slots of ten years in Helsinki, ${wrong.length} wrong`);
    expect(offered.length).to.equal(expected.length);
    expect(wrong).to.deep.equal([]);
  });

  it('keep to the clock on the wall in the nights when it changes, whatever the hours and breaks', () => {
    const clock = fc
      .integer({ min: 0, max: 6 * 12 })
      .map((fives) => `0${Math.floor(fives / 12)}:${String((fives % 12) * 5).padStart(2, '0')}`);
    const span = fc.tuple(clock, clock).filter(([from, to]) => from < to);
    fc.assert(
      fc.property(
        fc.constantFrom(...clockChanges()),
        span,
        fc.array(span, { maxLength: 2 }),
        fc.constantFrom(15, 20, 30, 45),
        fc.constantFrom(0, 5, 15),
        (day, [from, to], pauses, slotMinutes, bufferMinutes) => {
          const breaks = pauses.map(([start, end]) => ({ from: start, to: end }));
          const hours = [{ days: everyDay, from, to, place: 'office' }];
          const coach = coachOf('ada', { slotMinutes, bufferMinutes, hours, breaks });
          const slots = freeSlots({ municipality: always, coach, day, kind: 'office', now });
          const covered: number[] = [];
          for (const { start, end } of slots) {
            for (let at = Date.parse(start); at < Date.parse(end); at += 5 * minute) covered.push(at);
          }
          const open = [...momentsInHelsinki(day, `${day} 08`, 5)]
            .filter(({ wall }) => {
              const shown = wall.slice(11);
              return shown >= from && shown < to && !breaks.some((one) => shown >= one.from && shown < one.to);
            })
            .map(({ at }) => at);
          // Never twice, never out of hours, and no room left for one more at the end of any stretch.
          expect(new Set(covered).size).to.equal(covered.length);
          expect(covered.filter((at) => !open.includes(at))).to.deep.equal([]);
          const room = open.filter((at, index) => at - open[index - 1]! !== 5 * minute);
          for (const start of room) {
            const fits = Array.from({ length: slotMinutes / 5 }, (_, n) => start + n * 5 * minute);
            if (fits.every((at) => open.includes(at))) expect(covered).to.include(start);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('follow one another with the buffer between, and start again after a break', () => {
    const coach = coachOf('ada', { breaks: [{ from: '11:30', to: '12:15' }] });
    const slots = freeSlots({ municipality: smallTown([coach]), coach, day: '2026-01-05', kind: 'office', now });
    expect(slots.map(({ start, end }) => `${start.slice(11, 16)}–${end.slice(11, 16)}`)).to.deep.equal([
      '09:00–09:45',
      '10:00–10:45',
      '12:15–13:00',
      '13:15–14:00',
      '14:15–15:00',
      '15:15–16:00',
    ]);
  });

  it('leave out exactly what is too near to a meeting that still holds its time', () => {
    const coach = coachOf('ada', { slotMinutes: 15, bufferMinutes: 10 });
    const question = { municipality: smallTown([coach]), coach, day: '2026-01-05', kind: 'phone' as const, now };
    const all = freeSlots(question);
    fc.assert(
      fc.property(
        fc.integer({ min: 8 * 60, max: 16 * 60 }),
        fc.constantFrom(15, 30, 50),
        fc.constantFrom('booked', 'seen', 'no-show', 'moved', 'cancelled-by-client', 'cancelled-by-service'),
        (from, length, state) => {
          const midnight = Date.parse('2026-01-05T00:00:00+02:00');
          const [start, end] = [midnight + from * minute, midnight + (from + length) * minute];
          const taken: Slot = {
            coach: 'ada',
            place: 'office',
            start: new Date(start).toISOString(),
            end: new Date(end).toISOString(),
          };
          const calendarDay = dayWith(meeting(taken, state));
          const free = freeSlots({ ...question, calendarDay });
          const holds = state === 'booked' || state === 'seen' || state === 'no-show';
          const expected = all.filter(
            (slot) =>
              !holds || Date.parse(slot.end) + 10 * minute <= start || Date.parse(slot.start) - 10 * minute >= end,
          );
          expect(free).to.deep.equal(expected);
          for (const slot of all)
            expect(isStillFree(slot, { ...question, calendarDay })).to.equal(expected.includes(slot));
        },
      ),
    );
  });

  it('are in an office for an office meeting, in a village for a village day, and by phone wherever there is no village day', () => {
    const coach = coachOf('ada', {
      hours: [
        { days: ['mon'], from: '09:00', to: '10:00', place: 'office' },
        { days: ['mon'], from: '12:00', to: '13:00', place: 'village' },
      ],
    });
    const places = (kind: MeetingKind) =>
      freeSlots({ municipality: smallTown([coach]), coach, day: '2026-01-05', kind, now }).map(({ place }) => place);
    expect(places('office')).to.deep.equal(['office']);
    expect(places('village')).to.deep.equal(['village']);
    expect(places('phone')).to.deep.equal(['office']);
    expect(places('teams')).to.deep.equal(['office']);
  });

  it('are none on a closed day, on a day away, before the lead time and behind the horizon', () => {
    const coach = coachOf('ada', {
      exceptions: [
        { date: '2026-01-07', spans: [] },
        { date: '2026-01-10', spans: [{ from: '10:00', to: '11:00', place: 'annex' }] },
      ],
    });
    const municipality = smallTown([coach], { isClosed: (date) => date === '2026-01-06' });
    const monday = DateTime.fromISO('2026-01-05T08:30:00+02:00');
    const on = (day: string) =>
      freeSlots({ municipality, coach, day, kind: 'office', now: monday }).map(({ start }) => start.slice(11, 16));
    expect(on('2026-01-05')[0]).to.equal('11:00');
    expect(on('2026-01-06')).to.deep.equal([]);
    expect(on('2026-01-07')).to.deep.equal([]);
    expect(on('2026-01-10')).to.deep.equal(['10:00']);
    expect(on('2026-01-11')).to.deep.equal([]);
    expect(on('2026-03-06')).to.have.length(7);
    expect(on('2026-03-09')).to.deep.equal([]);
  });
});
