import type { DateTime } from 'luxon';
import { PolkuError } from '../../errors.ts';
import { changeDocument } from '../change-document.ts';
import type { ClientAct } from '../clients/client.ts';
import type { Documents, OutboxItem } from '../documents.ts';
import { offerHappened } from '../figures/happened.ts';
import type { Municipality } from '../municipalities/pack.ts';
import { notice, telling, withOutbox } from '../notices.ts';
import type { Text } from '../text.ts';
import type { Offer, OfferOutcome, OfferPlace } from './offer.ts';
import { placeOver } from './place-over.ts';
import { offerRef } from './submit-offer.ts';

/** Days for which a closed offer is kept when the pack takes no offers any more. */
const keptDays = 14;
const day = 24 * 3_600_000;

/** Who ends an offer, how, and when (epoch milliseconds); `by` is a coach's id, `employer` or `system`. */
export interface Closing {
  outcome: OfferOutcome;
  by: string;
  now: number;
}

/**
 * The offer after it was closed: the employer hears of it by mail, or in the chat when they gave no address, and so does
 * every client who said yes to it; some days later all of it is deleted. The same offer when it was closed before.
 */
export function closed(offer: Offer, { outcome, by, now }: Closing, municipality: Municipality): Offer {
  if (offer.closed) return offer;
  const at = new Date(now).toISOString();
  const expiresAt = now + (municipality.employers?.keptDays ?? keptDays) * day;
  const silent = withOutbox(
    offer,
    (offer.outbox ?? []).filter(({ kind }) => kind !== 'timer'),
  );
  const next: Offer = { ...silent, closed: { outcome, by, at }, expiresAt };
  return telling(
    next,
    ...toEmployer(offer, outcome, by, now),
    ...placeOver(offer, outcome, now),
    ...offerHappened(next, { municipality, now }),
  );
}

function toEmployer(
  { id, contact, conversation, language, reference }: Offer,
  outcome: OfferOutcome,
  by: string,
  now: number,
): OutboxItem[] {
  const at = new Date(now).toISOString();
  if (contact.email !== undefined) {
    return [notice('mail', `${id}-closed`, now, { mail: 'employer', what: 'closed', at })];
  }
  // Who closed it themselves was told at once.
  if (by === 'employer' || conversation === undefined) return [];
  const say: Text[] = [
    { lines: [{ key: 'offer.closed.what', with: { reference } }, { key: `offer.closed.${outcome}` }] },
  ];
  return [notice('chat', `${id}-closed-chat`, now, { conversation, language, say })];
}

/** The employer takes an offer back, or tells that the place is filled; the job finder hears of it. Throws `notFound`. */
export async function takeBackOffer(act: ClientAct, id: string, outcome: OfferOutcome): Promise<Offer> {
  const { documents, municipality, client } = act;
  const now = act.now.toMillis();
  const kept = await changeDocument<Offer>(documents, offerRef({ partition: client, id }), (current) => {
    if (current?.type !== 'offer') throw new PolkuError('notFound', 'the chat has no such offer');
    if (current.closed) return undefined;
    const next = closed(current, { outcome, by: 'employer', now }, municipality);
    return telling(next, notice('coach', `${id}-taken-back`, now, { news: 'offer', by: 'employer' }));
  });
  return kept!;
}

/** Closes an offer whose time is over; the job finder and the employer hear of it. Too early or closed changes nothing. */
export async function expireOffer(
  { documents, municipality, now }: { documents: Documents; municipality: Municipality; now: DateTime },
  at: OfferPlace,
): Promise<void> {
  const moment = now.toMillis();
  await changeDocument<Offer>(documents, offerRef(at), (current) => {
    if (current?.type !== 'offer' || current.closed || Date.parse(current.openUntil) > moment) return undefined;
    const next = closed(current, { outcome: 'expired', by: 'system', now: moment }, municipality);
    return telling(next, notice('coach', `${at.id}-expired`, moment, { news: 'offer', by: 'system' }));
  });
}
