import { createHash } from 'node:crypto';
import type { DateTime } from 'luxon';
import { hasCode } from '../../errors.ts';
import { changeDocument } from '../change-document.ts';
import type { Document, DocumentRef, Documents } from '../documents.ts';
import type { Municipality } from '../municipalities/pack.ts';
import { notice, telling } from '../notices.ts';
import type { PartnerLink, Referral } from './referral.ts';
import { isWithPartner } from './states.ts';
import { referralRef } from './submit.ts';

/** Leads from the hash of a link to its referral; a pointer to nothing is harmless. */
interface LinkPointer extends Document {
  type: 'partner-link';
  client: string;
  referral: string;
}

/** What a link leads to: a referral, and whether the link opens it now. */
export interface Opened {
  referral: Referral;
  live: boolean;
}

const hour = 3_600_000;
/** Older links are forgotten. */
const linksKept = 20;

/** What is kept of a link's token. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Where the pointer of a link is. */
export function linkRef(hash: string): DocumentRef {
  return { collection: 'clients', partition: 'partner-links', id: hash };
}

/**
 * Binds the hash of a new link to a referral; again is no error and changes nothing. Resolves with the moment until which
 * it opens the page (epoch milliseconds); undefined when the partner has nothing to answer any more.
 */
export async function issueLink(
  documents: Documents,
  municipality: Municipality,
  { client, id }: { client: string; id: string },
  hash: string,
  now: number,
): Promise<number | undefined> {
  const until = now + municipality.timers.partnerLinkDays * 24 * hour;
  const { collection: _, ...place } = linkRef(hash);
  const expiresAt = now + municipality.retention.clientDays * 24 * hour;
  const pointer: LinkPointer = { ...place, type: 'partner-link', schema: 1, client, referral: id, expiresAt };
  try {
    // The pointer comes first: a link that leads nowhere must never have been mailed.
    await documents.create('clients', pointer);
  } catch (error) {
    if (!hasCode(error, 'conflict')) throw error;
  }
  const referral = await changeDocument<Referral>(documents, referralRef(client, id), (current) => {
    if (current?.type !== 'referral' || !isWithPartner(current.state)) return undefined;
    const { links = [] } = current;
    if (links.some((link) => link.hash === hash)) return undefined;
    return { ...current, links: [...links, { hash, until }].slice(-linksKept) };
  });
  if (!referral || !isWithPartner(referral.state)) return undefined;
  return referral.links?.find((link) => link.hash === hash)?.until;
}

/** Whether the link opens its referral at this moment (epoch milliseconds). */
export function isLive(link: PartnerLink | undefined, { state, history }: Referral, now: number): boolean {
  // What the partner has ended themselves stays on view until the link expires; what others ended does not.
  const endedHere = !isWithPartner(state) && state !== 'draft' && history.at(-1)?.by === 'partner';
  return link !== undefined && link.until > now && (isWithPartner(state) || endedHere);
}

/** Finds what a token leads to. Two documents are read whatever the token is, so that wrong and dead links take alike. */
export async function openLink(documents: Documents, token: string, now: number): Promise<Opened | undefined> {
  const hash = hashOf(token);
  const pointer = (await documents.get<LinkPointer>(linkRef(hash)))?.document;
  const { client = 'nobody', referral: id = hash } = pointer ?? {};
  const referral = (await documents.get<Referral>(referralRef(client, id)))?.document;
  const link = referral?.links?.find((one) => one.hash === hash);
  return referral && link ? { referral, live: isLive(link, referral, now) } : undefined;
}

/**
 * Mails a new link to the partner's registered address, if this one belongs to a referral that still waits for the partner
 * and no link of it is open. The caller learns nothing of it, so that trying tells nothing.
 */
export async function askNewLink(documents: Documents, token: string, now: DateTime): Promise<void> {
  const moment = now.toMillis();
  const opened = await openLink(documents, token, moment);
  if (!opened || opened.live) return;
  const { partition, id } = opened.referral;
  await changeDocument<Referral>(documents, referralRef(partition, id), (current) => {
    const { links = [], outbox = [] } = current ?? {};
    const hash = hashOf(token);
    if (!current || !isWithPartner(current.state) || !links.some((link) => link.hash === hash)) return undefined;
    const isOnItsWay = outbox.some(({ kind, payload, givenUp }) => {
      return kind === 'mail' && payload.mail !== 'client' && givenUp === undefined;
    });
    if (isOnItsWay || links.some(({ until }) => until > moment)) return undefined;
    return telling(current, notice('mail', `${id}-link-${links.length}-${moment}`, moment, { mail: 'link' }));
  });
}

/** Takes the pointers of a referral's links away, for a client who is erased. */
export async function dropLinks(documents: Documents, { links = [] }: Referral): Promise<void> {
  for (const { hash } of links) await documents.delete(linkRef(hash));
}
