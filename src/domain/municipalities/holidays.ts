import { DateTime } from 'luxon';

/** First Sunday after the first full moon of spring, by the rule of the Gregorian calendar (Meeus, Jones and Butcher). */
function easterSunday(year: number): DateTime {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const skipped = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const moon = (19 * golden + century - Math.floor(century / 4) - skipped + 15) % 30;
  const leap = Math.floor((year % 100) / 4);
  const toSunday = (32 + 2 * (century % 4) + 2 * leap - moon - ((year % 100) % 4)) % 7;
  const late = Math.floor((golden + 11 * moon + 22 * toSunday) / 451);
  const days = moon + toSunday - 7 * late + 114;
  return DateTime.utc(year, Math.floor(days / 31), (days % 31) + 1);
}

function saturdayFrom(year: number, month: number, day: number): DateTime {
  const first = DateTime.utc(year, month, day);
  return first.plus({ days: (6 - first.weekday + 7) % 7 });
}

/**
 * Church feasts (Act 1054/1993), Independence Day (388/1937) and the first of May (272/1944), as in force since 1992.
 * Midsummer Eve and Christmas Eve are here as well: offices are closed, and no time limit ends on them (Act 150/1930).
 */
function finnishHolidays(year: number): DateTime[] {
  const easter = easterSunday(year);
  const midsummer = saturdayFrom(year, 6, 20);
  return [
    ...[-2, 0, 1, 39, 49].map((days) => easter.plus({ days })),
    midsummer.minus({ days: 1 }),
    midsummer,
    saturdayFrom(year, 10, 31),
    ...['01-01', '01-06', '05-01', '12-06', '12-24', '12-25', '12-26'].map((day) => DateTime.fromISO(`${year}-${day}`)),
  ];
}

const holidaysOf: Record<string, (year: number) => DateTime[]> = { FI: finnishHolidays };
const known = new Map<string, Set<string>>();

/** Countries (ISO 3166) whose public holidays are known; another one is one function more. */
export const holidayCountries = Object.keys(holidaysOf);

/** Tells whether public offices of the country are closed on the date (ISO) because of a holiday; weekends are not holidays. */
export function isPublicHoliday(country: string, date: string): boolean {
  const year = date.slice(0, 4);
  const key = `${country} ${year}`;
  let days = known.get(key);
  if (!days) {
    days = new Set(holidaysOf[country]?.(Number(year)).map((day) => day.toISODate()!));
    known.set(key, days);
  }
  return days.has(date);
}
