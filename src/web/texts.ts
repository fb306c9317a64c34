import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type fi from '../../locales/fi.json';
import type { Municipality, Opening } from '../domain/municipalities/pack.ts';
import { weekdays } from '../domain/municipalities/pack.ts';
import { readLocales } from '../i18n/locales.ts';
import type { Contents } from './build.ts';
import type { Start } from './client/words.ts';

/** The web's own texts in one language, as its locale file holds them; `quiet` are words of the way, such as "Back". */
export type WebTexts = (typeof fi)['web'] & { quiet: string[] };

const rightToLeft = new Set(['ar', 'fa', 'he', 'ur', 'ps', 'ckb', 'dv', 'yi']);
const webAddress = /https?:\/\/[^\s"{}]+[^\s"{}.,;:)]/g;

/** Reads the web's texts by language from a folder of locale files. */
export function readWebTexts(folder: string): Record<string, WebTexts> {
  const read = (locale: unknown): WebTexts => {
    const { web, commands } = locale as typeof fi;
    const { back, help, cancel, menu, language } = commands;
    return { ...web, quiet: [back, help, cancel, menu, language].flatMap((words) => words.slice(0, 1)) };
  };
  return Object.fromEntries([...readLocales(folder)].map(([language, locale]) => [language, read(locale)]));
}

/** Addresses that the service itself tells in its texts, its pack and its directory: only they become links. */
export function knownAddresses(municipality: Municipality, folder: string): string[] {
  const { contact, services, benefitAdvice } = municipality;
  const advice = benefitAdvice ? [benefitAdvice.phone, benefitAdvice.kela.phone, benefitAdvice.kela.web] : [];
  const own = [contact.phone, contact.email, contact.web, contact.privacyNotice, ...advice];
  const listed = services.flatMap((service) => [service.contact.phone, service.contact.email, service.contact.web]);
  const told = readdirSync(folder).flatMap((file) => readFileSync(join(folder, file), 'utf8').match(webAddress) ?? []);
  const all = [...own, ...listed, ...told].filter((address) => address !== undefined);
  return [...new Set(all.map((address) => address.replace(/\/$/, '')))].sort();
}

/** Opening hours as a line each, such as "ma–pe klo 9.00–15.00". */
export function hoursIn(hours: Opening[], language: string, texts: WebTexts): string[] {
  const name = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  // 5 January 1970 was a Monday.
  const short = (day: (typeof weekdays)[number]) => name.format(new Date(Date.UTC(1970, 0, 5 + weekdays.indexOf(day))));
  const clock = (time: string) => (language === 'en' ? time : time.replace(/^0/, '').replace(':', '.'));
  return hours.map(({ days, from, to }) => {
    const first = weekdays.indexOf(days[0]!);
    const inRow = days.length > 2 && days.every((day, index) => day === weekdays[first + index]);
    const which = inRow ? `${short(days[0]!)}–${short(days.at(-1)!)}` : days.map(short).join(', ');
    return `${which} ${texts.page.at.replace('{{from}}', clock(from)).replace('{{to}}', clock(to))}`;
  });
}

/** What the client is built with for these cities: their words by language, and the addresses that may be links. */
export function contentsOf(
  municipalities: readonly Municipality[],
  texts: Record<string, WebTexts>,
  locales: string,
): Contents {
  const starts = municipalities.map((one) => [one.slug, startsOf(one, texts, knownAddresses(one, locales))]);
  const languages = new Set(municipalities.flatMap((one) => one.languages).filter((language) => texts[language]));
  const launcher = [...languages].map((language) => [language, texts[language]!.launcher]);
  return { starts: Object.fromEntries(starts), launcher: Object.fromEntries(launcher) };
}

function startsOf(municipality: Municipality, texts: Record<string, WebTexts>, known: string[]): Record<string, Start> {
  const starts: Record<string, Start> = {};
  for (const language of municipality.languages) {
    const own = texts[language];
    if (!own) continue;
    starts[language] = {
      language,
      direction: rightToLeft.has(language) ? 'rtl' : 'ltr',
      name: municipality.serviceName[language] ?? municipality.serviceName.fi,
      phone: municipality.contact.phone,
      known,
      quiet: own.quiet,
      words: { ...own.chat, ...own.inbox },
    };
  }
  return starts;
}
