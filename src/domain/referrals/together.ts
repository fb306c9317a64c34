import type { ClientAct } from '../clients/client.ts';
import { withPlacesTold } from '../directory/places.ts';
import { madeId } from '../made-id.ts';
import type { Service } from '../municipalities/pack.ts';
import type { Referral, ReferralRequest } from './referral.ts';
import { isWithPartner } from './states.ts';
import { submitReferral } from './submit.ts';

/** Why a service is not opened with the others: no place is left, or the client has been referred there already. */
export type LeftOut = 'full' | 'already';

/** What came of asking for several services at once. */
export interface TogetherDone {
  sent: Referral[];
  left: { service: string; why: LeftOut }[];
}

/** Why the client cannot be referred to a service with others now; undefined when nothing stands in the way. */
export function whyLeftOut({ id, placesLeft }: Service, referrals: Referral[]): LeftOut | undefined {
  if (openReferral(id, referrals)) return 'already';
  return placesLeft === 0 ? 'full' : undefined;
}

/** The referral to a service that is with the partner now, or waits for the city to order it. */
export function openReferral(service: string, referrals: Referral[]): Referral | undefined {
  const goesOn = ({ state }: Referral) => state === 'awaits-order' || isWithPartner(state);
  return referrals.find((one) => one.service === service && goesOn(one));
}

/**
 * Refers a client to several services from one consent: a referral each, which go their own ways and know only the name of
 * what they belong to. One intent is one referral a service, so that a crash in the middle is finished by the same again.
 * Throws `notFound` when a service is not in the directory, or takes no referrals.
 */
export async function submitTogether(act: ClientAct, requests: ReferralRequest[]): Promise<TogetherDone> {
  const { documents, client, intent } = act;
  const group = madeId('together', client, intent);
  const { services } = await withPlacesTold(documents, act.municipality);
  const before = (await documents.list<Referral>('clients', client, 'referral')).map(({ document }) => document);
  const done: TogetherDone = { sent: [], left: [] };
  for (const request of requests) {
    const service = services.find(({ id }) => id === request.service);
    // What this intent has sent before a crash is no reason to leave it out.
    const others = before.filter(({ together }) => together !== group);
    const isSent = before.some((one) => one.together === group && one.service === request.service);
    const why = isSent || !service ? undefined : whyLeftOut(service, others);
    if (why) done.left.push({ service: request.service, why });
    else done.sent.push(await submitReferral({ ...act, intent: `${intent}-${request.service}` }, request, group));
  }
  return done;
}
