import { z } from 'zod';
import type { Document, OutboxItem } from './documents.ts';
import type { Text } from './text.ts';

/** News of a case that coaches get; `handled`: another coach acted on it; `undelivered`: a partner or client was not reached. */
export const coachNews = [
  'intake',
  'booked',
  'moved',
  'cancelled',
  'referral',
  'contact',
  'erased',
  'handled',
  'undelivered',
] as const;
export type CoachNews = (typeof coachNews)[number];

const id = z.string().regex(/^[\w-]{1,200}$/);
/** Points at a case: a document of a client, or one meeting in a coach's day. */
export const caseRef = z.object({
  collection: z.enum(['clients', 'calendars']),
  partition: id,
  id,
  appointment: id.optional(),
});
export type CaseRef = z.infer<typeof caseRef>;

/** Payload of kind `coach`. It holds no personal data: the card is made from the case each time it is read. */
export const coachNotice = z.object({
  news: z.enum(coachNews),
  /** Absent: the document that holds the item. For a meeting it names the appointment. */
  about: caseRef.optional(),
  /** Who did it. */
  by: z.string().optional(),
  /** Whom to tell; absent: those whom the case concerns, or every coach. */
  coaches: z.array(z.string()).optional(),
  /** The coach who did it and knows. */
  except: z.string().optional(),
  /** For `erased`, of which nothing else is left to show. */
  reference: z.string().optional(),
});
export type CoachNotice = z.infer<typeof coachNotice>;

/** Payload of kind `mail`: `referral` is made from the referral that holds the item; `withdrawal` may outlive the referral. */
export const mailNotice = z.discriminatedUnion('mail', [
  z.object({ mail: z.literal('referral') }),
  z.object({
    mail: z.literal('withdrawal'),
    service: z.string(),
    reference: z.string(),
    at: z.iso.datetime({ offset: true }),
  }),
]);
export type MailNotice = z.infer<typeof mailNotice>;

/** A text as it is stored; words of a person pass as they are. */
export const storedText: z.ZodType<Text> = z.lazy(() =>
  z.union([
    z.string(),
    z.strictObject({ key: z.string(), with: z.record(z.string(), z.union([z.number(), storedText])).optional() }),
    z.strictObject({ at: z.string(), as: z.enum(['day', 'time', 'moment', 'date']) }),
    z.strictObject({ list: z.array(storedText) }),
    z.strictObject({ lines: z.array(storedText) }),
    z.object({ fi: z.string(), sv: z.string(), en: z.string() }).catchall(z.string()),
  ]),
);

/** Payload of kind `chat`: something to say in the client's own conversation, a message each. */
export const chatNotice = z.object({ conversation: z.string(), language: z.string(), say: z.array(storedText).min(1) });
export type ChatNotice = z.infer<typeof chatNotice>;

/** Payload of each kind of outbox item. */
export interface Notices {
  coach: CoachNotice;
  mail: MailNotice;
  chat: ChatNotice;
}

/** Makes an outbox item; `id` is deterministic, `at` (epoch milliseconds) is when it may go out. */
export function notice<K extends keyof Notices>(kind: K, id: string, at: number, payload: Notices[K]): OutboxItem {
  return { id, kind, payload: { ...payload }, attempts: 0, nextAt: at };
}

/** The document with its outbox replaced and `dueAt` the earliest time of what still waits. */
export function withOutbox<D extends Document>(document: D, outbox: OutboxItem[]): D {
  const { dueAt: _, outbox: __, ...rest } = document;
  const times = outbox.filter(({ givenUp }) => givenUp === undefined).map(({ nextAt }) => nextAt);
  return {
    ...rest,
    ...(outbox.length > 0 && { outbox }),
    ...(times.length > 0 && { dueAt: Math.min(...times) }),
  } as D;
}

/** The document with more to tell; an item that is there already stays as it is, so that a repeat adds nothing. */
export function telling<D extends Document>(document: D, ...items: OutboxItem[]): D {
  const known = document.outbox ?? [];
  return withOutbox(document, [...known, ...items.filter(({ id }) => !known.some((item) => item.id === id))]);
}
