import { DateTime } from 'luxon';
import type { Draft } from '../bot/activity.ts';
import type { Documents } from '../domain/documents.ts';
import type { Coach, Municipality } from '../domain/municipalities/pack.ts';
import type { CaseRef } from '../domain/notices.ts';
import type { Translator } from '../i18n/translator.ts';
import { countText, openCases } from '../teams/action-list.ts';
import { cardId } from '../teams/cases.ts';
import { cardDraft } from '../teams/stored-card.ts';

/** What a digest is made of. */
export interface DigestParts {
  documents: Documents;
  municipality: Municipality;
  t: Translator;
  /** Epoch milliseconds. */
  now: () => number;
}

/** The morning's list of a coach: the day's meetings, and how much waits. */
export async function digestFor({ documents, municipality, t, now }: DigestParts, coach: Coach): Promise<Draft[]> {
  const { id, name, language } = coach;
  const today = DateTime.fromMillis(now(), { zone: municipality.zone }).toISODate()!;
  const about: CaseRef = { collection: 'calendars', partition: id, id: today };
  const count = (await openCases(documents, municipality, id, now())).length;
  const text = t.say({ lines: [{ key: 'coach.digest', with: { coach: name } }, countText(count)] }, language);
  return [
    cardDraft({ card: { id: cardId(about), open: false }, about }, language),
    { type: 'message', text, textFormat: 'plain', locale: language },
  ];
}
