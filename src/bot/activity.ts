import { z } from 'zod';

/** A file or card beside a message. */
export interface Attachment {
  contentType: string;
  name?: string;
  contentUrl?: string;
  content?: unknown;
}

/** Where the open question stands, so that a client can show progress; `of` is an estimate that skip rules may change. */
export interface QuestionMark {
  flow: string;
  question: string;
  step: number;
  of: number;
}

/** A coach's card: replaces the earlier one of the same `id`; `open` when it requires action. */
export interface CardMark {
  id: string;
  open: boolean;
}

/** What a bot or person said, as the log keeps it and as Direct Line 3.0 shows it. */
export interface Activity {
  type: 'message' | 'event';
  id: string;
  timestamp: string;
  from: { id: string; name?: string; role: 'bot' | 'user' };
  text?: string;
  textFormat?: 'plain';
  locale?: string;
  name?: string;
  value?: unknown;
  replyToId?: string;
  attachments?: Attachment[];
  suggestedActions?: { to: string[]; actions: { type: 'imBack'; title: string; value: string }[] };
  channelData?: Partial<QuestionMark> & {
    card?: CardMark;
    /** Addresses in the text that are the service's own to give: a client may make links of them. */
    links?: string[];
    clientActivityID?: string;
    /** All that was said before has been erased: a client takes it off the screen too. */
    forgotten?: boolean;
    [more: string]: unknown;
  };
}

/** An activity before the log gives it an id, a time and a sender. */
export type Draft = Omit<Activity, 'id' | 'timestamp' | 'from' | 'replyToId'>;

/**
 * What may come in from a person; unknown fields are dropped. `channelData.clientActivityID` names one press or message
 * for deduplication; `channelData.question` tells which question a pressed button belonged to.
 */
export const incomingSchema = z.object({
  type: z.enum(['message', 'event', 'typing', 'invoke']),
  id: z.string().max(200).optional(),
  name: z.string().max(100).optional(),
  text: z.string().max(65_536).optional(),
  locale: z.string().max(35).optional(),
  value: z.unknown().optional(),
  channelData: z
    .object({
      clientActivityID: z.string().max(200).optional(),
      question: z.string().max(100).optional(),
      flow: z.string().max(100).optional(),
    })
    .optional()
    .catch(undefined),
});
export type Incoming = z.infer<typeof incomingSchema>;
