import type { Container } from '@azure/cosmos';
import type { Document } from '../domain/documents.ts';
import { PolkuError } from '../errors.ts';
import {
  type CosmosItem,
  encodeItem,
  isExpired,
  judgeReplace,
  mayHaveForgotten,
  readVersion,
  type StoredItem,
  toItem,
  versionWritten,
  wasWritten,
  writeVersion,
} from './cosmos-item.ts';
import { type Outcome, type Patience, unavailable } from './cosmos-patience.ts';
import type { Replacement, SendReplacement } from './cosmos-replace.ts';

/** One write of the port: it is tried until it is known what came of it, or the time is over. */
export interface Writing {
  container: Container;
  patience: Patience;
  document: Document;
  /** The document as it was when it was given: it may be sent again later, and the caller's document is the caller's. */
  json: string;
  /** The direct way to replace in that container. */
  replace: (replacement: Replacement) => SendReplacement | undefined;
  /** Marks this write in the document. */
  attempt: string;
  now: () => number;
}

/** `x-ms-substatus` of a 404 that means the container, not the document. */
const containerGone = 1003;

// The document that was sent need not come back.
const quiet = { initialHeaders: { Prefer: 'return=minimal' } };

/** Reads one item, expired or not; throws `storeUnavailable` when there is no answer in time. */
export async function readItem(
  patience: Patience,
  container: Container,
  partition: string,
  id: string,
): Promise<StoredItem | undefined> {
  const outcome = await patience.askUntilClear((abortSignal) =>
    container.item(id, partition).read<CosmosItem>({ abortSignal }),
  );
  if (outcome.kind !== 'done') throw unavailable('the read was refused', outcome.error);
  const { statusCode, substatus, resource } = outcome.value;
  if (statusCode === 404 && substatus === containerGone) throw unavailable('the container is gone');
  return statusCode === 404 ? undefined : resource;
}

interface Answered {
  etag?: string;
  resource?: { _etag?: string };
}

/** Sends one write; a write that was done gives its ETag, unless the answer had none. */
async function send(patience: Patience, write: (signal: AbortSignal) => Promise<Answered>) {
  const outcome = await patience.ask(write);
  if (outcome.kind !== 'done') return outcome;
  const etag = outcome.value.etag || outcome.value.resource?._etag;
  if (etag) return { kind: 'done', value: etag } satisfies Outcome<string>;
  return { kind: 'unclear', error: new Error('No ETag in the answer') } satisfies Outcome<string>;
}

function orThrow(outcome: Exclude<Outcome<string>, { kind: 'done' }>, settled: number[]): void {
  if (outcome.kind !== 'refused' || settled.includes(outcome.status)) return;
  if (outcome.status === 413) throw new PolkuError('documentTooLarge', 'Cosmos DB refused the size', {}, outcome.error);
  throw unavailable('the write was refused', outcome.error);
}

function conflict(what: string): PolkuError {
  return new PolkuError('conflict', what);
}

function untold(): PolkuError {
  return unavailable('too much was written since to say what came of this write');
}

/** Makes the document unless a living one has its id; gives the version, throws `conflict` or `storeUnavailable`. */
export async function createItem({ container, patience, document, json, attempt, now }: Writing): Promise<string> {
  const { partition, id } = document;
  const item: CosmosItem = { ...toItem(document, attempt, '', now()), body: JSON.parse(json) };
  let expired: StoredItem | undefined;
  let unclear = false;
  for (;;) {
    const over = expired;
    const outcome = await send(patience, (abortSignal) =>
      over
        ? container
            .item(id, partition)
            .replace(item, { abortSignal, ...quiet, accessCondition: { type: 'IfMatch', condition: over._etag } })
        : container.items.create(item, { abortSignal, ...quiet }),
    );
    if (outcome.kind === 'done') return writeVersion({ ...item, etag: outcome.value });
    orThrow(outcome, [404, 409, 412]);
    if (outcome.kind === 'throttled') {
      await patience.pause(outcome);
      continue;
    }
    if (outcome.kind === 'unclear') {
      unclear = true;
      await patience.pause(outcome);
    }
    const found = await readItem(patience, container, partition, id);
    if (found && wasWritten(found, attempt)) return writeVersion(versionWritten(found, attempt));
    if (found && !isExpired(found, now())) {
      if (unclear && mayHaveForgotten(found)) throw untold();
      throw conflict('The id is taken');
    }
    // Taken and yet not there: it is being deleted, or the replica that was read lags behind.
    if (!found && outcome.kind === 'refused') await patience.pause(undefined);
    expired = found;
  }
}

/**
 * Writes over that very version, at first the direct way if there is one; gives the new one, throws `conflict` or
 * `storeUnavailable`.
 */
export async function replaceItem(writing: Writing, version: string): Promise<string> {
  const { container, patience, document, json, attempt, now, replace } = writing;
  const { partition, id } = document;
  const base = readVersion(version);
  if (!base || isExpired(base, now())) throw conflict('The version is of no document');
  const item = toItem(document, attempt, base.attempts, now());
  const text = encodeItem(item, json);
  let direct = replace({ partition, id, json: text, etag: base.etag });
  const accessCondition = { type: 'IfMatch', condition: base.etag };
  const throughSdk = (abortSignal: AbortSignal) =>
    container.item(id, partition).replace(JSON.parse(text), { abortSignal, ...quiet, accessCondition });
  let unclear = false;
  for (;;) {
    const outcome = await send(patience, direct ?? throughSdk);
    if (outcome.kind === 'done') return writeVersion({ ...item, etag: outcome.value });
    const wasDirect = direct !== undefined;
    direct = undefined;
    // What refuses the way and not the write may let the SDK in: in another region, with a new token.
    if (wasDirect && outcome.kind === 'refused' && ![404, 412, 413].includes(outcome.status)) continue;
    orThrow(outcome, [404, 412]);
    unclear ||= outcome.kind === 'unclear';
    if (outcome.kind !== 'refused') await patience.pause(outcome);
    if (outcome.kind === 'throttled') continue;
    // Also after a plain 412, because the SDK may have sent the request twice by itself.
    const found = await readItem(patience, container, partition, id);
    if (!found) throw conflict('The document is gone');
    const verdict = judgeReplace(found, base, attempt);
    if (verdict === 'written') return writeVersion(versionWritten(found, attempt));
    if (verdict === 'untold' && unclear) throw untold();
    if (verdict !== 'open') throw conflict('The document has changed');
    if (outcome.kind === 'refused') await patience.pause(undefined);
  }
}

/** Deletes what is there, expired or not; only the very version that it read, so that a late request harms nothing new. */
export async function deleteItem(
  patience: Patience,
  container: Container,
  partition: string,
  id: string,
): Promise<void> {
  for (;;) {
    const found = await readItem(patience, container, partition, id);
    if (!found) return;
    const accessCondition = { type: 'IfMatch', condition: found._etag };
    const outcome = await patience.ask((abortSignal) =>
      container.item(id, partition).delete({ abortSignal, accessCondition }),
    );
    if (outcome.kind === 'done') return;
    if (outcome.kind === 'refused') {
      if (outcome.status === 404) return;
      if (outcome.status !== 412) throw unavailable('the delete was refused', outcome.error);
    } else await patience.pause(outcome);
  }
}
