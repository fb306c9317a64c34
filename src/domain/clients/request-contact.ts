import { changeDocument } from '../change-document.ts';
import { contactHappened } from '../figures/happened.ts';
import { madeId, referenceOf } from '../made-id.ts';
import { addOpeningHours } from '../municipalities/opening.ts';
import { notice, telling } from '../notices.ts';
import { type ClientAct, changeClient } from './client.ts';
import { begin } from './handoff.ts';
import type { ContactRequest } from './path.ts';

/** What a person who wants to talk with somebody tells of it. */
export interface ContactWish {
  phone?: string;
  name?: string;
  about?: string;
  /** Waits in the chat rather than for a call. */
  here: boolean;
}

/**
 * Asks the coaches to get in touch, within the opening hours that the pack promises. Every coach is told, so that nobody
 * waits for one who is away. One intent is one request.
 */
export async function requestContact(act: ClientAct, wish: ContactWish): Promise<ContactRequest> {
  const id = await madeId('contact', act.client, act.intent);
  // The client's own document comes first: a request without it would be found by nobody.
  await changeClient(act, () => ({ language: act.language }));
  const ref = { collection: 'clients', partition: act.client, id } as const;
  const stored = await changeDocument<ContactRequest>(act.documents, ref, (earlier) => {
    return earlier ? undefined : newRequest(act, id, wish);
  });
  return stored!;
}

function newRequest(act: ClientAct, id: string, { phone, name, about, here }: ContactWish): ContactRequest {
  const { client, conversation, municipality, language, now } = act;
  const answerBy = addOpeningHours(municipality, now, municipality.timers.contactHours);
  const request: ContactRequest = {
    id,
    partition: client,
    type: 'contact',
    schema: 1,
    expiresAt: now.plus({ days: municipality.retention.clientDays }).toMillis(),
    reference: referenceOf(id),
    ...(name !== undefined && { name }),
    ...(phone !== undefined && { phone }),
    ...(about !== undefined && { about }),
    here,
    ...(conversation !== undefined && { conversation }),
    language,
    requestedAt: now.toUTC().toISO()!,
    answerBy: answerBy.toISO({ suppressMilliseconds: true })!,
    handling: {},
  };
  const told = telling(
    request,
    notice('coach', `${id}-news`, now.toMillis(), { news: 'contact', by: 'client' }),
    contactHappened(request, { municipality, now: now.toMillis() }),
  );
  return here && conversation !== undefined ? begin(told, now.toMillis()) : told;
}
