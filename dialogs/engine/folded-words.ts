import type { Translator } from '../../src/i18n/translator.ts';
import { fold } from './fold.ts';

const known = new WeakMap<Translator, Map<string, readonly string[]>>();

/** The words of a key in one of our languages, or in all of them, folded: worked out once, since most turns look for some. */
export function foldedWords(t: Translator, key: string, language?: string): readonly string[] {
  const lists = known.get(t) ?? new Map<string, readonly string[]>();
  known.set(t, lists);
  const name = language === undefined ? key : `${language} ${key}`;
  const found = lists.get(name);
  if (found) return found;
  const languages = language === undefined ? t.languages : [language];
  const words = languages.flatMap((one) => t.words(key, one).map(fold));
  lists.set(name, words);
  return words;
}
