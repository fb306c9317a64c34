import { changeDocument } from '../change-document.ts';
import { clientRef } from '../clients/client.ts';
import type { Client, Intake } from '../clients/path.ts';
import { responsibleFor } from '../clients/responsible.ts';
import type { Documents } from '../documents.ts';
import type { Handling } from '../handling.ts';
import { movePlan } from '../plans/keep.ts';
import type { Referral } from '../referrals/referral.ts';
import { addClient } from './my-clients.ts';
import type { Suggestion } from './suggestion.ts';

/** A case of a coach that goes with its client. */
type Carried = Intake | Referral | Suggestion;

const carried = ['intake', 'referral', 'suggestion'];

/**
 * Brings the cases of a client to the coach who is responsible for them now. Who is responsible is decided before, in the
 * client's own document, so that this may be done again after a crash without harm.
 */
export async function carryClient(documents: Documents, client: string): Promise<void> {
  const own = (await documents.get<Client>(clientRef(client)))?.document;
  const now = own && responsibleFor(own);
  if (!own || !now) return;
  const giver = own.responsible?.at(-2)?.coach;
  for (const { document } of await documents.list<Carried>('clients', client)) {
    if (!carried.includes(document.type)) continue;
    const ref = { collection: 'clients', partition: client, id: document.id } as const;
    await changeDocument<Carried>(documents, ref, (one) => {
      if (!one || ownerOf(one) === now.coach) return undefined;
      const { taken, ...before } = one.handling;
      const step = { by: giver ?? now.coach, at: now.since };
      const handling: Handling = {
        ...before,
        given: { ...step, to: now.coach },
        // Who accepts a client has taken the case.
        ...(one.type === 'intake' && { taken: { by: now.coach, at: taken?.at ?? now.since } }),
      };
      return { ...one, handling };
    });
  }
  await movePlan(documents, client, now.coach);
  await addClient(documents, now.coach, client, own.expiresAt);
}

function ownerOf(one: Carried): string | undefined {
  const { given } = one.handling;
  if (given) return given.to;
  return one.type === 'intake' ? (one as Intake).routing.coach : (one as Referral | Suggestion).coach;
}
