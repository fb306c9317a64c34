import { expect } from 'chai';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { Slot, SlotQuery } from '../../../src/domain/appointments/appointment.ts';
import { book } from '../../../src/domain/appointments/book.ts';
import { findFree, freeDays, kindsFor } from '../../../src/domain/appointments/find-free.ts';
import { actOf, emptyStore, friday, times, town, wish } from '../../support/booking-desk.ts';
import { coachOf, smallTown } from '../../support/small-town.ts';

const query = { topic: 'plan', kind: 'phone' } as const;

describe('Looking for a free time', () => {
  it('page by page shows every time once, however many fit on a page', async () => {
    const places = smallTown([
      coachOf('ada', { slotMinutes: 30, bufferMinutes: 0 }),
      coachOf('ben', { hours: [{ days: ['mon', 'wed'], from: '09:00', to: '14:00', place: 'annex' }] }),
    ]);
    const municipality = { ...places, limits: { ...places.limits, horizonDays: 7 } };
    const documents = emptyStore();
    const all = await findFree(documents, municipality, { ...query, kind: 'office', limit: 1000 }, friday);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 12 }), async (limit) => {
        const shown: Slot[] = [];
        for (let after: string | undefined; ; after = shown.at(-1)!.start) {
          const asked: SlotQuery = { ...query, kind: 'office', limit, ...(after !== undefined && { after }) };
          const page = await findFree(documents, municipality, asked, friday);
          expect(page.length).to.be.at.most(limit);
          if (page.length === 0) break;
          shown.push(...page);
        }
        expect(shown).to.deep.equal(all);
      }),
      { numRuns: 11 },
    );
  });

  it('with anybody shows each moment once, with the coach who has the least to do that day', async () => {
    const documents = emptyStore();
    await book(actOf(documents, 'eva', 'i1'), wish(0));
    const found = await findFree(documents, town, { ...query, day: '2026-01-05', limit: 10 }, friday);
    expect(found.map(({ coach, start }) => `${coach} ${start.slice(11, 16)}`)).to.deep.equal([
      'ben 09:00',
      'ben 10:00',
      'ben 11:00',
    ]);
  });

  it('on one day shows that day, and after a date shows later days', async () => {
    const documents = emptyStore();
    const days = async (part: Partial<SlotQuery>) => {
      const found = await findFree(documents, town, { ...query, limit: 50, coach: 'ada', ...part }, friday);
      return [...new Set(found.map(({ start }) => start.slice(0, 10)))];
    };
    expect(await days({})).to.deep.equal(['2026-01-05', '2026-01-06']);
    expect(await days({ day: '2026-01-06' })).to.deep.equal(['2026-01-06']);
    expect(await days({ day: '2026-01-04' })).to.deep.equal([]);
    expect(await days({ after: '2026-01-05' })).to.deep.equal(['2026-01-06']);
    expect(await days({ day: '2026-01-05', after: times[1]!.start })).to.deep.equal(['2026-01-05']);
    expect(await days({ after: '2020-01-01' })).to.deep.equal(['2026-01-05', '2026-01-06']);
  });

  it('tells the days that have a time, from tomorrow on', async () => {
    const documents = emptyStore();
    const on = (now: string, limit = 9) =>
      freeDays(documents, town, { ...query, coach: 'ada', limit }, DateTime.fromISO(now));
    expect(await on('2026-01-02T12:00:00+02:00')).to.deep.equal(['2026-01-05', '2026-01-06']);
    expect(await on('2026-01-02T12:00:00+02:00', 1)).to.deep.equal(['2026-01-05']);
    expect(await on('2026-01-05T07:00:00+02:00')).to.deep.equal(['2026-01-06']);
    // Late on Sunday in UTC is Monday in Helsinki.
    expect(await on('2026-01-04T22:30:00Z')).to.deep.equal(['2026-01-06']);
    for (const [index, time] of [0, 1].entries()) await book(actOf(documents, 'eva', `i${index}`), wish(time));
    await book(actOf(documents, 'tom', 'i'), wish(2));
    expect(await on('2026-01-02T12:00:00+02:00')).to.deep.equal(['2026-01-06']);
  });

  it('asks only for kinds of meeting that somebody holds about the topic', () => {
    const municipality = smallTown([
      coachOf('ada', { kinds: ['phone'], topics: ['plan'] }),
      coachOf('ben', { kinds: ['teams', 'office'], topics: ['training'] }),
    ]);
    expect(kindsFor(municipality, 'plan')).to.deep.equal(['phone']);
    expect(kindsFor(municipality, 'training')).to.deep.equal(['office', 'teams']);
    expect(kindsFor(municipality, 'other')).to.deep.equal([]);
  });
});
