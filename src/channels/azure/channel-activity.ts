import { z } from 'zod';
import { incomingSchema } from '../../bot/activity.ts';

const id = z.string().min(1).max(1000);
const person = z.object({
  id,
  name: z.string().max(300).optional().catch(undefined),
  aadObjectId: z.string().max(100).optional(),
});
const tenant = z.object({ id: z.string().max(100) });

/** An activity of the Bot Framework protocol, as far as it is read; everything else is dropped. */
export const channelActivitySchema = incomingSchema.extend({
  type: z.string().max(50),
  channelId: z.string().max(50),
  serviceUrl: z.string().max(500),
  from: person,
  recipient: person,
  conversation: z.object({
    id,
    tenantId: z.string().max(100).optional(),
    conversationType: z.string().max(50).optional().catch(undefined),
  }),
  /** What an `installationUpdate` tells: `add`, `remove`, or either with `-upgrade`. */
  action: z.string().max(50).optional().catch(undefined),
  /** The activity that a pressed card came in. */
  replyToId: z.string().max(1000).optional().catch(undefined),
  deliveryMode: z.string().max(50).optional().catch(undefined),
  channelData: incomingSchema.shape.channelData
    .unwrap()
    .unwrap()
    .extend({ tenant: tenant.optional() })
    .optional()
    .catch(undefined),
});
/** What a channel sent us. */
export type ChannelActivity = z.infer<typeof channelActivitySchema>;

/** The tenant of Teams that an activity comes from; undefined when there is none or it names two. */
export function tenantOf({ conversation, channelData }: ChannelActivity): string | undefined {
  const named = [conversation.tenantId, channelData?.tenant?.id].filter((one) => one !== undefined);
  return new Set(named).size === 1 ? named[0]!.toLowerCase() : undefined;
}
