import type { IntakeAnswers } from '../clients/intake.ts';
import type { Text } from '../text.ts';
import { namesWork } from './field-words.ts';
import type { OfferedPlace, PlaceKind } from './offer.ts';

/** What a client wants help with, for whom a place of a kind may be right. */
const wantedBy: Record<PlaceKind, readonly IntakeAnswers['topic'][]> = {
  job: ['findWork', 'changeCareer'],
  trial: ['findWork', 'changeCareer'],
  training: ['training', 'changeCareer'],
  apprenticeship: ['training', 'changeCareer', 'findWork'],
};

/**
 * Why a place may suit a client, in words, the strongest reason first; none when nothing speaks for it, or when the
 * client has told their languages and none of them will do at that work. Only what the client told of the work they
 * want and the languages they speak is looked at: never health, benefits or hindrances.
 */
export function reasonsFor(place: OfferedPlace, answers: Partial<IntakeAnswers>): Text[] {
  const { wantedWork, lastWork, topic } = answers;
  const language = languageReason(place, answers);
  if (language === 'none') return [];
  const reasons: Text[] = [];
  if (isTold(wantedWork) && namesWork(wantedWork, place)) {
    reasons.push({ key: 'offer.reasons.wantedWork', with: { words: wantedWork } });
  }
  if (isTold(lastWork) && namesWork(lastWork, place)) {
    reasons.push({ key: 'offer.reasons.lastWork', with: { words: lastWork } });
  }
  const namesNone = reasons.length === 0;
  if (topic && topic !== 'unknown' && wantedBy[place.kind].includes(topic)) {
    reasons.push({ key: 'offer.reasons.topic', with: { topic: { key: `directory.needs.${topic}` } } });
    // What we did not recognise in their words a coach may: "anything", or a work of the same kind.
    if (namesNone && isTold(wantedWork)) reasons.push({ key: 'offer.reasons.wish', with: { words: wantedWork } });
  }
  return reasons.length > 0 && language ? [...reasons, language] : reasons;
}

function isTold(words: string | null | undefined): words is string {
  return words != null && words !== 'unknown';
}

/** The language that is needed and spoken; `none` when none of them is. */
function languageReason({ languages }: OfferedPlace, answers: Partial<IntakeAnswers>): Text | 'none' | undefined {
  const spoken = [...new Set([answers.motherTongue, ...(answers.languages ?? [])])].filter((one) => one != null);
  const shared = spoken.find((one) => one !== 'other' && (languages as readonly string[]).includes(one));
  if (shared) return { key: 'offer.reasons.language', with: { inLanguage: { key: `directory.inLanguage.${shared}` } } };
  const anyDoes = languages.includes('none') || languages.includes('other') || spoken.length === 0;
  return anyDoes ? undefined : 'none';
}
