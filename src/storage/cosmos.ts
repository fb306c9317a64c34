import { randomUUID } from 'node:crypto';
import type { Container, FeedResponse, SqlParameter, SqlQuerySpec } from '@azure/cosmos';
import type { Collection, Document, DocumentRef, Documents, Read } from '../domain/documents.ts';
import { PolkuError } from '../errors.ts';
import { type CosmosAccount, connectCosmos } from './cosmos-connection.ts';
import { onePartition } from './cosmos-http.ts';
import { isExpired, type StoredItem, toRead } from './cosmos-item.ts';
import { type Outcome, type Patience, startPatience, unavailable } from './cosmos-patience.ts';
import { createItem, deleteItem, readItem, replaceItem, type Writing } from './cosmos-writes.ts';
import { checkId, checkPartition, encodeDocument } from './encoded-document.ts';

/** What the Cosmos DB store takes from outside. */
export interface CosmosOptions extends CosmosAccount {
  /** Epoch milliseconds; decides what has expired. */
  now: () => number;
  /** The longest that one call of the port may take; 3 s unless told. */
  deadlineMs?: number;
  /** Told the request units of each request, in the async context of the call of the port. */
  onCharge?: (requestUnits: number) => void;
  /** Makes the id that marks one write: 8 characters of base64url. */
  newAttempt?: () => string;
}

const pageSize = 200;

/** Out of a UUID, whose randomness is drawn in stock: for 6 bytes alone the system would be asked at every write. */
function randomAttempt(): string {
  return Buffer.from(randomUUID().slice(-12), 'hex').toString('base64url');
}

/** A page is asked with its own iterator, so that one that failed is asked again and not the whole. */
async function queryPartition(patience: Patience, container: Container, spec: SqlQuerySpec, partitionKey: string) {
  const items: StoredItem[] = [];
  let continuationToken: string | undefined;
  do {
    const options = { partitionKey, continuationToken, maxItemCount: pageSize, initialHeaders: onePartition };
    const outcome: Outcome<FeedResponse<StoredItem>> = await patience.askUntilClear((abortSignal) =>
      container.items.query<StoredItem>(spec, { ...options, abortSignal }).fetchNext(),
    );
    if (outcome.kind !== 'done') throw unavailable('the query was refused', outcome.error);
    items.push(...(outcome.value.resources ?? []));
    continuationToken = outcome.value.continuationToken || undefined;
  } while (continuationToken);
  return items;
}

/** Over all partitions the SDK merges by itself, and its pages cannot be taken up again: all or nothing. */
async function queryAll(patience: Patience, container: Container, spec: SqlQuerySpec) {
  const outcome = await patience.askUntilClear((abortSignal) =>
    container.items.query<StoredItem>(spec, { abortSignal }).fetchAll(),
  );
  if (outcome.kind !== 'done') throw unavailable('the query was refused', outcome.error);
  return outcome.value.resources;
}

const byId = (a: StoredItem, b: StoredItem) => Buffer.compare(Buffer.from(a.id), Buffer.from(b.id));
const byDue = (a: StoredItem, b: StoredItem) => (a.dueAt ?? 0) - (b.dueAt ?? 0);

/**
 * Opens the store for more than one machine: Azure Cosmos DB; throws `badSetting` or `storeUnavailable`. Writes are safe
 * at every consistency level of the account; only with Strong does one process see at once what another wrote.
 */
export async function openCosmos(options: CosmosOptions): Promise<Documents> {
  const { now, deadlineMs = 3000, newAttempt = randomAttempt } = options;
  const { containers, replace, close } = await connectCosmos(options, options.onCharge ?? (() => {}));
  let closed = false;

  function begin(): Patience {
    if (closed) throw new PolkuError('storeUnavailable', 'The store is closed');
    return startPatience(deadlineMs);
  }
  function writing(collection: Collection, document: Document): Writing {
    return {
      container: containers[collection],
      patience: begin(),
      document,
      json: encodeDocument(document),
      replace: (replacement) => replace(collection, replacement),
      attempt: newAttempt(),
      now,
    };
  }

  return {
    async get<D extends Document>({ collection, partition, id }: DocumentRef) {
      checkId(id);
      checkPartition(partition);
      const item = await readItem(begin(), containers[collection], partition, id);
      return item && !isExpired(item, now()) ? toRead<D>(item) : undefined;
    },
    async create(collection: Collection, document: Document) {
      return createItem(writing(collection, document));
    },
    async replace(collection: Collection, document: Document, version: string) {
      return replaceItem(writing(collection, document), version);
    },
    async delete({ collection, partition, id }: DocumentRef) {
      checkId(id);
      checkPartition(partition);
      await deleteItem(begin(), containers[collection], partition, id);
    },
    async list<D extends Document>(collection: Collection, partition: string, type?: string): Promise<Read<D>[]> {
      checkPartition(partition);
      const parameters: SqlParameter[] = [{ name: '@partition', value: partition }];
      let query = 'SELECT * FROM c WHERE c.partition = @partition';
      if (type !== undefined) {
        query += ' AND c.type = @type';
        parameters.push({ name: '@type', value: type });
      }
      const items = await queryPartition(begin(), containers[collection], { query, parameters }, partition);
      const alive = items.filter((item) => !isExpired(item, now()));
      return alive.toSorted(byId).map((item) => toRead<D>(item));
    },
    async due(collection: Collection, until: number, limit: number) {
      if (limit < 1) return [];
      const query =
        'SELECT TOP @limit * FROM c WHERE c.dueAt <= @until AND (NOT IS_DEFINED(c.expiresAt) OR c.expiresAt > @now) ORDER BY c.dueAt';
      const parameters = Object.entries({ '@limit': limit, '@until': until, '@now': now() });
      const spec = { query, parameters: parameters.map(([name, value]) => ({ name, value })) };
      const items = await queryAll(begin(), containers[collection], spec);
      return items.toSorted(byDue).map((item) => toRead(item));
    },
    async ping() {
      await readItem(begin(), containers.coaches, 'ping', 'ping');
    },
    async close() {
      if (!closed) close();
      closed = true;
    },
  };
}
