import { z } from 'zod';
import type { Conversations } from '../../bot/conversations.ts';
import { PolkuError } from '../../errors.ts';
import { makeRecent } from '../../recent.ts';
import type { CoachDesk } from '../../teams/coach-desk.ts';
import type { ChannelActivity } from './channel-activity.ts';
import { conversationIdOf } from './reply.ts';

/** Who stands behind an activity: a client of the service, a coach of the pack by id, or nobody we know. */
export type Sender = { is: 'client' } | { is: 'coach'; coach: string } | { is: 'stranger' };

/** A city as the channels meet it. */
export interface ChannelCity {
  slug: string;
  conversations: Conversations;
  /** Where coaches in Teams are met; without it they are only answered. */
  desk?: CoachDesk;
}

/** Tells who sent an activity that has passed the gate, and which city it is for. */
export type WhoIs = (activity: ChannelActivity) => Promise<{ sender: Sender; city: ChannelCity }>;

/** What a page may say at the beginning of a conversation. */
const joining = z.object({ municipality: z.string().min(1) });
const remembered = 10_000;

/**
 * In Teams there are coaches and strangers; everybody else is a client. `coachOf` finds the person of a tenant in the packs. A
 * client's conversation belongs to the city that its `webchat/join` named, else to the first, for as long as it is there.
 */
export function createWhoIs(
  cities: readonly ChannelCity[],
  coachOf: (activity: ChannelActivity) => Promise<{ city: string; coach: string } | undefined>,
): WhoIs {
  const first = cities[0]!;
  const begun = makeRecent<string, ChannelCity>(remembered);

  async function cityOfClient(activity: ChannelActivity): Promise<ChannelCity> {
    if (cities.length === 1) return first;
    const id = conversationIdOf(activity);
    const isJoining = activity.type === 'event';
    const known = isJoining ? undefined : begun.get(id);
    if (known) return known;
    for (const city of cities) {
      if (!(await city.conversations.exists(id))) continue;
      begun.set(id, city);
      return city;
    }
    const named = isJoining ? joining.safeParse(activity.value).data?.municipality : undefined;
    const city = named === undefined ? first : cities.find(({ slug }) => slug === named);
    if (!city) throw new PolkuError('notFound', 'The chat of that city is not here.');
    return city;
  }

  return async (activity) => {
    if (activity.channelId !== 'msteams') return { sender: { is: 'client' }, city: await cityOfClient(activity) };
    const found = await coachOf(activity);
    const city = cities.find(({ slug }) => slug === found?.city);
    if (!found || !city) return { sender: { is: 'stranger' }, city: first };
    return { sender: { is: 'coach', coach: found.coach }, city };
  };
}
