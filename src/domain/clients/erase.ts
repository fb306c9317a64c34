import { hasCode } from '../../errors.ts';
import { forgetAppointments } from '../appointments/forget-client.ts';
import type { Document, Documents, OutboxItem } from '../documents.ts';
import { madeId } from '../made-id.ts';
import { notice, telling } from '../notices.ts';
import type { Offer } from '../offers/offer.ts';
import { placeOver } from '../offers/place-over.ts';
import { dropLinks } from '../referrals/links.ts';
import type { Referral } from '../referrals/referral.ts';
import { openStates, withdrawReferral } from '../referrals/withdraw.ts';
import { type ClientAct, clientRef } from './client.ts';
import { closeLetter } from './letter.ts';
import { forgetPanelist } from './panel.ts';
import type { Client, ContactRequest, Intake } from './path.ts';

/** What outlives an erased client for a while: the news of it, with references but nothing about the person. */
export interface Erasure extends Document {
  type: 'erasure';
}

/** Where news of erasures wait to be delivered. */
const erasures = 'erasures';
/** Longer than the delivery of news is tried. */
const erasureDays = 30;
/** A write that nobody waits for any more may still be on its way, and bring back what was deleted; in minutes. */
const looksAgainAfter = [1, 60];

/**
 * Erases a client: partners are told to stop, the times of meetings are freed, the coaches are told, and every document
 * is deleted. May be repeated after a crash at any point, because of the order: first whatever others must know is kept
 * where it outlives the client, then the documents go, and last the client's own, which points at all else.
 */
export async function eraseClient(act: ClientAct): Promise<void> {
  const { documents, client } = act;
  for (const { document } of await documents.list<Referral>('clients', client, 'referral')) {
    // By compare-and-set, so that a mail on its way is either taken back or followed by the withdrawal.
    if (openStates.includes(document.state)) await withdrawReferral(act, document.id);
    await dropLinks(documents, document);
  }
  const kept = (await documents.list('clients', client)).map(({ document }) => document);
  if (kept.length === 0) return;
  await forgetAppointments(act);
  await keepNews(act, kept);
  const own = kept.find(({ type }) => type === 'client') as Client | undefined;
  if (own?.transferred) await closeLetter(documents, own.transferred.letter);
  for (const { id } of kept) {
    if (id !== clientRef(client).id) await documents.delete({ collection: 'clients', partition: client, id });
  }
  await forgetPanelist(documents, act.municipality, client);
  await documents.delete(clientRef(client));
}

/** Deletes what came after a client was erased; nobody speaks as that client any more. */
export async function eraseLate(documents: Documents, client: string): Promise<void> {
  for (const { document } of await documents.list('clients', client)) {
    await documents.delete({ collection: 'clients', partition: client, id: document.id });
  }
}

async function keepNews(act: ClientAct, kept: Document[]): Promise<void> {
  const id = await madeId('erasure', act.client, act.intent);
  const news = kept.flatMap((document) => newsOf(document, kept, act.now.toMillis()));
  for (const minutes of looksAgainAfter) {
    const at = act.now.plus({ minutes }).toMillis();
    news.push(notice('timer', `${id}-again-${minutes}`, at, { timer: 'erased', client: act.client }));
  }
  const expiresAt = act.now.plus({ days: erasureDays }).toMillis();
  const erasure: Erasure = { id, partition: erasures, type: 'erasure', schema: 1, expiresAt };
  try {
    await act.documents.create('clients', telling(erasure, ...news));
  } catch (error) {
    if (!hasCode(error, 'conflict')) throw error;
  }
}

/**
 * What others must know of a document that goes: the coach that it is gone, the partner what they were not yet told, and
 * who said yes to an employer's place that it is open no more.
 */
function newsOf(document: Document, kept: Document[], at: number): OutboxItem[] {
  const { id, partition, outbox = [] } = document;
  const mails = outbox.filter(
    ({ kind, payload }) => kind === 'figure' || (kind === 'mail' && payload.mail === 'withdrawal'),
  );
  if (!isKnown(document)) return mails;
  const { reference } = document;
  const coaches = coachesOf(document, kept);
  const about = { collection: 'clients', partition, id } as const;
  const what = document.type === 'offer' ? ({ what: 'offer' } as const) : {};
  const whom = coaches.length > 0 ? { coaches } : {};
  const erased = { news: 'erased', by: 'client', about, reference, ...what, ...whom } as const;
  const closes = document.type === 'offer' && !document.closed ? placeOver(document, 'withdrawn', at) : [];
  return [...mails, ...closes, notice('coach', `${id}-erased`, at, erased)];
}

/** What coaches have as a case of their own. */
type Known = Intake | ContactRequest | Referral | Offer;

function isKnown(document: Document): document is Known {
  return ['intake', 'contact', 'referral', 'offer'].includes(document.type);
}

/** Those who know the case; nobody means everybody. */
function coachesOf(document: Known, kept: Document[]): string[] {
  const client = kept.find(({ type }) => type === 'client') as Client | undefined;
  const named = document.type === 'intake' ? document.routing.coach : document.coach;
  const known = [named, document.handling.taken?.by, client?.coach].filter((coach) => coach !== undefined);
  return named === undefined ? [] : [...new Set(known)];
}
