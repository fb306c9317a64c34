import { changeDocument } from '../../domain/change-document.ts';
import { reachOf } from '../../domain/clients/reach.ts';
import type { Coach, Municipality } from '../../domain/municipalities/pack.ts';
import { notice, telling } from '../../domain/notices.ts';
import { approvedOrder, refusedOrder } from '../../domain/referrals/order.ts';
import type { Referral } from '../../domain/referrals/referral.ts';
import { isRefusedOrder } from '../../domain/referrals/states.ts';
import type { Text } from '../../domain/text.ts';
import type { Pressing } from '../actions.ts';
import { coachName } from '../cards/reader.ts';
import { type Case, caseIn, coachesOf } from '../cases.ts';
import type { CardParts } from '../present.ts';
import type { OfferPress } from './offer.ts';
import { type Act, actsOf, markOf } from './offered.ts';
import { readWish } from './wish.ts';

/** Whether a press decides about an order of the city. */
export function isOrderAct(act: Act | 'show'): act is 'order' | 'refuseOrder' {
  return act === 'order' || act === 'refuseOrder';
}

/**
 * Approves or refuses the city's order of a service, by compare-and-set: the partner is told of an approved one, and the
 * client of either. What was decided before is told, and changes nothing.
 */
export async function pressOrder(parts: CardParts, coach: Coach, press: OfferPress): Promise<Pressing> {
  const { documents, municipality, now } = parts;
  const { act, about, mark, data } = press;
  const wish = readWish(act, data);
  const following = { municipality, reach: await reachOf(documents, about.partition), now: now() };
  const isTheirs = (one: Case) => coachesOf(one, municipality).includes(coach.id);
  let refusal: Text | undefined;
  const after = await changeDocument<Referral>(documents, about, (referral) => {
    const found = caseIn(referral, about);
    refusal = undefined;
    if (!referral || found?.kind !== 'referral' || !isTheirs(found)) return undefined;
    const isOffered = actsOf(found, coach.id, following.now, municipality).includes(act);
    if (!isOffered || (mark !== undefined && mark !== markOf(found))) return undefined;
    if ('missing' in wish) refusal = wish.missing;
    const next = decided();
    const coaches = coachesOf(found, municipality);
    const news = { news: 'handled', about, by: coach.id, except: coach.id, coaches } as const;
    return next && telling(next, notice('coach', `${referral.id}-${act}`, following.now, news));

    function decided(): Referral | undefined {
      if ('missing' in wish) return undefined;
      if (wish.act === 'order') return approvedOrder(referral!, coach.id, following);
      const words = wish.act === 'refuseOrder' ? wish.input.words : '';
      return refusedOrder(referral!, { words, wordsIn: coach.language }, following);
    }
  });
  const found = caseIn(after, about);
  if (found?.kind !== 'referral') return { say: { key: 'coach.act.gone' } };
  if (!isTheirs(found)) return { say: { key: 'coach.act.notYours' } };
  return { say: refusal ?? explained(found.of, municipality), about };
}

/** What was decided, the same words however often it is pressed. */
function explained(referral: Referral, municipality: Municipality): Text {
  const { order } = referral;
  if (order) {
    const at: Text = { at: order.at, as: 'moment' };
    return {
      key: 'order.act.approved',
      with: { coach: coachName(order.by, municipality), at, order: order.reference },
    };
  }
  return { key: isRefusedOrder(referral) ? 'order.act.refused' : 'coach.act.oldCard' };
}
