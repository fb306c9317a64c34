import { readFileSync } from 'node:fs';

/** Languages that the privacy notice is written in. */
export const noticeLanguages = ['fi', 'sv', 'en'] as const;

/** A line of the notice's table: a kind of document (`clients/intake`) or a part of one (`intake.answers`). */
export interface RegisterLine {
  name: string;
  fields: string[];
  /** As it is written: a number of days, settings of a pack, or `–` for what has no limit. */
  days: string;
  /** What it is, for the person. */
  told: string;
}

/** The privacy notice of a language, as the city's data protection officer gets it. */
export function privacyNotice(language: string): string {
  return readFileSync(`deploy/privacy-notice.${language}.md`, 'utf8');
}

/** The table of a notice. */
export function registerIn(notice: string): RegisterLine[] {
  return notice.split('\n').flatMap((line) => {
    const [, name, told, fields, days] = line.match(/^\| `(\S+)` \| (.+) \| (.+) \| `(.+)` \|$/) ?? [];
    if (name === undefined) return [];
    return [{ name, fields: [...fields!.matchAll(/`(\w+)`/g)].map(([, field]) => field!), days: days!, told: told! }];
  });
}
