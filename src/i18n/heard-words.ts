import type { Translator } from './translator.ts';

/** Makes two ways of writing a word equal: case, accents and punctuation do not matter, but "?" alone is a word. */
export function foldWord(word: string): string {
  const plain = word
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return plain || word.trim();
}

/** Finds which list of words of the locales, of any language, a whole message is in; the lists are given by their keys. */
export function heardWords<Name extends string>(t: Translator, keys: Record<Name, string>) {
  const byWord = new Map<string, Name>();
  for (const name in keys) {
    for (const language of t.languages) {
      for (const word of t.words(keys[name], language)) byWord.set(foldWord(word), name);
    }
  }
  return (text: string): Name | undefined => (text.length <= 60 ? byWord.get(foldWord(text)) : undefined);
}
