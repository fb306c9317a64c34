import i18next, { type Resource } from 'i18next';
import { DateTime } from 'luxon';
import type { Text } from '../domain/text.ts';
import { readLocales } from './locales.ts';

/** Says texts in the languages of a folder of locale files. */
export interface Translator {
  /** ISO 639-1 codes, one for each file of the folder. */
  languages: string[];
  /** Renders a text; a key that is nowhere throws, since a test walks them all. */
  say(text: Text, language: string): string;
  /** A list of words of the locale, such as those of a command; empty when there is none. */
  words(key: string, language: string): string[];
  has(key: string): boolean;
}

/** Says what the locales of a folder hold. Moments are told in the zone. */
export function createTranslator(folder: string, zone: string): Translator {
  const locales = readLocales(folder);
  const resources = Object.fromEntries([...locales].map(([language, translation]) => [language, { translation }]));
  const languages = [...locales.keys()];
  const i18n = i18next.createInstance();
  // init is synchronous when resources are given and `initAsync` is off; the promise tells nothing more.
  void i18n.init({
    resources: resources as Resource,
    lng: 'fi',
    fallbackLng: false,
    initAsync: false,
    returnObjects: true,
    interpolation: { escapeValue: false },
  });
  const fixed = Object.fromEntries(languages.map((language) => [language, i18n.getFixedT(language)]));
  const lists = Object.fromEntries(languages.map((language) => [language, new Intl.ListFormat(language)]));
  const templates = byLanguage<Template | undefined>();
  const wordLists = byLanguage<string[]>();
  const existing = new Map<string, boolean>();

  const inLocale = (key: string, language: string): unknown => i18n.getResource(language, 'translation', key);

  function lookUp(key: string, language: string, values?: Record<string, unknown>): string {
    const template = known(templates(language), key, () => compile(inLocale(key, language)));
    if (template) return fill(template, values);
    const found: unknown = fixed[language]!(key, values ?? {});
    if (typeof found !== 'string' || found === key) throw new Error(`locales/${language}.json has no text ${key}`);
    return found;
  }

  function words(key: string, language: string): string[] {
    return known(wordLists(language), key, () => {
      const found = inLocale(key, language);
      // What is said to be a word is one; i18next would look for a text in each, and takes 7 ms for the words of all flows.
      return Array.isArray(found) ? found.map(String) : [];
    });
  }

  function moment(iso: string, as: 'day' | 'time' | 'moment' | 'date', language: string): string {
    const at = DateTime.fromISO(iso, { zone });
    return lookUp(`dates.${as}`, language, {
      weekday: words('dates.weekdays', language)[at.weekday - 1],
      monthName: words('dates.months', language)[at.month - 1],
      day: at.day,
      month: at.month,
      year: at.year,
      hour: language === 'en' ? at.toFormat('HH') : at.hour,
      minute: at.toFormat('mm'),
    });
  }

  function say(text: Text, language: string): string {
    if (typeof text === 'string') return text;
    if ('key' in text && typeof text.key === 'string') {
      const given = (text as { with?: Record<string, Text | number> }).with;
      if (!given) return lookUp(text.key, language);
      const values: Record<string, unknown> = {};
      for (const name in given) {
        const value = given[name]!;
        values[name] = typeof value === 'number' ? value : say(value, language);
      }
      return lookUp(text.key, language, values);
    }
    if ('at' in text) {
      const { at, as } = text as { at: string; as: 'day' | 'time' | 'moment' | 'date' };
      return moment(at, as, language);
    }
    if ('list' in text) return lists[language]!.format((text.list as Text[]).map((one) => say(one, language)));
    if ('lines' in text) return (text.lines as Text[]).map((one) => say(one, language)).join('\n');
    const localized = text as Record<string, string>;
    return localized[language] ?? localized.en!;
  }

  return {
    languages,
    say,
    words,
    has: (key) => known(existing, key, () => inLocale(key, languages[0] ?? 'fi') !== undefined),
  };
}

/** A text in pieces: every second one is the name of a value. */
type Template = string[];

/**
 * Takes a plain text of a locale apart once, because i18next does it at every call. Undefined for what only i18next can
 * say: nothing of that key, nested texts, formats and plurals.
 */
function compile(text: unknown): Template | undefined {
  if (typeof text !== 'string' || text.includes('$t(')) return undefined;
  const template = text.split(/\{\{\s*(\w+)\s*\}\}/);
  return template.some((piece, i) => i % 2 === 0 && piece.includes('{{')) ? undefined : template;
}

function fill(template: Template, values: Record<string, unknown> = {}): string {
  let text = template[0]!;
  for (let i = 1; i < template.length; i += 2) text += String(values[template[i]!] ?? '') + template[i + 1];
  return text;
}

/** A map for each language that is asked for; languages come from the folder, so that there is an end to them. */
function byLanguage<T>(): (language: string) => Map<string, T> {
  const maps = new Map<string, Map<string, T>>();
  return (language) => known(maps, language, () => new Map<string, T>());
}

/** Remembers what was made for a key. Keys come from the code and the locales, so that there is an end to them. */
function known<T>(kept: Map<string, T>, key: string, make: () => T): T {
  const found = kept.get(key);
  if (found !== undefined || kept.has(key)) return found as T;
  const made = make();
  kept.set(key, made);
  return made;
}
