import { expect } from 'chai';
import Holidays from 'date-holidays';
import { DateTime } from 'luxon';
import { isPublicHoliday } from '../../../src/domain/municipalities/holidays.ts';

function holidaysIn(year: number): string[] {
  const days: string[] = [];
  for (let day = DateTime.utc(year, 1, 1); day.year === year; day = day.plus({ days: 1 })) {
    if (isPublicHoliday('FI', day.toISODate()!)) days.push(day.toFormat('d.M.'));
  }
  return days;
}

describe('Finnish public holidays', () => {
  it('are the ones of the almanac in 2026 and 2027', () => {
    expect(holidaysIn(2026).join(' ')).to.equal(
      '1.1. 6.1. 3.4. 5.4. 6.4. 1.5. 14.5. 24.5. 19.6. 20.6. 31.10. 6.12. 24.12. 25.12. 26.12.',
    );
    expect(holidaysIn(2027).join(' ')).to.equal(
      '1.1. 6.1. 26.3. 28.3. 29.3. 1.5. 6.5. 16.5. 25.6. 26.6. 6.11. 6.12. 24.12. 25.12. 26.12.',
    );
  });

  it('agree with the date-holidays package for a hundred years', () => {
    const other = new Holidays('FI');
    for (let year = 1995; year <= 2095; year++) {
      const told = other
        .getHolidays(year)
        .filter(({ type, name }) => type === 'public' || ['juhannusaatto', 'jouluaatto'].includes(name))
        .map(({ date }) => DateTime.fromSQL(date.slice(0, 19)).toFormat('d.M.'));
      expect(holidaysIn(year), String(year)).to.deep.equal([...new Set(told)]);
    }
  });

  it('are none in a country that nobody has described', () => {
    expect(isPublicHoliday('XX', '2026-12-25')).to.equal(false);
  });
});
