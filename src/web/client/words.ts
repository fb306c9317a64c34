import type fi from '../../../locales/fi.json';
import { backoff } from './retry.ts';

/** The client's own words in one language: labels and what it says about the line. */
export type Words = (typeof fi)['web']['chat'] & (typeof fi)['web']['inbox'];

/** What the client begins with in one language; `known` are the addresses that may be links. */
export interface Start {
  language: string;
  direction: 'ltr' | 'rtl';
  /** Of the service. */
  name: string;
  /** Empty when it is not known. */
  phone: string;
  known: string[];
  /** Buttons of the way rather than of the matter, such as "Back": shown with less weight. */
  quiet: string[];
  words: Words;
}

/** Names of the files that a bundle of this release may ask for; put in by the build. */
declare const FILES: { start: Record<string, Record<string, string>>; card: string };

/** Where the files of this release are. */
export const filesAt = new URL('.', import.meta.url);
/** Address of the city's chat server. */
export const base = new URL('..', filesAt).href;

/** Puts values into the places of a text. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** The files of the city that a page names, or of the first; of a city that is not served here only the words are true. */
function starts(municipality: string | undefined): Record<string, string> {
  return FILES.start[municipality ?? ''] ?? Object.values(FILES.start)[0]!;
}

/** The first of the languages that the client has words in. */
export function pickLanguage(municipality: string | undefined, wanted: (string | undefined | null)[]): string {
  const there = starts(municipality);
  const found = wanted.map((tag) => tag?.toLowerCase().split('-')[0]).find((language) => language && there[language]);
  return found ?? Object.keys(there)[0]!;
}

/** Loads the words of one language; asks again until the server can be reached. */
export async function startIn(municipality: string | undefined, language: string): Promise<Start> {
  const address = new URL(starts(municipality)[language]!, filesAt);
  for (let failures = 0; ; failures += 1) {
    try {
      const response = await fetch(address, { credentials: 'omit' });
      if (response.ok) return ownOf(municipality, (await response.json()) as Start);
    } catch {
      // Offline: asked again below.
    }
    await new Promise((resolve) => setTimeout(resolve, backoff(failures, Math.random())));
  }
}

/** A page that names a city which is not served here must not show the name and the number of another. */
function ownOf(municipality: string | undefined, start: Start): Start {
  if (!municipality || FILES.start[municipality]) return start;
  return { ...start, name: start.words.log, phone: '', known: [] };
}

/** Loads what shows cards; asks again, under another name since browsers remember failures, until it is there. */
export async function loadCards(): Promise<void> {
  for (let failures = 0; !customElements.get('polku-card'); failures += 1) {
    try {
      await import(new URL(`${FILES.card}${failures ? `?${failures}` : ''}`, filesAt).href);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, backoff(failures, Math.random())));
    }
  }
}
