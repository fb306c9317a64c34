import type { Activity } from '../bot/activity.ts';
import type { Documents } from '../domain/documents.ts';
import type { Municipality } from '../domain/municipalities/pack.ts';
import type { Translator } from '../i18n/translator.ts';
import { readerFor } from './cards/reader.ts';
import { erasedCard, renderCard } from './cards/render.ts';
import { coachesOf } from './cases.ts';
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
    return Promise.all(
      activities.map(async (activity) => {
        const stored = storedCardIn(activity);
        if (!stored) return activity;
        const { card, open } = stored.erased
          ? erasedCard(stored.erased.reference, reader)
          : await renderCard(documents, stored.about, reader, (found) =>
              coachesOf(found, municipality).includes(coach.id),
            );
        return {
          ...activity,
          attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
          channelData: { ...activity.channelData, card: { id: stored.card.id, open } },
        };
      }),
    );
  };
}
