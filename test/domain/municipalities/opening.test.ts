import { expect } from 'chai';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { isPublicHoliday } from '../../../src/domain/municipalities/holidays.ts';
import {
  addOpeningHours,
  addWorkingDays,
  firstMeetingBy,
  isOpen,
  nextOpening,
} from '../../../src/domain/municipalities/opening.ts';
import { loadMunicipality } from '../../../src/municipalities/load.ts';

const porvoo = loadMunicipality('deploy/municipalities', 'porvoo');
const zone = 'Europe/Helsinki';
const local = (iso: string) => DateTime.fromISO(iso, { zone });
const quarter = 15 * 60_000;

/** Days on which clocks change or offices close, so that the properties are tried where they could break. */
const turns =
  '2026-12-23 2027-12-24 2026-04-02 2027-03-25 2026-06-18 2027-06-23 2026-03-28 2026-10-24 2027-05-05'.split(' ');
const date = fc
  .tuple(fc.constantFrom(...turns, '2025-12-29', '2028-02-27'), fc.integer({ min: -12, max: 12 }))
  .map(([turn, days]) => DateTime.fromISO(turn, { zone: 'utc' }).plus({ days }).toISODate()!);
const quarters = fc
  .tuple(date, fc.integer({ min: 0, max: 95 }))
  .map(([day, count]) => DateTime.fromMillis(local(day).toMillis() + count * quarter, { zone: 'utc' }));

describe('Opening hours', () => {
  it('are those of the pack, on the clock of the city', () => {
    expect(isOpen(porvoo, local('2026-11-23T09:00'))).to.equal(true);
    expect(isOpen(porvoo, local('2026-11-23T08:59'))).to.equal(false);
    expect(isOpen(porvoo, local('2026-11-23T15:00'))).to.equal(false);
    expect(isOpen(porvoo, local('2026-11-27T13:30')), 'Friday afternoon').to.equal(false);
    expect(isOpen(porvoo, DateTime.fromISO('2026-07-01T06:30Z')), 'half past nine in Finland').to.equal(true);
    expect(isOpen(porvoo, DateTime.fromISO('2026-12-01T06:30Z')), 'half past eight in Finland').to.equal(false);
  });

  it('never fall on a weekend, a public holiday or a closed day of the city', () => {
    fc.assert(
      fc.property(quarters, (now) => {
        const there = now.setZone(zone);
        if (there.weekday > 5 || porvoo.isClosed(there.toISODate()!)) expect(isOpen(porvoo, now)).to.equal(false);
      }),
    );
  });

  it('begin next at the first moment that is open after one that is not', () => {
    fc.assert(
      fc.property(quarters, (now) => {
        let moment = now.plus(quarter);
        while (!isOpen(porvoo, moment) || isOpen(porvoo, moment.minus(1))) moment = moment.plus(quarter);
        expect(Date.parse(nextOpening(porvoo, now))).to.equal(moment.toMillis());
      }),
      { numRuns: 60 },
    );
  });

  it('are told with the offset that is in force then', () => {
    expect(nextOpening(porvoo, local('2026-03-27T14:00'))).to.equal('2026-03-30T09:00:00+03:00');
    expect(nextOpening(porvoo, local('2026-10-23T14:00'))).to.equal('2026-10-26T09:00:00+02:00');
    expect(nextOpening(porvoo, local('2026-12-23T15:00'))).to.equal('2027-01-04T09:00:00+02:00');
  });

  it('join where one ends as the other begins', () => {
    const hours = [
      { days: ['mon' as const], from: '12:00', to: '15:00' },
      { days: ['mon' as const], from: '09:00', to: '12:00' },
    ];
    const split = { ...porvoo, contact: { ...porvoo.contact, hours } };
    expect(nextOpening(split, local('2026-11-23T10:00'))).to.equal('2026-11-30T09:00:00+02:00');
  });

  it('are looked for no longer than a year and a month', () => {
    const shut = { ...porvoo, isClosed: () => true };
    expect(() => nextOpening(shut, local('2026-11-23T10:00'))).to.throw('too few opening hours');
  });
});

