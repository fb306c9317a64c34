import { expect } from 'chai';
import fc from 'fast-check';
import { DateTime, IANAZone } from 'luxon';
import { steadyZone } from '../../src/domain/steady-zone.ts';

describe('A steady zone', () => {
  const names = [
    'Europe/Helsinki',
    'Europe/Stockholm',
    'Asia/Kolkata',
    'Australia/Lord_Howe',
    'Pacific/Chatham',
    'UTC',
  ];

  it('has the offset of the real one at every quarter of an hour around every change of 20 years', () => {
    for (const name of names) {
      const [real, steady] = [new IANAZone(name), steadyZone(name)];
      let before = real.offset(Date.UTC(2015, 0, 1));
      for (let at = Date.UTC(2015, 0, 1); at < Date.UTC(2035, 0, 1); at += 6 * 3600_000) {
        const offset = real.offset(at);
        if (offset === before) continue;
        before = offset;
        for (let near = at - 7 * 3600_000; near < at + 3600_000; near += 5 * 60_000 - 1) {
          if (steady.offset(near) !== real.offset(near)) expect.fail(`${name} ${new Date(near).toISOString()}`);
        }
      }
    }
  });

  it('has it at any moment, and dates made with it are the same', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.date({ min: new Date('1960-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
        (name, date) => {
          const [real, steady] = [new IANAZone(name), steadyZone(name)].map((zone) =>
            DateTime.fromMillis(date.getTime(), { zone }).plus({ days: 1 }).set({ hour: 3, minute: 30 }),
          );
          expect(steady!.toISO()).to.equal(real!.toISO());
          expect(steady!.hasSame(real!, 'minute') && steady!.zoneName === real!.zoneName).to.equal(true);
        },
      ),
      { numRuns: 500 },
    );
    expect(Number.isNaN(steadyZone('Europe/Helsinki').offset(Number.NaN))).to.equal(true);
  });
});
