import type { ChannelActivity } from './channel-activity.ts';

/** Who stands behind an activity: a client of the service, a coach of the pack by id, or nobody we know. */
export type Sender = { is: 'client' } | { is: 'coach'; coach: string } | { is: 'stranger' };

/** Tells who sent an activity that has passed the gate. */
export type WhoIs = (activity: ChannelActivity) => Promise<Sender>;

/** In Teams there are coaches and strangers; everybody else is a client. `coachOf` matches the person of a tenant to the pack. */
export function createWhoIs(coachOf: (activity: ChannelActivity) => Promise<string | undefined>): WhoIs {
  return async (activity) => {
    if (activity.channelId !== 'msteams') return { is: 'client' };
    const coach = await coachOf(activity);
    return coach === undefined ? { is: 'stranger' } : { is: 'coach', coach };
  };
}
