import { madeId, referenceOf } from '../made-id.ts';
import { notice, telling, withOutbox } from '../notices.ts';
import { type Following, stepped } from './follow.ts';
import type { Referral } from './referral.ts';

/**
 * The referral after a coach has approved the city's order: it has a reference of its own, the partner is told, and the
 * client hears what happens now. Undefined when no order waits.
 */
export function approvedOrder(referral: Referral, coach: string, following: Following): Referral | undefined {
  if (referral.state !== 'awaits-order') return undefined;
  const { id } = referral;
  const at = new Date(following.now).toISOString();
  const order = { reference: referenceOf(madeId('order', id), 'T'), by: coach, at };
  const next = quietly(stepped({ ...referral, order }, { state: 'sent', by: 'coach' }, following), referral);
  return next && telling(next, notice('mail', `${id}-sent`, following.now, { mail: 'referral' }));
}

/** The referral after a coach has refused the order with words to the client; the partner never hears of it. */
export function refusedOrder(
  referral: Referral,
  { words, wordsIn }: { words: string; wordsIn: string },
  following: Following,
): Referral | undefined {
  if (referral.state !== 'awaits-order') return undefined;
  const step = { state: 'declined', by: 'coach', reason: 'other', words, wordsIn } as const;
  return quietly(stepped(referral, step, following), referral);
}

/** Without news for the coaches: who decides knows, and the others hear of it as of any act on a card. */
function quietly(next: Referral | undefined, before: Referral): Referral | undefined {
  const told = (before.outbox ?? []).map(({ id }) => id);
  return (
    next &&
    withOutbox(
      next,
      (next.outbox ?? []).filter(({ kind, id }) => kind !== 'coach' || told.includes(id)),
    )
  );
}
