import { z } from 'zod';
import type { OutboxItem } from '../documents.ts';
import { notice, withOutbox } from '../notices.ts';
import type { ContactRequest } from './path.ts';

/*
 * A client waits in the chat for a person. The contact request is the one truth of it: every step and every line is a
 * compare-and-set on it, so that each line comes either before the end, or its writer hears that it came too late.
 *
 *   waiting ── a coach takes the request ──▶ open ── either side, or 15 min of silence ──▶ ended
 *      └────── nobody has in 2 min ────────▶ missed (a request like any other; who takes it later calls)
 *
 * What follows is in the outbox of the same write. A line waits there until it is in the other conversation, and the
 * words of both live in the client's conversation alone: the coach's log only points at them.
 */

/** The two who talk. */
export const sides = ['client', 'coach'] as const;
export type Side = (typeof sides)[number];

/** How far one side's lines have come: how many, and where the newest is in the writer's own conversation. */
interface Lines {
  count: number;
  place: number;
}

/** Why a talk ended; `gone`: the client's chat is not there any more. */
export type Ending = Side | 'silence' | 'gone';

/** Where a hand-off stands. */
export interface Handoff {
  state: 'waiting' | 'missed' | 'open' | 'ended';
  coach?: string;
  endedBy?: Ending;
  /** Epoch milliseconds of the newest line, or of the beginning. */
  lastAt: number;
  lines: Record<Side, Lines>;
}

/** Milliseconds until a person who waits is told that nobody came. */
export const waitsFor = 2 * 60_000;
/** Milliseconds of silence that end a talk. */
export const silenceEnds = 15 * 60_000;

/** Payload of kind `handoff`: something to bring into one of the two conversations, or a time that has come. */
export const handoffNotice = z.discriminatedUnion('step', [
  z.object({ step: z.literal('nobody') }),
  z.object({ step: z.literal('silence'), since: z.number() }),
  z.object({ step: z.literal('opened') }),
  /** A line of the coach carries its words; one of the client says where they are. */
  z.object({
    step: z.literal('line'),
    to: z.enum(sides),
    n: z.number(),
    words: z.string().optional(),
    place: z.number(),
  }),
  z.object({ step: z.literal('ended'), to: z.enum(sides) }),
]);
export type HandoffNotice = z.infer<typeof handoffNotice>;
type Waiting = ContactRequest & { handoff: Handoff };

/** The request with a person waiting in the chat: somebody comes, or they hear in time that nobody does. */
export function begin(contact: ContactRequest, now: number): ContactRequest {
  const none = { count: 0, place: -1 };
  const handoff: Handoff = { state: 'waiting', lastAt: now, lines: { client: none, coach: none } };
  return adding({ ...contact, handoff }, item(contact, 'nobody', now + waitsFor, { step: 'nobody' }));
}

/** The talk opens when a coach takes the request while the person waits; otherwise nothing changes. */
export function open(contact: ContactRequest, coach: string, now: number): ContactRequest {
  if (contact.handoff?.state !== 'waiting') return contact;
  const opened = item(contact, 'opened', now, { step: 'opened' });
  return timed({ ...adding(contact, opened), handoff: { ...contact.handoff, state: 'open', coach, lastAt: now } });
}

/** Nobody has come in time; undefined when somebody has. */
export function miss(contact: ContactRequest): ContactRequest | undefined {
  if (contact.handoff?.state !== 'waiting') return undefined;
  return { ...contact, handoff: { ...contact.handoff, state: 'missed' } };
}

/**
 * One more line; `place` is that of the line in its writer's conversation, by which a repeat is known. Undefined when the
 * talk is not open.
 */
export function say(
  contact: ContactRequest,
  line: { from: Side; place: number; words?: string },
  now: number,
): ContactRequest | undefined {
  const { handoff } = contact;
  if (handoff?.state !== 'open') return undefined;
  const { from, place, words } = line;
  const before = handoff.lines[from];
  if (place <= before.place) return contact;
  const n = before.count + 1;
  const to: Side = from === 'client' ? 'coach' : 'client';
  const payload: HandoffNotice = { step: 'line', to, n, place, ...(words !== undefined && { words }) };
  const lines = { ...handoff.lines, [from]: { count: n, place } };
  return timed({
    ...adding(contact, item(contact, lineName(from, n), now, payload)),
    handoff: { ...handoff, lines, lastAt: now },
  });
}

/** The talk ends, and those who did not end it hear so; undefined when it is not open. */
export function end(contact: ContactRequest, by: Ending, now: number): ContactRequest | undefined {
  const { handoff } = contact;
  if (handoff?.state !== 'open') return undefined;
  const told = sides.filter((side) => side !== by && !(by === 'gone' && side === 'client'));
  const items = told.map((to) => item(contact, `ended-${to}`, now, { step: 'ended', to }));
  const ended = { ...contact, handoff: { ...handoff, state: 'ended' as const, endedBy: by } };
  return adding(withoutSilence(ended), ...items);
}

/** Nobody has said anything since (epoch milliseconds): the talk ends; undefined when somebody has. */
export function endInSilence(contact: ContactRequest, since: number, now: number): ContactRequest | undefined {
  return contact.handoff?.lastAt === since ? end(contact, 'silence', now) : undefined;
}

/** Names a line of a talk: in the outbox of its request, and as the push into the other's conversation. */
export function lineName(from: Side, n: number): string {
  return `${from}-${n}`;
}

/** The id of an outbox item of a hand-off. */
export function itemId({ id }: Pick<ContactRequest, 'id'>, name: string): string {
  return `${id}-${name}`;
}

function item(contact: ContactRequest, name: string, at: number, payload: HandoffNotice): OutboxItem {
  return notice('handoff', itemId(contact, name), at, payload);
}

function adding<C extends ContactRequest>(contact: C, ...items: OutboxItem[]): C {
  return withOutbox(contact, [...(contact.outbox ?? []), ...items]);
}

/** The clock of silence starts anew. Its name says since when, so that one that was on its way already ends nothing. */
function timed(contact: Waiting): ContactRequest {
  const { lastAt } = contact.handoff;
  const silence = item(contact, `silence-${lastAt}`, lastAt + silenceEnds, { step: 'silence', since: lastAt });
  return adding(withoutSilence(contact), silence);
}

function withoutSilence<C extends ContactRequest>(contact: C): C {
  return withOutbox(
    contact,
    (contact.outbox ?? []).filter(({ payload }) => payload.step !== 'silence'),
  );
}
