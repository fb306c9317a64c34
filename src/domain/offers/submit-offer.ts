import { PolkuError } from '../../errors.ts';
import { changeDocument } from '../change-document.ts';
import type { ClientAct } from '../clients/client.ts';
import type { DocumentRef } from '../documents.ts';
import { offerHappened } from '../figures/happened.ts';
import { madeId, referenceOf } from '../made-id.ts';
import { addWorkingDays } from '../municipalities/opening.ts';
import { notice, telling } from '../notices.ts';
import type { Offer, OfferContact, OfferedPlace, OfferPlace } from './offer.ts';

/** What an employer sends: the place, whom to get in touch with, and the version of the text that was agreed to. */
export interface OfferRequest {
  place: OfferedPlace;
  contact: OfferContact;
  consentVersion: string;
}

/** Open offers of one chat; more are told on the phone. */
const mostOpen = 10;

/** Where an offer is kept. */
export function offerRef({ partition, id }: OfferPlace): DocumentRef {
  return { collection: 'clients', partition, id };
}

/**
 * Keeps a place that an employer tells of, tells the job finder, and confirms it by mail if an address was given. The chat
 * becomes no client by it. One intent is one offer. Throws `notFound` when the pack takes no offers, `tooMany`.
 */
export async function submitOffer(act: ClientAct, request: OfferRequest): Promise<Offer> {
  const { documents, client, intent } = act;
  const id = madeId('offer', client, intent);
  const earlier = await documents.list<Offer>('clients', client, 'offer');
  const open = earlier.filter(({ document }) => document.id !== id && document.closed === undefined);
  if (open.length >= mostOpen) throw new PolkuError('tooMany', 'one chat has too many open offers');
  const wanted = newOffer(act, id, request);
  const kept = await changeDocument<Offer>(documents, offerRef({ partition: client, id }), (current) => {
    return current ? undefined : wanted;
  });
  return kept!;
}

function newOffer(act: ClientAct, id: string, { place, contact, consentVersion: version }: OfferRequest): Offer {
  const { client, conversation, municipality, language, now } = act;
  const rules = municipality.employers;
  if (!rules) throw new PolkuError('notFound', 'the pack takes no offers of employers');
  const at = now.toUTC().toISO()!;
  const openUntil = now.plus({ days: rules.openDays });
  const offer: Offer = {
    id,
    partition: client,
    type: 'offer',
    schema: 1,
    // Also when nothing closes it: no contact is kept for longer.
    expiresAt: openUntil.plus({ days: rules.keptDays }).toMillis(),
    reference: referenceOf(id),
    place,
    contact,
    consent: { version, language, at },
    language,
    ...(conversation !== undefined && { conversation }),
    coach: rules.jobFinder,
    answerBy: addWorkingDays(municipality, now.setZone(municipality.zone).toISODate()!, rules.answerDays),
    openUntil: openUntil.toUTC().toISO()!,
    suggestions: [],
    submittedAt: at,
    handling: {},
  };
  const moment = now.toMillis();
  return telling(
    offer,
    notice('coach', `${id}-news`, moment, { news: 'offer', by: 'employer' }),
    ...offerHappened(offer, { municipality, now: moment }),
    notice('timer', `${id}-open-until`, openUntil.toMillis(), { timer: 'offer' }),
    ...(contact.email === undefined
      ? []
      : [notice('mail', `${id}-sent`, moment, { mail: 'employer', what: 'sent', at })]),
  );
}
