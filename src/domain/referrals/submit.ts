import { PolkuError } from '../../errors.ts';
import { changeDocument } from '../change-document.ts';
import { type ClientAct, changeClient } from '../clients/client.ts';
import type { Client, Intake } from '../clients/path.ts';
import type { DocumentRef } from '../documents.ts';
import { referralHappened } from '../figures/happened.ts';
import { madeId, referenceOf } from '../made-id.ts';
import { notice, telling } from '../notices.ts';
import { withTimer } from './follow.ts';
import type { Referral, ReferralRequest } from './referral.ts';

/** Where a referral of a client is. */
export function referralRef(client: string, id: string): DocumentRef {
  return { collection: 'clients', partition: client, id };
}

/**
 * Sends a referral to the partner with exactly the ticked lines that the service may be told, or keeps it as a draft that
 * nobody is told of. It takes the place of earlier drafts for the same service. One intent is one referral; `together` names
 * those of one consent.
 * Throws `notFound` when the service is not in the directory, or takes no referrals.
 */
export async function submitReferral(act: ClientAct, request: ReferralRequest, together?: string): Promise<Referral> {
  const { documents, client, intent } = act;
  const id = await madeId('referral', client, intent);
  // The client's own document comes first: whoever reads the referral finds whose it is.
  await changeClient(act, () => ({}));
  const kept = await documents.list('clients', client);
  const found = kept.map(({ document }) => document);
  const alone = newReferral(act, id, request, responsible(found), newestIntake(found)?.answers);
  const wanted: Referral = together === undefined ? alone : { ...alone, together };
  const referral = await changeDocument<Referral>(documents, referralRef(client, id), (current) => {
    if (!current) return wanted;
    // The first answer was lost and the person has decided to send after all.
    const sends = current.state === 'draft' && wanted.state !== 'draft';
    return sends ? { ...wanted, history: [...current.history, ...wanted.history] } : undefined;
  });
  for (const { document } of kept) {
    if (document.id !== id && isDraft(document, request.service))
      await documents.delete(referralRef(client, document.id));
  }
  return referral!;
}

function isDraft(document: { type: string }, service: string): boolean {
  const { state, service: other } = document as Referral;
  return document.type === 'referral' && state === 'draft' && other === service;
}

/** The coach who took the client over, else the one that the newest intake was routed to. */
function responsible(documents: { type: string }[]): string | undefined {
  const client = documents.find(({ type }) => type === 'client') as Client | undefined;
  return client?.coach ?? newestIntake(documents)?.routing.coach;
}

function newestIntake(documents: { type: string }[]): Intake | undefined {
  const intakes = documents.filter(({ type }) => type === 'intake') as Intake[];
  return intakes.sort((a, b) => Date.parse(b.submittedAt) - Date.parse(a.submittedAt))[0];
}

function newReferral(
  act: ClientAct,
  id: string,
  request: ReferralRequest,
  coach: string | undefined,
  answers: Intake['answers'] | undefined,
): Referral {
  const { municipality, language, now } = act;
  const terms = municipality.services.find((one) => one.id === request.service)?.referral;
  if (!terms) throw new PolkuError('notFound', 'no such service takes referrals');
  const at = now.toUTC().toISO()!;
  const agreed = terms.ordered ? 'awaits-order' : 'sent';
  const state = request.consent ? agreed : 'draft';
  const referral: Referral = {
    id,
    partition: act.client,
    type: 'referral',
    schema: 1,
    expiresAt: now.plus({ days: municipality.retention.clientDays }).toMillis(),
    reference: referenceOf(id),
    service: request.service,
    state,
    lines: request.lines.filter(({ field }) => terms.fields.includes(field)),
    ...(request.consent && { consent: { version: request.consentVersion, language, at } }),
    language,
    ...(coach !== undefined && { coach }),
    history: [{ state, at, by: 'client' }],
    createdAt: at,
    handling: {},
  };
  if (state === 'draft') return referral;
  const told = telling(
    referral,
    ...(state === 'sent' ? [notice('mail', `${id}-sent`, now.toMillis(), { mail: 'referral' })] : []),
    notice('coach', `${id}-news`, now.toMillis(), { news: 'referral', by: 'client' }),
    ...referralHappened(referral, { municipality, now: now.toMillis() }, answers),
  );
  return withTimer(told, municipality);
}
