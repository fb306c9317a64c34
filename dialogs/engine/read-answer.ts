import { distance } from 'fastest-levenshtein';
import { DateTime } from 'luxon';
import type { Translator } from '../../src/i18n/translator.ts';
import { fold } from './fold.ts';
import { foldedLabel, foldedWords } from './folded-words.ts';
import { onceFor } from './once-for.ts';
import { readDate } from './read-date.ts';

/** An option as the person saw it. */
export interface ShownOption {
  value: unknown;
  label: string;
  at?: string;
  look?: Record<string, unknown>;
  goes?: { flow: string; given?: Record<string, unknown>; instead?: true };
  /** `done` ends a choice of several. */
  act?: 'done';
}

/** Words longer than this are never an attempt to name an option. */
const longestName = 120;

/** Which of the shown options was meant: by label, number, ordinal, yes or no, day and clock, or nearly its label. */
export function readOption(text: string, shown: ShownOption[], t: Translator, now: DateTime): ShownOption | undefined {
  const said = fold(text);
  if (said === '' || said.length > longestName) return undefined;
  // A number below zero is on no list, whatever its digits are.
  if (/^\s*[-−–]\s*\d/.test(text)) return undefined;
  const labels = shown.map(foldedLabel);
  const exact = labels.indexOf(said);
  if (exact >= 0) return shown[exact];
  return (
    byValue(said, shown) ??
    byNumber(said, shown, t) ??
    byYesOrNo(said, shown, t) ??
    byTime(text, shown, t, now) ??
    byPart(said, shown, labels) ??
    byLikeness(said, shown, labels)
  );
}

/** Several options in one message, such as "1, 3 ja 5" or "terveys, raha"; undefined unless every part is understood. */
export function readOptions(
  text: string,
  shown: ShownOption[],
  t: Translator,
  now: DateTime,
): ShownOption[] | undefined {
  const said = fold(text);
  const whole = shown.find((option) => foldedLabel(option) === said);
  if (whole) return [whole];
  const parts = text.slice(0, longestName * 4).split(separatorOf(t));
  const numbers = /^[\d\s]+$/.test(parts.join(' ')) ? parts.join(' ').trim().split(/\s+/) : parts;
  // All or nothing: an answer of which a part was dropped would look understood.
  const different = new Set(numbers.filter((part) => part.trim() !== ''));
  const wanted = [...different].map((part) => readOption(part, shown, t, now));
  const understood = wanted.length > 0 && wanted.every((option) => option !== undefined);
  return understood ? [...new Set(wanted)] : undefined;
}

/** What stands between the parts of an answer, in any of our languages. */
const separatorOf = onceFor((t: Translator) => {
  const and = t.languages.flatMap((language) => t.words('engine.and', language)).join('|');
  return new RegExp(`[,;+\\n]|\\s(?:${and})\\s`, 'iu');
});

/** Words that answer whatever was asked last: numbers, ordinals, yes, no, skip, do not know; `said` is folded. */
export function isPlainWord(said: string, t: Translator): boolean {
  return /^[\d ]+$/.test(said) || plainWords.some((key) => foldedWords(t, key).includes(said));
}

const plainWords = ['ordinals', 'last', 'yesWords', 'noWords', 'skipWords', 'unknownWords'].map(
  (key) => `engine.${key}`,
);

function byValue(said: string, shown: ShownOption[]): ShownOption | undefined {
  // On a scale the number is the answer, not the place in the row.
  return /^\d+$/.test(said)
    ? shown.find(({ value }) => typeof value === 'number' && value === Number(said))
    : undefined;
}

function byNumber(said: string, shown: ShownOption[], t: Translator): ShownOption | undefined {
  if (/^\d{1,3}$/.test(said)) return typeof shown[0]?.value === 'number' ? undefined : shown[Number(said) - 1];
  for (const language of t.languages) {
    const place = foldedWords(t, 'engine.ordinals', language).indexOf(said);
    if (place >= 0) return shown[place];
    if (foldedWords(t, 'engine.last', language).includes(said)) return shown.at(-1);
  }
  return undefined;
}

