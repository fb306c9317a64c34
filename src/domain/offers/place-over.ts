import type { DateTime } from 'luxon';
import { changeDocument } from '../change-document.ts';
import { reachOf, toClient } from '../clients/reach.ts';
import { type Suggestion, suggestionRef } from '../coaches/suggestion.ts';
import type { Document, Documents, OutboxItem } from '../documents.ts';
import type { Municipality } from '../municipalities/pack.ts';
import { notice, type TimerNotice, telling } from '../notices.ts';
import type { Text } from '../text.ts';
import type { Offer, OfferOutcome, PlaceKind } from './offer.ts';
import { placeSuggestionId } from './suggest-place.ts';

/** A place that is not open any more, with what those who were told of it need to hear. */
type PlaceOver = Extract<TimerNotice, { timer: 'placeOver' }>;

/** Lets those hear of the end of a place to whom it was suggested; nothing when it was nobody. `at` is epoch milliseconds. */
export function placeOver(
  { id, suggestions, place }: Pick<Offer, 'id' | 'suggestions' | 'place'>,
  outcome: OfferOutcome,
  at: number,
): OutboxItem[] {
  if (suggestions.length === 0) return [];
  return [
    notice('timer', `${id}-over`, at, { timer: 'placeOver', offer: id, place: place.kind, outcome, suggestions }),
  ];
}

/**
 * A place is not open any more: who said yes to it hears so once, and nobody is asked about it any longer. The place knows
 * suggestions by their ids alone, so that clients are found among those of the coaches. Again is no error.
 */
export async function tellPlaceOver(
  act: { documents: Documents; municipality: Municipality; now: DateTime },
  what: PlaceOver,
): Promise<void> {
  const { documents, municipality } = act;
  const left = new Set(what.suggestions);
  for (const { id: coach, name } of municipality.coaches) {
    if (left.size === 0) return;
    const pointers = await documents.list<Document & { client: string }>('coaches', coach, 'client');
    for (const { document } of pointers) {
      const id = placeSuggestionId(document.client, coach, { id: what.offer });
      if (left.delete(id)) await endSuggestion(act, document.client, id, whatHappened(what, name));
    }
  }
}

async function endSuggestion(
  { documents, now }: { documents: Documents; now: DateTime },
  client: string,
  id: string,
  say: Text[],
): Promise<void> {
  const reach = await reachOf(documents, client);
  await changeDocument<Suggestion>(documents, suggestionRef(client, id), (current) => {
    if (current?.type !== 'suggestion' || current.over) return undefined;
    const mail = { subject: { key: 'suggested.place.over.subject' } };
    const told = current.accepted ? toClient(reach, `${id}-over`, now.toMillis(), { say, mail }) : [];
    const next = { ...current, over: { at: now.toUTC().toISO()!, told: told.length > 0 } };
    if (!current.accepted || told.length > 0) return telling(next, ...told);
    return telling(next, notice('coach', `${id}-over-undelivered`, now.toMillis(), { news: 'undelivered' }));
  });
}

function whatHappened({ place, outcome }: PlaceOver, coach: string): Text[] {
  const how = outcome === 'filledByClient' ? 'filledByClient' : 'closed';
  return [
    {
      lines: [
        { key: 'suggested.place.over.what', with: { kind: { key: `offer.kinds.${place satisfies PlaceKind}` } } },
        { key: `suggested.place.over.${how}` },
        { key: 'suggested.place.over.next', with: { coach } },
      ],
    },
  ];
}
