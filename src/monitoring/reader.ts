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
  /** A number as it is written in the language, with one decimal at most unless told. */
  number(value: number, decimals?: number): string;
}

/** Makes the reader of a page; a language that we have no texts for reads that of the city. */
export function monitoringReader(wanted: string, t: Translator, municipality: Municipality): MonitoringReader {
  const languages = municipality.languages.filter((code) => t.languages.includes(code));
  const language = languages.includes(wanted) ? wanted : languages[0]!;
  const tell = (text: Text) => t.say(text, language);
  return {
    municipality,
    language,
    languages,
    tell,
    say: (key, values) => tell({ key: `monitoring.${key}`, ...(values && { with: values }) }),
    has: (key) => t.has(key),
    number: (value, decimals = 1) => value.toLocaleString(language, { maximumFractionDigits: decimals }),
  };
}
