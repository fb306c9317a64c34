import { z } from 'zod';
import type { ChannelReference } from '../bot/conversations.ts';
import { changeDocument } from '../domain/change-document.ts';
import type { Document, DocumentRef, Documents, OutboxItem } from '../domain/documents.ts';
import type { CaseRef, CoachNews } from '../domain/notices.ts';
import { type MailNotice, notice, type TeamsNotice, telling, withOutbox } from '../domain/notices.ts';

const id = z.string().min(1).max(1000);
/** Where a coach is in Teams, as it may be stored. */
export const teamsReference = z.strictObject({
  channelId: z.literal('msteams'),
  serviceUrl: z.string().max(500),
  conversation: id,
  user: id,
  bot: id,
});

/** How a coach is reached: what is under way to them is in its outbox. It holds nothing of any client. */
export interface CoachLink extends Document {
  type: 'teams';
  /** Absent: the bot is not installed. */
  reference?: ChannelReference;
  /** Since when (ISO 8601) Teams takes nothing for them: they blocked the bot, or are not there any more. */
  unreachable?: string;
  /** News that did not come in Teams; told with the next that does, and in the coach's list until then. */
  missed?: { since: string; count: number };
  /** Short names of the newest news, so that a repeat is known. */
  brought: string[];
}

/** News remembered by name; a repeat comes within a day. */
const namesKept = 300;

/** Where the link of a coach is. */
export function linkRef(coach: string): DocumentRef {
  return { collection: 'coaches', partition: coach, id: 'teams' };
}

/** Reads how a coach is reached; undefined when nothing is known. */
export async function linkOf(documents: Documents, coach: string): Promise<CoachLink | undefined> {
  return (await documents.get<CoachLink>(linkRef(coach)))?.document;
}

/** Changes a link, which is made when it is not there; `change` answers undefined to leave it. */
export function changeLink(
  documents: Documents,
  coach: string,
  change: (link: CoachLink) => CoachLink | undefined,
): Promise<CoachLink | undefined> {
  const fresh: CoachLink = { id: 'teams', partition: coach, type: 'teams', schema: 1, brought: [] };
  return changeDocument<CoachLink>(documents, linkRef(coach), (link = fresh) => change(link));
}

/** The coach is there (installed, or writes): what is sent from now on goes there. Nothing is written when it is known. */
export async function arrive(documents: Documents, coach: string, reference: ChannelReference): Promise<void> {
  await changeLink(documents, coach, (link) => {
    const isKnown = link.unreachable === undefined && JSON.stringify(link.reference) === JSON.stringify(reference);
    if (isKnown) return undefined;
    const { unreachable: _, ...reachable } = link;
    return { ...reachable, reference };
  });
}

/** The bot was uninstalled: nothing is sent there any more, and what waits goes another way. */
export async function leave(documents: Documents, coach: string): Promise<void> {
  await changeLink(documents, coach, (link) => {
    if (!link.reference) return undefined;
    const { reference: _, ...gone } = link;
    return gone;
  });
}

/** Something said to a coach unasked: `name` is the same for a repeat. */
export interface Bringing {
  name: string;
  /** Place in the coach's log; absent: only copies of the card are brought up to date, but for that in `except`. */
  place?: number;
  news?: CoachNews;
  about?: CaseRef;
  except?: string;
  /** Epoch milliseconds. */
  at: number;
}

/**
 * Puts news on the way that fits the coach: Teams when they are there, else mail unless `hasInbox`. A repeat adds nothing.
 */
export async function bring(documents: Documents, coach: string, hasInbox: boolean, what: Bringing): Promise<void> {
  const { name, place, news, about, except, at } = what;
  await changeLink(documents, coach, (link) => {
    if (link.brought.includes(name)) return undefined;
    const marked = { ...link, brought: [...link.brought, name].slice(-namesKept) };
    if (link.reference && link.unreachable === undefined) {
      const payload: TeamsNotice = {
        at,
        ...(place !== undefined && { place }),
        ...(news && { news }),
        ...(about && { about }),
        ...(except !== undefined && { except }),
      };
      return telling(marked, notice('teams', `${coach}-${name}-teams`, at, payload));
    }
    if (place === undefined || (hasInbox && link.unreachable === undefined)) return undefined;
    const letter = letterOf(
      coach,
      name,
      { news, about, at },
      link.unreachable === undefined ? 'noTeams' : 'unreachable',
    );
    const known = link.unreachable === undefined ? marked : missing(marked, at);
    return telling(known, letter);
  });
}

/** Why news comes by mail. */
export type MailReason = Extract<MailNotice, { mail: 'coach' }>['why'];

/** The link without an item that Teams did not take: what it told goes by mail, and the coach's list says so. */
export function handedOver(
  link: CoachLink,
  item: OutboxItem,
  what: Pick<Bringing, 'place' | 'news' | 'about' | 'at'>,
  { now, why, blocked }: { now: number; why: MailReason; blocked: boolean },
): CoachLink {
  const rest = withOutbox(
    link,
    (link.outbox ?? []).filter(({ id }) => id !== item.id),
  );
  const since = new Date(now).toISOString();
  const marked = blocked && rest.unreachable === undefined ? { ...rest, unreachable: since } : rest;
  if (what.place === undefined) return marked;
  const letter = letterOf(link.partition, item.id.slice(link.partition.length + 1), { ...what, at: now }, why);
  return telling(missing(marked, now), letter);
}

function missing(link: CoachLink, now: number): CoachLink {
  const { since = new Date(now).toISOString(), count = 0 } = link.missed ?? {};
  return { ...link, missed: { since, count: count + 1 } };
}

function letterOf(
  coach: string,
  name: string,
  { news, about, at }: Pick<Bringing, 'news' | 'about' | 'at'>,
  why: MailReason,
): OutboxItem {
  const payload: MailNotice = {
    mail: 'coach',
    coach,
    why,
    at: new Date(at).toISOString(),
    ...(news && { news }),
    ...(about && { about }),
  };
  return notice('mail', `${coach}-${name}-mail`, at, payload);
}
