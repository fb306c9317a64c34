/** Every text of a pack, in all its languages. */
export function textsIn(value: unknown): { fi: string; sv: string; en: string }[] {
  if (value === null || typeof value !== 'object') return [];
  if ('fi' in value) return [value as { fi: string; sv: string; en: string }];
  return Object.values(value).flatMap(textsIn);
}

/** The words of each sentence of a text; "klo 9.30" and "1 a." end none. */
export function sentencesOf(text: string): string[][] {
  const sentences = text.split(/(?<=[\p{L}\d)]{2}[.?!])\s+/u);
  return sentences.map((sentence) => sentence.match(/[\p{L}\d][\p{L}\d–:-]*/gu) ?? []);
}

/** LIX, the Swedish measure of how hard a text is to read; plain language is under 35. */
export function lix(texts: string[]): number {
  const sentences = texts.flatMap(sentencesOf);
  const words = sentences.flat();
  const long = words.filter((word) => word.length > 6).length;
  return words.length / sentences.length + (100 * long) / words.length;
}
