import { PolkuError } from '../../errors.ts';
import { changeDocument } from '../change-document.ts';
import type { ClientAct } from '../clients/client.ts';
import { referralHappened } from '../figures/happened.ts';
import { notice, telling, withOutbox } from '../notices.ts';
import { tellPlan } from '../plans/tell-plan.ts';
import { type Referral, type ReferralState, referralStates } from './referral.ts';
import { moved, nextStates } from './states.ts';
import { referralRef } from './submit.ts';

/** States from which the client may still withdraw: something is going on, or nothing was sent yet. */
export const openStates: readonly ReferralState[] = referralStates.filter((state) =>
  nextStates(state, 'client').includes('withdrawn'),
);

/**
 * Ends the sharing of a referral. A mail that nobody has tried to deliver is taken back; after that the partner is told
 * to stop, and the coach knows. A draft ends without anybody being told. Again is no error. Throws `notFound`.
 */
export async function withdrawReferral(act: ClientAct, id: string): Promise<Referral> {
  const withdrawn = await changeDocument<Referral>(act.documents, referralRef(act.client, id), (current) => {
    if (current?.type !== 'referral') throw new PolkuError('notFound', 'the client has no such referral');
    if (current.state === 'withdrawn') return undefined;
    if (!openStates.includes(current.state)) throw new PolkuError('notFound', 'the referral has ended already');
    return ended(act, current);
  });
  return withdrawn!;
}

function ended({ municipality, now }: ClientAct, referral: Referral): Referral {
  const { id, state, service, reference, outbox = [] } = referral;
  const at = now.toUTC().toISO()!;
  const next = moved(referral, { state: 'withdrawn', at, by: 'client' })!;
  if (state === 'draft') return next;
  // A tried mail may have arrived although nobody knows: only an untried one is sure to be unknown to the partner.
  const isUntold = state === 'awaits-order' || outbox.some((item) => item.id === `${id}-sent` && item.attempts === 0);
  // Only coaches still hear what they have not heard: no reminder, no question, no news for the client.
  const silent = withOutbox(
    next,
    outbox.filter(({ kind }) => kind === 'coach' || kind === 'figure'),
  );
  const told = telling(
    silent,
    notice('coach', `${id}-withdrawn-news`, now.toMillis(), { news: 'referral', by: 'client' }),
    ...referralHappened(next, { municipality, now: now.toMillis() }),
    tellPlan(next.partition, `${id}-withdrawn`, now.toMillis()),
  );
  if (isUntold) return told;
  return telling(
    told,
    notice('mail', `${id}-withdrawn`, now.toMillis(), { mail: 'withdrawal', service, reference, at }),
  );
}
