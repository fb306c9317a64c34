import type { Activity } from '../../bot/activity.ts';
import type { ActivitySet, Outgoing } from './api.ts';

/** Something the person did that the server has not yet shown in the log; `failed` is the reason when it never will. */
export interface Pending {
  outgoing: Outgoing;
  failed?: string;
}

/** All that is known of the conversation: what the server's log holds, in its order, and what is on its way there. */
export interface Log {
  activities: readonly Activity[];
  pending: readonly Pending[];
  watermark: string | undefined;
}

/** A conversation where nothing has been said. */
export const emptyLog: Log = { activities: [], pending: [], watermark: undefined };

/** The name of one press or message, given by the client that sent it. */
export function pressId(activity: Activity): string | undefined {
  return activity.channelData?.clientActivityID;
}

function isLater(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && (other === undefined || Number(one) > Number(other));
}

/** Adds what the server told; anything told before is dropped, and the same log is returned when nothing is new. */
export function withReceived(log: Log, set: ActivitySet): Log {
  const known = new Set(log.activities.map((activity) => activity.id));
  const fresh = set.activities.filter((activity) => !known.has(activity.id) && known.add(activity.id));
  const watermark = isLater(set.watermark, log.watermark) ? set.watermark : log.watermark;
  if (!fresh.length && watermark === log.watermark) return log;
  const forgotten = fresh.findIndex(({ channelData }) => channelData?.forgotten);
  // Erased on the server, so off the screen too; the wish to erase is not kept there either.
  if (forgotten >= 0) return { activities: fresh.slice(forgotten), pending: [], watermark };
  const told = new Set(fresh.map(pressId));
  const pending = log.pending.filter(({ outgoing }) => !told.has(outgoing.channelData.clientActivityID));
  return { activities: [...log.activities, ...fresh], pending, watermark };
}

/** Adds what the person did; the same press twice is one, and so is a press that the log already shows. */
export function withPending(log: Log, outgoing: Outgoing): Log {
  const id = outgoing.channelData.clientActivityID;
  const there =
    log.pending.some((pending) => pending.outgoing.channelData.clientActivityID === id) ||
    log.activities.some((activity) => pressId(activity) === id);
  return there ? log : { ...log, pending: [...log.pending, { outgoing }] };
}

/** Marks what the server will not take, with the reason, or (reason absent) what is sent again. */
export function withFailed(log: Log, id: string, failed?: string): Log {
  const pending = log.pending.map((one) =>
    one.outgoing.channelData.clientActivityID === id ? { outgoing: one.outgoing, ...(failed && { failed }) } : one,
  );
  return { ...log, pending };
}

/** Drops what the person gave up sending. */
export function withoutPending(log: Log, id: string): Log {
  return { ...log, pending: log.pending.filter((one) => one.outgoing.channelData.clientActivityID !== id) };
}
