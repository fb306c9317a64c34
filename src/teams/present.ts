import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Activity } from '../bot/activity.ts';
import type { Documents } from '../domain/documents.ts';
import type { Municipality } from '../domain/municipalities/pack.ts';
import type { Translator } from '../i18n/translator.ts';
import { readerFor } from './cards/reader.ts';
import { erasedCard, type RenderedCard, renderCard } from './cards/render.ts';
import { type Case, coachesOf } from './cases.ts';
import { storedCardIn } from './stored-card.ts';

/** What cards are made with. */
export interface CardParts {
  documents: Documents;
  municipality: Municipality;
  t: Translator;
  /** Epoch milliseconds. */
  now: () => number;
}

/**
 * Makes what turns a coach's stored messages into what the coach sees: each card is made from its source as it is now, so
 * that personal data is in the source alone. A message is unchanged for whoever is not on the roster.
 */
export function createPresent({ documents, municipality, t, now }: CardParts) {
  return async function present(activities: Activity[], { coach: id }: { coach?: string }): Promise<Activity[]> {
    const coach = municipality.coaches.find((one) => one.id === id);
    if (!coach) return activities;
    const reader = readerFor(coach, t, municipality, now());
    const concerns = (found: Case) => coachesOf(found, municipality).includes(coach.id);
    const made = new Map<string, RenderedCard>();
    const presented: Activity[] = [];
    for (const activity of activities) {
      const stored = storedCardIn(activity);
      if (!stored) {
        presented.push(activity);
        continue;
      }
      const key = `${stored.card.id} ${stored.erased !== undefined}`;
      const { card, open } =
        made.get(key) ??
        (stored.erased
          ? erasedCard(stored.erased.reference, reader)
          : await renderCard(documents, stored.about, reader, concerns));
      made.set(key, { card, open });
      // A long log is worked on in parts, so that others' turns go on meanwhile.
      if (made.size % 20 === 0) await nextTurn();
      presented.push({
        ...activity,
        attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
        channelData: { ...activity.channelData, card: { id: stored.card.id, open } },
      });
    }
    return presented;
  };
}
