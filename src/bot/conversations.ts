import type { Activity, Draft, Incoming } from './activity.ts';

/** Where a channel outside reaches the person, to say later what they did not ask for. */
export interface ChannelReference {
  channelId: string;
  serviceUrl: string;
  /** The ids of the channel. */
  conversation: string;
  user: string;
  bot: string;
}

/** How a conversation begins: whose it is and in which language the page is. */
export interface Opening {
  conversationId: string;
  /** Of the channel, such as `dl_…`. */
  userId: string;
  language?: string;
  /** Present in a coach's own conversation (inbox); its id is then `coach-<id>`. */
  coach?: string;
  /** Absent in the embedded chat, where the person's page asks for what is new. */
  reference?: ChannelReference;
}

/**
 * What is said unasked, worked out in the conversation's own transaction from what it keeps; it changes nothing else, and
 * may be called again. No drafts and the same `dialog`: nothing is to be said any more.
 */
export type Saying = (conversation: {
  client: string;
  dialog: unknown;
}) => Promise<{ dialog: unknown; drafts: Draft[] }>;

/** A part of a conversation's log; `watermark` counts the activities up to and with the last one here. */
export interface LogPart {
  activities: Activity[];
  watermark: number;
}

/**
 * The conversations as the channels see them. Every method is durable when it resolves, and safe to call again with the
 * same id: a duplicate gets the stored activities, nothing runs twice.
 */
export interface Conversations {
  /** Makes the conversation unless it is there. Says nothing yet: the event `webchat/join` does. */
  start(opening: Opening): Promise<void>;
  /** Tells whether the conversation is there (not deleted, not expired). */
  exists(conversationId: string): Promise<boolean>;
  /**
   * Runs one activity of the person as a transaction; resolves after the commit with what it added to the log: the
   * person's own message (with its id) and the replies. Throws `notFound` when the conversation is not there.
   */
  receive(conversationId: string, incoming: Incoming): Promise<LogPart>;
  /** Adds messages that the person did not ask for; `id` is deterministic. Undefined when the conversation is gone. */
  push(conversationId: string, id: string, said: Draft[] | Saying): Promise<LogPart | undefined>;
  /** What was said after the watermark (0: from the start). Throws `notFound` when the conversation is not there. */
  since(conversationId: string, watermark: number): Promise<LogPart>;
  /** Calls the listener with each addition to the log until the returned function is called. */
  watch(conversationId: string, listener: (part: LogPart) => void): () => void;
}
