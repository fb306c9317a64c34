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

const labels = new Map<string, string>();
const labelsAtMost = 2_000;

/** The label of an option that was shown, folded once: every turn compares several things with each, and most come again. */
export function foldedLabel({ label }: { label: string }): string {
  const known = labels.get(label);
  if (known !== undefined) return known;
  if (labels.size >= labelsAtMost) labels.clear();
  const folded = fold(label);
  labels.set(label, folded);
  return folded;
}