describe('An answer within opening hours', () => {
  for (const [asked, hours, answered, when] of [
    ['2026-11-23T10:00', 4, '2026-11-23T14:00', 'the same day'],
    ['2026-11-23T13:00', 4, '2026-11-24T11:00', 'over a night'],
    ['2026-11-23T20:00', 4, '2026-11-24T13:00', 'asked in the evening'],
    ['2026-11-27T12:00', 1, '2026-11-27T13:00', 'at the very end of the week'],
    ['2026-04-02T14:00', 4, '2026-04-07T12:00', 'over Easter'],
    ['2026-06-18T14:00', 4, '2026-06-22T12:00', 'over midsummer'],
    ['2026-12-23T14:00', 4, '2027-01-04T12:00', 'over Christmas'],
    ['2026-03-27T12:00', 2, '2026-03-30T10:00', 'over the night when summer time begins'],
    ['2026-10-23T12:00', 2, '2026-10-26T10:00', 'over the night when summer time ends'],
  ] as const) {
    it(`comes ${when}`, () => {
      expect(addOpeningHours(porvoo, local(asked), hours).toISO()).to.equal(local(answered).toISO());
    });
  }

  it('comes after exactly so many open quarters of an hour, never on a closed day', () => {
    fc.assert(
      fc.property(quarters, fc.integer({ min: 1, max: 40 }), (now, count) => {
        const answered = addOpeningHours(porvoo, now, count / 4);
        let open = 0;
        for (let moment = now; moment < answered; moment = moment.plus(quarter)) if (isOpen(porvoo, moment)) open++;
        expect(open).to.equal(count);
        expect(isOpen(porvoo, answered.minus(1))).to.equal(true);
      }),
      { numRuns: 60 },
    );
  });

  it('never comes earlier to who asks later', () => {
    fc.assert(
      fc.property(quarters, quarters, fc.integer({ min: 0, max: 40 }), (one, other, hours) => {
        const [first, second] = one < other ? [one, other] : [other, one];
        expect(+addOpeningHours(porvoo, first, hours)).to.be.at.most(+addOpeningHours(porvoo, second, hours));
      }),
    );
  });
});

describe('Working days', () => {
  const count = fc.integer({ min: 1, max: 25 });
  it('are Monday to Friday without public holidays', () => {
    fc.assert(
      fc.property(date, count, (start, days) => {
        const end = DateTime.fromISO(addWorkingDays(porvoo, start, days), { zone: 'utc' });
        expect(end.weekday).to.be.at.most(5);
        expect(isPublicHoliday('FI', end.toISODate()!)).to.equal(false);
      }),
    );
  });

  it('add up', () => {
    fc.assert(
      fc.property(date, count, count, (start, one, other) => {
        const step = addWorkingDays(porvoo, addWorkingDays(porvoo, start, one), other);
        expect(step).to.equal(addWorkingDays(porvoo, start, one + other));
      }),
    );
  });
});

describe('The last day of the first meeting', () => {
  for (const [start, last, why] of [
    ['2025-12-31', '2026-01-09', 'five working days by the rule of 2025, Epiphany left out'],
    ['2026-01-01', '2026-01-16', 'ten working days by the rule of 2026'],
    ['2026-03-26', '2026-04-13', 'ten working days over Easter'],
    ['2026-06-10', '2026-06-25', 'ten working days over midsummer'],
    ['2026-12-14', '2026-12-23', 'the last day on which the offices are open before the limit of 30 December'],
    ['2024-05-02', '2024-05-10', 'the oldest rule for a day before all rules, Ascension Day left out'],
  ] as const) {
    it(`is ${last} for a search that starts on ${start}: ${why}`, () => {
      expect(firstMeetingBy(porvoo, start)).to.equal(last);
    });
  }

  it('is never on a closed day, never after the limit and never earlier for who starts later', () => {
    fc.assert(
      fc.property(date, date, (one, other) => {
        const [first, second] = one < other ? [one, other] : [other, one];
        const last = firstMeetingBy(porvoo, second);
        expect(porvoo.isClosed(last)).to.equal(false);
        expect(last <= addWorkingDays(porvoo, second, 10)).to.equal(true);
        expect(firstMeetingBy(porvoo, first) <= last).to.equal(true);
      }),
    );
  });

  it('is the limit itself when the offices stay closed all through it', () => {
    expect(firstMeetingBy({ ...porvoo, isClosed: () => true }, '2026-11-23')).to.equal('2026-12-07');
  });
});