function byYesOrNo(said: string, shown: ShownOption[], t: Translator): ShownOption | undefined {
  // "Nej tack" and "ja, gärna" are plain as well; a longer message may turn round in the middle.
  const short = said.split(' ').length <= 3;
  const means = (key: string) =>
    foldedWords(t, key).some((word) => word === said || (short && said.startsWith(`${word} `)));
  for (const [value, key] of [
    ['unknown', 'engine.unknownWords'],
    [null, 'engine.skipWords'],
    [true, 'engine.yesWords'],
    [false, 'engine.noWords'],
  ] as const) {
    const option = shown.find((one) => one.value === value);
    if (option && means(key)) return option;
  }
  return undefined;
}

function byTime(text: string, shown: ShownOption[], t: Translator, now: DateTime): ShownOption | undefined {
  const timed = shown.filter(({ at }) => at);
  if (timed.length === 0) return undefined;
  const clock = /(?:^|\s)(\d{1,2})(?:[.:](\d{2}))?(?=$|[\s,])(?!\.)/.exec(
    text.replace(/\d{1,2}[./]\d{1,2}\.(\d{4})?/g, ' '),
  );
  const day = readDate(text, t, now, 'future');
  const weekday = t.languages
    .map((language) => weekdayIn(fold(text), language, t))
    .find((found) => found !== undefined);
  if (!clock && !day && weekday === undefined) return undefined;
  const fit = timed.filter(({ at }) => {
    const time = DateTime.fromISO(at!, { zone: now.zone });
    if (day && time.toISODate() !== day) return false;
    if (weekday !== undefined && time.weekday !== weekday) return false;
    return !clock || (time.hour === Number(clock[1]) && time.minute === Number(clock[2] ?? 0));
  });
  return fit.length === 1 ? fit[0] : undefined;
}

function weekdayIn(said: string, language: string, t: Translator): number | undefined {
  const tokens = said.split(' ');
  const names = foldedWords(t, 'dates.weekdayWords', language);
  const found = names.findIndex((forms) => forms.split(' ').some((form) => tokens.includes(form)));
  return found >= 0 ? found + 1 : undefined;
}

/** Numbers are meant as they are written: 10.00 is not nearly 10.30, nor is half a phone number the whole. */
function hasOtherNumbers(said: string, label: string): boolean {
  const numbers = (text: string): string[] => text.match(/\d+/g) ?? [];
  const inLabel = numbers(label);
  return numbers(said).some((number) => !inLabel.includes(number));
}

function byPart(said: string, shown: ShownOption[], labels: string[]): ShownOption | undefined {
  if (said.length < 3) return undefined;
  const starts = shown.filter((_, i) => {
    const label = labels[i]!;
    if (hasOtherNumbers(said, label)) return false;
    const cutsNumber = /^\d\d$/.test(label.slice(said.length - 1, said.length + 1));
    return (label.startsWith(said) && !cutsNumber) || (label.length > 3 && ` ${said} `.includes(` ${label} `));
  });
  if (starts.length > 0) return starts.length === 1 ? starts[0] : undefined;
  const holds = shown.filter((_, i) => ` ${labels[i]} `.includes(` ${said} `));
  return holds.length === 1 ? holds[0] : undefined;
}

function byLikeness(said: string, shown: ShownOption[], labels: string[]): ShownOption | undefined {
  if (said.length < 4) return undefined;
  const errors = said.length >= 8 ? 2 : 1;
  const near = shown.filter((_, i) => {
    const label = labels[i]!;
    if (hasOtherNumbers(said, label) || hasOtherNumbers(label, said)) return false;
    return Math.abs(label.length - said.length) <= errors && distance(label, said) <= errors;
  });
  return near.length === 1 ? near[0] : undefined;
}
