import type { Municipality } from '../domain/municipalities/pack.ts';
import type { Text } from '../domain/text.ts';
import type { Translator } from '../i18n/translator.ts';

/** Who reads the monitoring page, and in which language. */
export interface MonitoringReader {
  municipality: Municipality;
  language: string;
  languages: string[];
  /** Says a text of the section `monitoring`. */
  say(key: string, values?: Record<string, Text | number>): string;
  tell(text: Text): string;
  has(key: string): boolean;
  /** A number as it is written in the language, with one decimal at most, or two. */
  number(value: number, decimals?: 1 | 2): string;
}

/** Makes the reader of a page; a language that we have no texts for reads that of the city. */
export function monitoringReader(wanted: string, t: Translator, municipality: Municipality): MonitoringReader {
  const languages = municipality.languages.filter((code) => t.languages.includes(code));
  const language = languages.includes(wanted) ? wanted : languages[0]!;
  // Slow to make, and a page has hundreds of numbers.
  const formats = [1, 2].map((maximumFractionDigits) => new Intl.NumberFormat(language, { maximumFractionDigits }));
  const tell = (text: Text) => t.say(text, language);
  return {
    municipality,
    language,
    languages,
    tell,
    say: (key, values) => tell({ key: `monitoring.${key}`, ...(values && { with: values }) }),
    has: (key) => t.has(key),
    number: (value, decimals = 1) => formats[decimals - 1]!.format(value),
  };
}
