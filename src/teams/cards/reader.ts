import type { Coach, Municipality } from '../../domain/municipalities/pack.ts';
import type { Text } from '../../domain/text.ts';
import type { Translator } from '../../i18n/translator.ts';

/** The coach who reads a card, with what it takes to put it into their language. */
export interface CardReader {
  t: Translator;
  municipality: Municipality;
  coach: Coach;
  /** The coach's, when it is one of ours; else Finnish. */
  language: string;
  /** Epoch milliseconds. */
  now: number;
  say(text: Text): string;
}

/** Makes the reader of a coach's cards. */
export function readerFor(coach: Coach, t: Translator, municipality: Municipality, now: number): CardReader {
  const language = t.languages.includes(coach.language) ? coach.language : 'fi';
  return { t, municipality, coach, language, now, say: (text) => t.say(text, language) };
}

/** The name of a coach of the pack; of one who has left, the id. */
export function coachName(id: string, { coaches }: Municipality): string {
  return coaches.find((coach) => coach.id === id)?.name ?? id;
}
