import type { DateTime } from 'luxon';
import type { Translator } from '../../src/i18n/translator.ts';
import { fold } from './fold.ts';
import { foldedWords } from './folded-words.ts';

/**
 * Reads a date as people write it in the languages we have ("5.1.2026", "5.1.", "2026-01-05", "5 January 2026",
 * "5. tammikuuta", "today"). Without a year, the nearest such day towards `lean`; of a month with its year that is gone
 * ("1/2026", "tammikuussa 2026"), the first day. Undefined when there is none.
 */
export function readDate(text: string, t: Translator, now: DateTime, lean: 'past' | 'future'): string | undefined {
  const short = text.normalize('NFKC').slice(0, 60);
  const iso = /\b(\d{4})-(\d{1,2})-(\d{1,2})\b/.exec(short);
  if (iso) return dateOf(Number(iso[1]), Number(iso[2]), Number(iso[3]), now, lean);
  const digits = /\b(\d{1,2})\s?[./]\s?(\d{1,2})(?:\s?[./]\s?(\d{4}))?(?!\d|[.:]\d)/.exec(short);
  if (digits && (digits[3] || /[./]\s?\d{1,2}\.|\//.test(digits[0] + (short[digits.index + digits[0].length] ?? '')))) {
    return dateOf(digits[3] ? Number(digits[3]) : undefined, Number(digits[2]), Number(digits[1]), now, lean);
  }
  const monthOnly = lean === 'past' ? /^\s*(\d{1,2})\s?[./-]\s?(\d{4})\s*$/.exec(short) : null;
  if (monthOnly) return dateOf(Number(monthOnly[2]), Number(monthOnly[1]), 1, now, lean);
  const said = fold(short);
  for (const language of t.languages) {
    const days: [string, number][] = [
      ['dates.today', 0],
      ['dates.yesterday', -1],
      ['dates.tomorrow', 1],
    ];
    for (const [key, add] of days) {
      if (foldedWords(t, key, language).includes(said)) return now.plus({ days: add }).toISODate() ?? undefined;
    }
    const month = foldedWords(t, 'dates.months', language).findIndex((name) => said.includes(name.slice(0, 5)));
    const day = /\b(\d{1,2})\b/.exec(said);
    const year = /\b(\d{4})\b/.exec(said);
    if (month >= 0 && (day || (year && lean === 'past'))) {
      return dateOf(year ? Number(year[1]) : undefined, month + 1, Number(day?.[1] ?? 1), now, lean);
    }
  }
  return undefined;
}

function dateOf(year: number | undefined, month: number, day: number, now: DateTime, lean: 'past' | 'future') {
  if (year !== undefined) return dayOf(year, month, day);
  const here = dayOf(now.year, month, day);
  const today = now.toISODate()!;
  if (here && lean === 'past' && here > today) return dayOf(now.year - 1, month, day);
  if (here && lean === 'future' && here < today) return dayOf(now.year + 1, month, day);
  return here;
}

/** A day of the calendar, as ISO writes it; undefined when there is none. It is the same in every zone. */
function dayOf(year: number, month: number, day: number): string | undefined {
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.toISOString().slice(0, 10) : undefined;
}
