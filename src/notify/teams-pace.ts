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
/** Teams allows an app about 50 a second in a tenant. */
export const tenantLimits: readonly Limit[] = [{ most: 45, within: 1_000 }];

/** Tells when the next message may go out. */
export interface Pace {
  /** Counts a message that goes out now, and answers 0; else the moment (epoch milliseconds) to ask again. */
  take(conversation: string, now: number): number;
  /** The channel asked for a pause in this conversation until then (epoch milliseconds). */
  pause(conversation: string, until: number): void;
}

/** Makes the pace of one process. */
export function createPace(): Pace {
  const sent = new Map<string, number[]>();
  const paused = new Map<string, number>();
  const all: number[] = [];
  const longest = conversationLimits.at(-1)!;

  return {
    take(conversation, now) {
      const before = sent.get(conversation) ?? [];
      const until = Math.max(
        paused.get(conversation) ?? 0,
        freeAt(before, conversationLimits),
        freeAt(all, tenantLimits),
      );
      if (until > now) return until;
      paused.delete(conversation);
      sent.delete(conversation);
      sent.set(conversation, [...before.slice(1 - longest.most), now]);
      if (sent.size > 5_000) sent.delete(sent.keys().next().value!);
      all.push(now);
      if (all.length > tenantLimits[0]!.most) all.shift();
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
