import type { Document, DocumentRef, Documents, OutboxItem, Read } from '../domain/documents.ts';
import { caseRef, notice, telling, withOutbox } from '../domain/notices.ts';
import { hasCode } from '../errors.ts';
import type { Outcome, Throttled } from '../notify/sender.ts';

/** How often and how long something is tried; times in milliseconds. */
export interface Patience {
  /** A claimed item is left alone this long; after that its process counts as crashed. Longer than a delivery may take. */
  lease: number;
  /** A delivery that takes longer counts as `ambiguous`. */
  deliverWithin: number;
  /** Wait before the second try; doubles with each try. */
  firstPause: number;
  longestPause: number;
  /** After so many tries the item is given up, to be seen by people. */
  tries: number;
}

/** Tries for about a day: the pauses grow from 5 seconds to an hour. */
export const patience: Patience = {
  lease: 60_000,
  deliverWithin: 20_000,
  firstPause: 5_000,
  longestPause: 3_600_000,
  tries: 34,
};

const casTries = 20;

/** The next item to go out; undefined when nothing is due. Figures do not go out: they are counted together. */
export function dueItem(document: Document, now: number): OutboxItem | undefined {
  const due = (document.outbox ?? []).filter(
    ({ kind, nextAt, givenUp }) => kind !== 'figure' && givenUp === undefined && nextAt <= now,
  );
  return due.sort((one, other) => one.nextAt - other.nextAt)[0];
}

/** Writes the document if unchanged; undefined when somebody else was quicker. */
async function write<D extends Document>(
  documents: Documents,
  { collection }: DocumentRef,
  document: D,
  version: string,
): Promise<Read<D> | undefined> {
  try {
    return { document, version: await documents.replace(collection, document, version) };
  } catch (error) {
    if (hasCode(error, 'conflict')) return undefined;
    throw error;
  }
}

/**
 * Takes one due item for this process: counts the try and moves its time past the lease. Undefined when nothing is due;
 * a document whose `dueAt` was wrong is put right, so that it does not come up for ever.
 */
export async function claim(
  documents: Documents,
  ref: DocumentRef,
  now: () => number,
  { lease }: Patience,
): Promise<{ item: OutboxItem; document: Document } | undefined> {
  for (let i = 0; i < casTries; i++) {
    const read = await documents.get(ref);
    if (!read) return undefined;
    const { document, version } = read;
    const outbox = document.outbox ?? [];
    const due = dueItem(document, now());
    if (!due) {
      const right = withOutbox(document, outbox);
      if (right.dueAt === document.dueAt || (await write(documents, ref, right, version))) return undefined;
      continue;
    }
    const item = { ...due, attempts: due.attempts + 1, nextAt: now() + lease };
    const claimed = withOutbox(
      document,
      outbox.map((one) => (one.id === item.id ? item : one)),
    );
    if (await write(documents, ref, claimed, version)) return { item, document: claimed };
  }
  return undefined;
}

/** The item as it goes on after an unlucky try: later, or given up. */
function after(item: OutboxItem, outcome: Outcome | Throttled, now: number, patience: Patience): OutboxItem {
  if (outcome === 'refused' || item.attempts >= patience.tries) {
    return { ...item, givenUp: new Date(now).toISOString() };
  }
  if (typeof outcome !== 'string') return { ...item, nextAt: Math.max(outcome.until, now) };
  const pause = Math.min(patience.longestPause, patience.firstPause * 2 ** (item.attempts - 1));
  return { ...item, nextAt: now + pause };
}

/**
 * Writes down what came of a claimed item: removed when sent, later or given up otherwise. A partner or client who was
 * not reached becomes news for the coaches in the same write. Returns the item as kept; undefined when it is gone.
 */
export async function record(
  documents: Documents,
  ref: DocumentRef,
  claimed: OutboxItem,
  outcome: Outcome | Throttled,
  now: () => number,
  patience: Patience,
): Promise<OutboxItem | undefined> {
  for (let i = 0; i < casTries; i++) {
    const read = await documents.get(ref);
    const outbox = read?.document.outbox ?? [];
    const item = outbox.find(({ id }) => id === claimed.id);
    if (!read || !item || item.givenUp !== undefined) return undefined;
    // When the lease ran out and another process tries now, the outcome of that try counts, unless this one was sent.
    if (outcome !== 'sent' && item.attempts !== claimed.attempts) return item;
    const kept = outcome === 'sent' ? undefined : after(item, outcome, now(), patience);
    let next = withOutbox(
      read.document,
      outbox.flatMap((one) => (one.id !== item.id ? [one] : kept ? [kept] : [])),
    );
    if (kept?.givenUp !== undefined && isForOutsiders(kept)) next = telling(next, undelivered(kept, now()));
    if (await write(documents, ref, next, read.version)) return kept;
  }
  return undefined;
}

/** What coaches should have had themselves cannot become news for them: that would not arrive either. */
function isForOutsiders({ kind, payload }: OutboxItem): boolean {
  return kind === 'chat' || kind === 'handoff' || (kind === 'mail' && payload.mail !== 'coach');
}

function undelivered({ id, payload }: OutboxItem, now: number): OutboxItem {
  const about = caseRef.safeParse(payload.about).data;
  return notice('coach', `${id}-undelivered`, now, { news: 'undelivered', ...(about && { about }) });
}
