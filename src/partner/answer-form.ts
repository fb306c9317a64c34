import type { DateTime } from 'luxon';
import { mostPlaces } from '../domain/directory/places.ts';
import type { PartnerAnswer } from '../domain/referrals/partner.ts';
import { type ReferralState, refusalReasons } from '../domain/referrals/referral.ts';

/** Fields of the forms on the partner's page. */
export const fields = ['startsOn', 'reason', 'words', 'left'] as const;
export type Field = (typeof fields)[number];

/** What the partner can tell on the page, in the order to show, with what each asks for. */
export const partnerActs = {
  accepted: { startsOn: 'needed', words: 'optional' },
  'under-study': {},
  'needs-client': { words: 'needed' },
  declined: { reason: 'needed', words: 'needed' },
  started: { startsOn: 'needed' },
  completed: {},
  'not-reached': { words: 'optional' },
  'ended-without-help': { words: 'needed' },
} as const satisfies Partial<Record<ReferralState, Partial<Record<Field, 'needed' | 'optional'>>>>;
export type PartnerAct = keyof typeof partnerActs;

/** Characters of own words; what is longer is refused, not cut. */
export const longestWords = 1000;

/** A form as it was sent: what the partner tells, or which fields are wrong. */
export type ReadAnswer = { answer: PartnerAnswer } | { wrong: Field[] } | { places: number } | { other: string };

// Control characters and those that turn the direction of text; line breaks become spaces.
const unsafe = /[\p{Cc}\u00AD\u061C\u200B\u200E\u200F\u2028\u2029\u202A-\u202E\u2060-\u2069\uFEFF]+/gu;

/** Reads a form of the page; `language` is that of the page. */
export function readAnswerForm(form: URLSearchParams, language: string, now: DateTime): ReadAnswer {
  const act = form.get('act') ?? '';
  if (act === 'full') return { places: 0 };
  if (act === 'places') return readPlaces(form.get('left') ?? '');
  if (!Object.hasOwn(partnerActs, act)) return { other: act };
  const asked: Partial<Record<Field, 'needed' | 'optional'>> = partnerActs[act as PartnerAct];
  const wrong: Field[] = [];
  const startsOn = asked.startsOn && readDay(form.get('startsOn') ?? '', now);
  if (asked.startsOn && !startsOn) wrong.push('startsOn');
  const reason = asked.reason && refusalReasons.find((one) => one === form.get('reason'));
  if (asked.reason && !reason) wrong.push('reason');
  const words = asked.words ? (form.get('words') ?? '').replace(unsafe, ' ').trim() : '';
  if ((asked.words === 'needed' && !/[\p{L}\p{N}]/u.test(words)) || words.length > longestWords) wrong.push('words');
  if (wrong.length > 0) return { wrong };
  const seen = Number(form.get('seen'));
  return {
    answer: {
      state: act as PartnerAct,
      seen: Number.isInteger(seen) ? seen : -1,
      language,
      ...(startsOn && { startsOn }),
      ...(reason && { reason }),
      ...(words !== '' && { words }),
    },
  };
}

function readPlaces(left: string): ReadAnswer {
  const places = /^\s*\d{1,3}\s*$/.test(left) ? Number(left) : Number.NaN;
  return places <= mostPlaces ? { places } : { wrong: ['left'] };
}

/** The first and last day that make sense as the first day in a service (ISO dates). */
export function daysToChoose(now: DateTime): { first: string; last: string } {
  return { first: now.minus({ months: 1 }).toISODate()!, last: now.plus({ years: 1 }).toISODate()! };
}

/** A day as a date field sends it, or as it is written here where a browser has no such field. */
function readDay(text: string, now: DateTime): string | undefined {
  const written = /^\s*(\d{1,2})\.(\d{1,2})\.(\d{4})\s*$/.exec(text);
  const day = written ? [written[3], written[2], written[1]].map((part) => part!.padStart(2, '0')).join('-') : text;
  const { first, last } = daysToChoose(now);
  const isReal = /^\d{4}-\d{2}-\d{2}$/.test(day) && new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) === day;
  return isReal && day >= first && day <= last ? day : undefined;
}
