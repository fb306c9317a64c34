import type { DateTime } from 'luxon';
import { PolkuError } from '../../errors.ts';
import { changeDocument } from '../change-document.ts';
import type { ClientAct } from '../clients/client.ts';
import { reachOf } from '../clients/reach.ts';
import type { Documents } from '../documents.ts';
import type { Municipality } from '../municipalities/pack.ts';
import { answeredOutcome, askedAfterRest, type Following, type NewStep, stepped, ticked } from './follow.ts';
import type { Outcome, Referral } from './referral.ts';
import { referralRef } from './submit.ts';

/** What it takes to move a referral of a client. */
export interface ReferralAct {
  documents: Documents;
  municipality: Municipality;
  client: string;
  now: DateTime;
}

async function follow(act: ReferralAct): Promise<Following> {
  const { documents, municipality, client, now } = act;
  return { municipality, reach: await reachOf(documents, client), now: now.toMillis() };
}

/**
 * Moves a referral as a coach or the partner tells, if it is still as they saw it: `seen` is the length of the history
 * that was shown. Resolves with the referral as it is now and whether this moved it. Throws `notFound` when it is gone.
 */
export async function moveReferral(
  act: ReferralAct,
  id: string,
  step: NewStep,
  seen: number,
): Promise<{ referral: Referral; moved: boolean }> {
  const following = await follow(act);
  let isMoved = false;
  const referral = await changeDocument<Referral>(act.documents, referralRef(act.client, id), (current) => {
    isMoved = false;
    if (current?.type !== 'referral' || current.history.length !== seen) return undefined;
    const next = stepped(current, step, following);
    isMoved = next !== undefined;
    return next;
  });
  if (referral?.type !== 'referral') throw new PolkuError('notFound', 'there is no such referral');
  return { referral, moved: isMoved };
}

/** Does what time has brought to a referral. What is not due, or was done already, changes nothing. */
export async function tickReferral(act: ReferralAct, id: string): Promise<void> {
  const following = await follow(act);
  await changeDocument<Referral>(act.documents, referralRef(act.client, id), (current) =>
    current?.type === 'referral' ? ticked(current, following) : undefined,
  );
}

/** The client goes on after a rest: what fell due meanwhile is asked now. Again changes nothing. */
export async function askAfterRest(act: ReferralAct): Promise<void> {
  const following = await follow(act);
  for (const { document } of await act.documents.list<Referral>('clients', act.client, 'referral')) {
    await changeDocument<Referral>(act.documents, referralRef(act.client, document.id), (current) =>
      current?.type === 'referral' ? askedAfterRest(current, following) : undefined,
    );
  }
}

/**
 * Keeps what the client says of whether they got there. The first answer but "not now" stands; again is no error.
 * Throws `notFound`.
 */
export async function tellOutcome(act: ClientAct, id: string, answer: Outcome): Promise<Referral> {
  const following = await follow(act);
  const told = await changeDocument<Referral>(act.documents, referralRef(act.client, id), (current) => {
    if (current?.type !== 'referral') throw new PolkuError('notFound', 'the client has no such referral');
    const before = current.outcome?.answer;
    if (before === answer || (before !== undefined && before !== 'notNow')) return undefined;
    return answeredOutcome(current, answer, following);
  });
  return told!;
}
