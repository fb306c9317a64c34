import { makeRecent } from '../recent.ts';

/** At most so many in so many milliseconds, inside Teams' own limits so that answers to coaches have room. */
export interface Limit {
  most: number;
  within: number;
}

/** Teams allows one conversation 7 a second, 60 in 30 seconds, 1,800 an hour. */
export const conversationLimits: readonly Limit[] = [
  { most: 5, within: 1_000 },
  { most: 50, within: 30_000 },
  { most: 1_500, within: 3_600_000 },
];
/** Teams allows an app about 50 a second in a tenant; milliseconds between two. */
const spacing = 1_000 / 45;
/** More than wait at once in a tenant: a turn that is forgotten is never reached, and begins anew at the end. */
const remembered = 100_000;

/** Tells when the next message may go out. */
export interface Pace {
  /**
   * Counts a message that goes out now, and answers 0; else the moment (epoch milliseconds) to ask again. `name` is that of
   * the message: its turn among all is kept for it.
   */
  take(conversation: string, name: string, now: number): number;
  /** The channel asked for a pause in this conversation until then (epoch milliseconds). */
  pause(conversation: string, until: number): void;
}

/** Makes the pace of one process. */
export function createPace(): Pace {
  const sent = makeRecent<string, number[]>(remembered);
  const paused = new Map<string, number>();
  const turns = makeRecent<string, number>(remembered);
  const longest = conversationLimits.at(-1)!;
  let next = 0;

  /** The moment of a message's turn among all of the tenant. */
  function turnOf(name: string, now: number): number {
    const waiting = turns.get(name);
    if (waiting !== undefined) return waiting;
    const turn = Math.max(next, now);
    next = turn + spacing;
    turns.set(name, turn);
    return turn;
  }

  return {
    take(conversation, name, now) {
      const before = sent.get(conversation) ?? [];
      const own = Math.max(paused.get(conversation) ?? 0, freeAt(before, conversationLimits));
      if (own > now) return own;
      const turn = turnOf(name, now);
      if (turn > now) return Math.ceil(turn);
      turns.delete(name);
      paused.delete(conversation);
      sent.set(conversation, [...before.slice(1 - longest.most), now]);
      return 0;
    },
    pause(conversation, until) {
      paused.set(conversation, Math.max(until, paused.get(conversation) ?? 0));
    },
  };
}

/** When another one keeps every limit; `times` are in order. */
function freeAt(times: number[], limits: readonly Limit[]): number {
  return Math.max(0, ...limits.map(({ most, within }) => (times.length < most ? 0 : times.at(-most)! + within)));
}
