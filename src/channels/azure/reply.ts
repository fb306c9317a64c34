import { hash } from 'node:crypto';
import type { Activity, Draft } from '../../bot/activity.ts';
import type { ChannelReference } from '../../bot/conversations.ts';
import type { ChannelActivity } from './channel-activity.ts';

/** Where the conversation of an activity is, to say something in it later. */
export function referenceOf(activity: ChannelActivity): ChannelReference {
  const { channelId, serviceUrl, conversation, from, recipient } = activity;
  return { channelId, serviceUrl, conversation: conversation.id, user: from.id, bot: recipient.id };
}

/** Our id of a channel's conversation: theirs may hold what no store keeps, and must never meet one of ours. */
export function conversationIdOf({ channelId, conversation }: ChannelActivity): string {
  return `azure-${hash('sha256', `${channelId}\n${conversation.id}`, 'base64url')}`;
}

/** What we say, in the form that a channel takes; `replyToId` is the channel's id of what it answers. */
export function toChannel(said: Activity | Draft, to: ChannelReference, replyToId?: string): object {
  // Our own id, time and sender are of our log; the channel gives its own.
  const { id: _i, timestamp: _t, from: _f, replyToId: _r, ...draft } = said as Activity;
  return {
    ...draft,
    channelId: to.channelId,
    serviceUrl: to.serviceUrl,
    conversation: { id: to.conversation },
    from: { id: to.bot, role: 'bot' },
    recipient: { id: to.user, role: 'user' },
    ...(replyToId !== undefined && { replyToId }),
  };
}
