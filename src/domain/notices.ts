import { z } from 'zod';
import type { HandoffNotice } from './clients/handoff.ts';
import type { Document, OutboxItem } from './documents.ts';
import type { FigureNotice } from './figures/figure.ts';
import { offerOutcomes, placeKinds } from './offers/offer.ts';
import type { Text } from './text.ts';

/**
 * News of a case that coaches get; `handled`: another coach acted on it; `given`: it was given to them; `kept`: the client
 * keeps the time; `course`: the client paused, stopped or went on; `corrected`: they put an answer right; `handOver`: a client
 * is offered, taken or kept; `declined`, `accepted`: they do not want, or want, what was suggested; `offer`: an employer has told of a
 * place, or taken it back; `plan`: the client said something of their plan; `outcome`: a meeting is over; `undelivered`: a partner
 * or client was not reached. `digest` is the day's list.
 */
export const coachNews = [
  'intake',
  'booked',
  'moved',
  'cancelled',
  'referral',
  'contact',
  'erased',
  'handled',
  'given',
  'kept',
  'declined',
  'course',
  'corrected',
  'handOver',
  'accepted',
  'offer',
  'plan',
  'outcome',
  'digest',
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
  /** For `erased`: a place that an employer told of, rather than something of a client. */
  what: z.enum(['offer']).optional(),
});
export type CoachNotice = z.infer<typeof coachNotice>;

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

/**
 * Payload of kind `mail`. To a partner, made from the referral that holds the item, each with a link: `referral`,
 * `reminder`, `progress` (what came of it?) and `link` (asked for by the partner). `withdrawal` may outlive the referral.
 * `client` goes to the address that the client has given, which is read when the mail is written. `coach` says that there
 * is news, and holds none of it. `employer` goes to the contact of
 * the place that holds the item. `entry` puts a meeting into the coach's own calendar, or takes
 * it out.
 */
export const mailNotice = z.discriminatedUnion('mail', [
  z.object({ mail: z.enum(['referral', 'reminder', 'progress', 'link']) }),
  z.object({
    mail: z.literal('client'),
    client: id,
    language: z.string(),
    subject: storedText,
    say: z.array(storedText).min(1),
    at: z.iso.datetime({ offset: true }),
  }),
  z.object({
    mail: z.literal('coach'),
    coach: z.string(),
    news: z.enum(coachNews).optional(),
    about: caseRef.optional(),
    why: z.enum(['noTeams', 'unreachable', 'unsure']),
    at: z.iso.datetime({ offset: true }),
  }),
  z.object({ mail: z.literal('entry'), coach: z.string(), about: caseRef }),
  z.object({ mail: z.literal('employer'), what: z.enum(['sent', 'closed']), at: z.iso.datetime({ offset: true }) }),
  z.object({
    mail: z.literal('withdrawal'),
    service: z.string(),
    reference: z.string(),
    at: z.iso.datetime({ offset: true }),
  }),
]);
export type MailNotice = z.infer<typeof mailNotice>;

/** Payload of kind `chat`: something to say in the client's own conversation, a message each, and a flow that asks after it. */
export const chatNotice = z
  .object({
    conversation: z.string(),
    language: z.string(),
    say: z.array(storedText),
    ask: z.object({ flow: z.string(), given: z.record(z.string(), z.unknown()) }).optional(),
  })
  .refine(({ say, ask }) => say.length > 0 || ask, 'there is nothing to say');
export type ChatNotice = z.infer<typeof chatNotice>;

/** Payload of kind `timer`: what time brings to the document that holds the item; `about` names the meeting in a day. */
export const timerNotice = z.discriminatedUnion('timer', [
  z.object({ timer: z.enum(['referral', 'offer', 'rested']) }),
  z.object({ timer: z.enum(['reminder', 'feedback']), appointment: id }),
  z.object({ timer: z.enum(['plan', 'erased']), client: id }),
  z.object({ timer: z.literal('pause'), step: id }),
  z.object({
    timer: z.literal('placeOver'),
    offer: id,
    place: z.enum(placeKinds),
    outcome: z.enum(offerOutcomes),
    suggestions: z.array(id),
  }),
  z.object({ timer: z.literal('freed'), start: z.string(), end: z.string(), place: z.string() }),
]);
export type TimerNotice = z.infer<typeof timerNotice>;

/**
 * Payload of kind `teams`, in the outbox of a coach's link: what to bring to Teams. `place` is where it is in the coach's
 * own log; without one, only the copies of the case's card are brought up to date, but for that in `except`.
 */
export const teamsNotice = z.object({
  place: z.int().nonnegative().optional(),
  news: z.enum(coachNews).optional(),
  about: caseRef.optional(),
  except: z.string().optional(),
  /** When it came about, epoch milliseconds. */
  at: z.number(),
});
export type TeamsNotice = z.infer<typeof teamsNotice>;

/** Payload of kind `calendar`: a meeting of the day that holds the item, whose entry in the coach's own calendar may be out of date. */
export const calendarNotice = z.object({ appointment: id });
export type CalendarNotice = z.infer<typeof calendarNotice>;

/** Payload of each kind of outbox item. */
export interface Notices {
  coach: CoachNotice;
  mail: MailNotice;
  chat: ChatNotice;
  timer: TimerNotice;
  handoff: HandoffNotice;
  teams: TeamsNotice;
  figure: FigureNotice;
  calendar: CalendarNotice;
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
