import type { Activity } from '../../bot/activity.ts';
import type { LogPart } from '../../bot/conversations.ts';

/** Activities as Direct Line 3.0 sends them; a client asks for what comes after `watermark`. */
export interface ActivitySet {
  activities: WireActivity[];
  watermark: string;
}
type WireActivity = Activity & { channelId: 'directline'; conversation: { id: string } };

/**
 * A part of the log as a client gets it. An activity may say what it answers only if that came just before it in the
 * same set: for an unknown one Bot Framework Web Chat holds the message back for 5 s.
 */
export function activitySet(conversationId: string, part: LogPart): ActivitySet {
  const known = new Set<string>();
  const activities = part.activities.map((activity) => {
    const { replyToId, ...rest } = activity;
    const isKnown = replyToId !== undefined && known.has(replyToId);
    known.add(activity.id);
    return {
      ...rest,
      ...(isKnown && { replyToId }),
      channelId: 'directline' as const,
      conversation: { id: conversationId },
    };
  });
  return { activities, watermark: String(part.watermark) };
}
