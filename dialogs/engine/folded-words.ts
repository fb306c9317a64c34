import type { Translator } from '../../src/i18n/translator.ts';
import { fold } from './fold.ts';
import { onceFor } from './once-for.ts';

const listsOf = onceFor((_: Translator) => new Map<string, readonly string[]>());

/** The words of a key in one of our languages, or in all of them, folded: worked out once, since most turns look for some. */
export function foldedWords(t: Translator, key: string, language?: string): readonly string[] {
  const lists = listsOf(t);
  const name = language === undefined ? key : `${language} ${key}`;
  const found = lists.get(name);
  if (found) return found;
  const languages = language === undefined ? t.languages : [language];
  const words = languages.flatMap((one) => t.words(key, one).map(fold));
  lists.set(name, words);
  return words;
}

/** The label of an option that was shown, folded once: a turn compares several things with it. */
export const foldedLabel = onceFor(({ label }: { label: string }) => fold(label));
