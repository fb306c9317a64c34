import type { Collection, Document, DocumentRef, Documents, Read } from '../../src/domain/documents.ts';
import { PolkuError } from '../../src/errors.ts';
import { checkId, checkPartition, encodeDocument } from '../../src/storage/encoded-document.ts';

interface Row {
  collection: Collection;
  partition: string;
  id: string;
  type: string;
  version: number;
  dueAt?: number;
  expiresAt?: number;
  body: string;
}

/** A store in memory that can be looked into and copied whole; it keeps the contract of documents, and is quick. */
export class MemoryDocuments implements Documents {
  readonly #rows = new Map<string, Row>();
  /** The same rows by their partition, and those that wait for something: a store may hold many. */
  readonly #partitions = new Map<string, Map<string, Row>>();
  readonly #waiting = new Map<string, Row>();
  /** Epoch milliseconds. */
  readonly now: () => number;
  #versions = 0;
  #closed = false;

  constructor(now: () => number, from: Iterable<[string, Row]> = []) {
    this.now = now;
    for (const [key, row] of from) {
      this.#keep(key, row);
      this.#versions = Math.max(this.#versions, row.version);
    }
  }

  /** A copy that goes its own way, perhaps with another clock. */
  fork(now = this.now): MemoryDocuments {
    return new MemoryDocuments(now, this.#rows);
  }

  /** Every document of a collection. */
  all<D extends Document>(collection: Collection): D[] {
    const rows = [...this.#rows.values()].filter((row) => row.collection === collection && this.#isAlive(row));
    return rows.map(({ body }) => JSON.parse(body));
  }

  readonly get = async <D extends Document>(ref: DocumentRef): Promise<Read<D> | undefined> => {
    checkId(ref.id);
    checkPartition(ref.partition);
    const row = this.#living(ref);
    return row && read(row);
  };

  readonly create = async (collection: Collection, document: Document): Promise<string> => {
    return this.#write(collection, document, (before) => before === undefined);
  };

  readonly replace = async (collection: Collection, document: Document, version: string): Promise<string> => {
    return this.#write(collection, document, (before) => String(before?.version) === version);
  };

  readonly delete = async (ref: DocumentRef): Promise<void> => {
    checkId(ref.id);
    checkPartition(ref.partition);
    const key = keyOf(ref);
    this.#rows.delete(key);
    this.#waiting.delete(key);
    this.#partitions.get(partitionOf(ref))?.delete(key);
  };

  readonly list = async <D extends Document>(collection: Collection, partition: string, type?: string) => {
    checkPartition(partition);
    const own = [...(this.#partitions.get(partitionOf({ collection, partition }))?.values() ?? [])].filter(
      (row) => (type === undefined || row.type === type) && this.#isAlive(row),
    );
    const bytes = ({ id }: Row) => Buffer.from(id);
    return own.sort((a, b) => Buffer.compare(bytes(a), bytes(b))).map((row) => read<D>(row));
  };

  readonly due = async (collection: Collection, now: number, limit: number): Promise<Read[]> => {
    const due = [...this.#waiting.values()].filter(
      (row) => row.collection === collection && (row.dueAt ?? Number.POSITIVE_INFINITY) <= now && this.#isAlive(row),
    );
    return due
      .sort((a, b) => a.dueAt! - b.dueAt!)
      .slice(0, limit)
      .map((row) => read(row));
  };

  readonly ping = async (): Promise<void> => {
    this.#living({ collection: 'coaches', partition: 'ping', id: 'ping' });
  };

  readonly close = async (): Promise<void> => {
    this.#closed = true;
  };

  #isAlive({ expiresAt }: Row): boolean {
    return expiresAt === undefined || expiresAt > this.now();
  }

  #living(ref: DocumentRef): Row | undefined {
    if (this.#closed) throw new PolkuError('storeUnavailable', 'closed');
    const row = this.#rows.get(keyOf(ref));
    return row && this.#isAlive(row) ? row : undefined;
  }

  #keep(key: string, row: Row): void {
    this.#rows.set(key, row);
    const place = partitionOf(row);
    const rows = this.#partitions.get(place) ?? new Map<string, Row>();
    this.#partitions.set(place, rows.set(key, row));
    if (row.dueAt === undefined) this.#waiting.delete(key);
    else this.#waiting.set(key, row);
  }

  #write(collection: Collection, document: Document, may: (before: Row | undefined) => boolean): string {
    const body = encodeDocument(document);
    const { partition, id, type, dueAt, expiresAt } = document;
    const ref = { collection, partition, id };
    if (!may(this.#living(ref))) throw new PolkuError('conflict', 'made, changed or gone meanwhile');
    const version = ++this.#versions;
    this.#keep(keyOf(ref), { ...ref, type, version, dueAt, expiresAt, body });
    return String(version);
  }
}

function read<D extends Document>({ body, version }: Row): Read<D> {
  return { document: JSON.parse(body), version: String(version) };
}

function partitionOf({ collection, partition }: Pick<Row, 'collection' | 'partition'>): string {
  return JSON.stringify([collection, partition]);
}

function keyOf({ collection, partition, id }: DocumentRef): string {
  return JSON.stringify([collection, partition, id]);
}
