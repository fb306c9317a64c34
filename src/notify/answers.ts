import { intakeAnswers, tongues } from '../domain/clients/intake.ts';
import type { Municipality } from '../domain/municipalities/pack.ts';
import type { Translator } from '../i18n/translator.ts';

/** An answer as a coach or partner reads it in their own language. */
export interface ToldAnswer {
  label: string;
  text: string;
  /** Written by the person, in the language of their chat, rather than chosen. */
  own: boolean;
}

/** Who reads, and what codes are read with. */
export interface Reader {
  t: Translator;
  language: string;
  municipality: Municipality;
}

const questions = [...Object.keys(intakeAnswers.shape), 'language', 'wish', 'work'];
const tongueQuestions = new Set(['motherTongue', 'languages', 'language', 'interpreterLanguage']);
/** Questions whose answers are words that have a language; a name or a number has none. */
const writtenQuestions = new Set(['lastWork', 'wantedWork', 'wish', 'work', 'about']);

/** Slow to make, so made once a language. */
const displayNames = new Map<string, Intl.DisplayNames>();

/** The name of a language (ISO 639-1) in the reader's language. */
export function languageName(code: string, { t, language }: Pick<Reader, 't' | 'language'>): string {
  if (!(tongues as readonly string[]).includes(code)) return code;
  if (code === 'other') return t.say({ key: 'answers.otherLanguage' }, language);
  const names = displayNames.get(language) ?? new Intl.DisplayNames(language, { type: 'language' });
  displayNames.set(language, names);
  return names.of(code) ?? code;
}

/** Says in which language a person wrote. */
export function writtenIn(code: string, reader: Pick<Reader, 't' | 'language'>): string {
  const key = `answers.writtenIn.${code}`;
  if (/^[a-z]{2,3}$/.test(code) && reader.t.has(key)) return reader.t.say({ key }, reader.language);
  return reader.t.say(
    { key: 'answers.writtenInOther', with: { language: languageName(code, reader) } },
    reader.language,
  );
}

/** Puts one answer of the intake, or one line of a referral, into the reader's language; codes we do not know stay. */
export function tellAnswer(question: string, value: unknown, reader: Reader): ToldAnswer {
  const { t, language } = reader;
  const label = questions.includes(question) ? t.say({ key: `answers.labels.${question}` }, language) : question;
  const parts = (Array.isArray(value) ? value : [value]).map((one) => tellOne(question, one, reader));
  const texts = parts.map(({ text }) => text);
  return {
    label,
    text: texts.length > 1 ? t.say({ list: texts }, language) : (texts[0] ?? ''),
    own: writtenQuestions.has(question) && parts.some(({ own }) => own),
  };
}

function tellOne(question: string, value: unknown, reader: Reader): { text: string; own: boolean } {
  const { t, language, municipality } = reader;
  const say = (key: string) => ({ text: t.say({ key }, language), own: false });
  if (value === null) return say('answers.notTold');
  if (value === 'unknown') return say('answers.unknown');
  if (typeof value === 'number') return { text: String(value), own: false };
  if (typeof value === 'boolean') {
    if (question === 'interpreter') return say(`answers.interpreter.${value}`);
    return say(value ? 'answers.yes' : 'answers.no');
  }
  // What is no answer at all cannot be told.
  if (typeof value !== 'string') return { text: '', own: false };
  const code = value;
  if (tongueQuestions.has(question)) return { text: languageName(code, reader), own: false };
  if (question === 'area') {
    const area = municipality.areas.find(({ id }) => id === code);
    return { text: area ? t.say(area.name, language) : code, own: false };
  }
  if (question === 'searchStart' && /^\d{4}-\d{2}-\d{2}$/.test(code)) {
    return { text: t.say({ at: code, as: 'date' }, language), own: false };
  }
  // A code is one of a closed list, so words of a person never name a key.
  if (/^[a-zA-Z0-9]{1,30}$/.test(code)) {
    for (const key of [`answers.${question}.${code}`, `directory.needs.${code}`]) {
      if (codeQuestions.has(question) && t.has(key)) return say(key);
    }
  }
  return { text: code, own: true };
}

const codeQuestions = new Set([
  'situation',
  'searchStart',
  'ageGroup',
  'education',
  'topic',
  'helps',
  'hinders',
  'benefits',
  'contactWay',
  'contactTime',
]);
