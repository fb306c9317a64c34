import { PolkuError } from '../../errors.ts';
import { changeDocument } from '../change-document.ts';
import type { CoachAct } from '../coaches/block-time.ts';
import { type Suggestion, suggest, suggestionRef } from '../coaches/suggestion.ts';
import type { Reading } from '../documents.ts';
import { madeId } from '../made-id.ts';
import type { Offer, OfferedPlace, OfferPlace } from './offer.ts';
import { offerRef } from './submit-offer.ts';

/** A client to whom a place is suggested, with words of the coach's own. */
export interface PlaceSuggestion {
  client: string;
  words?: string;
}

/**
 * Suggests an employer's place to a client in their chat, and by mail if they gave an address for that. One coach suggests
 * one place to one client once. Nothing of the client is kept with the offer but that somebody was told. Throws `notFound`
 * when the offer is closed or gone, or the client is gone, `notReached` when the client can be told nowhere.
 */
export async function suggestPlace(
  act: Omit<CoachAct, 'intent'>,
  at: OfferPlace,
  to: PlaceSuggestion,
): Promise<Suggestion> {
  const { documents, municipality, coach } = act;
  const offer = (await documents.get<Offer>(offerRef(at)))?.document;
  if (offer?.type !== 'offer' || offer.closed) throw new PolkuError('notFound', 'the place is not open any more');
  const { kind, field, company } = offer.place;
  const name = municipality.coaches.find((one) => one.id === coach)?.name ?? coach;
  const id = placeSuggestionId(to.client, coach, at);
  const suggestion = await suggest({ ...act, intent: at.id }, to.client, to.words, {
    id,
    about: { place: { from: at.partition, offer: at.id, kind, field, reference: offer.reference }, needs: [] },
    what: { key: 'suggested.place.what', with: { coach: name, kind: kindText(kind), company } },
    subject: { key: 'suggested.place.subject', with: { kind: kindText(kind) } },
  });
  // The client's own document comes first: a crash between the two is mended by doing it again.
  await changeDocument<Offer>(documents, offerRef(at), (current) => {
    if (current?.type !== 'offer' || current.suggestions.includes(id)) return undefined;
    return { ...current, suggestions: [...current.suggestions, id] };
  });
  return suggestion;
}

/** One coach, one client, one place: one suggestion. */
export function placeSuggestionId(client: string, coach: string, { id }: Pick<OfferPlace, 'id'>): string {
  return madeId('suggestion', client, coach, id);
}

/** Whether this coach has suggested the place to this client. */
export async function wasSuggested(
  documents: Reading,
  client: string,
  coach: string,
  at: Pick<OfferPlace, 'id'>,
): Promise<boolean> {
  return (await documents.get(suggestionRef(client, placeSuggestionId(client, coach, at)))) !== undefined;
}

function kindText(kind: OfferedPlace['kind']) {
  return { key: `offer.kinds.${kind}` };
}
