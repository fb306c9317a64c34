/** One text in each language of the product; a pack may add languages. */
export type Localized = { fi: string; sv: string; en: string; [language: string]: string };

/**
 * Something to be said, kept without a language so that each reader reads it in their own:
 * words of a person (string), a locale key, a text of the pack, a moment (ISO 8601), a list in a sentence, or lines.
 */
export type Text =
  | string
  | { key: string; with?: Record<string, Text | number> }
  | Localized
  | { at: string; as: 'day' | 'time' | 'moment' | 'date' }
  | { list: Text[] }
  | { lines: Text[] };
