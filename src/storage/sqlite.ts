import { randomUUID } from 'node:crypto';
import type { Collection, Document, DocumentRef, Documents, Read } from '../domain/documents.ts';
import { PolkuError } from '../errors.ts';
import { checkId, checkPartition, encodeDocument } from './encoded-document.ts';
import { createGroupCommit } from './group-commit.ts';
import { answering, openSqliteFile } from './sqlite-file.ts';

/** What the SQLite store takes from outside. */
export interface SqliteOptions {
  /** Epoch milliseconds; decides what has expired. */
  now: () => number;
  /** Makes versions; no two may be equal, so that a document made again never answers to an old version. */
  newVersion?: () => string;
}

const sweepEvery = 60_000;
const sweepAtMost = 500;
const alive = '(expiresAt IS NULL OR expiresAt > ?)';
const place = 'collection = ? AND partition = ? AND id = ?';

function toRead<D extends Document>(row: Record<string, unknown>): Read<D> {
  // The cast is the port's promise: a caller that needs proof parses what it reads.
  return { document: JSON.parse(String(row.body)) as D, version: String(row.version) };
}

/** Opens the embedded store: one SQLite file (or `:memory:`), durable at each write, shared by the machine's processes. */
export function openSqlite(file: string, options: SqliteOptions): Documents {
  const { now, newVersion = randomUUID } = options;
  const database = openSqliteFile(file);
  const commit = createGroupCommit(database);
  const get = database.prepare(`SELECT body, version FROM documents WHERE ${place} AND ${alive}`);
  const create = database.prepare(
    `INSERT INTO documents (collection, partition, id, type, version, dueAt, expiresAt, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (collection, partition, id) DO UPDATE SET type = excluded.type, version = excluded.version,
       dueAt = excluded.dueAt, expiresAt = excluded.expiresAt, body = excluded.body
     WHERE documents.expiresAt <= ?`,
  );
  const replace = database.prepare(
    `UPDATE documents SET type = ?, version = ?, dueAt = ?, expiresAt = ?, body = ?
     WHERE ${place} AND version = ? AND ${alive}`,
  );
  const remove = database.prepare(`DELETE FROM documents WHERE ${place}`);
  const list = database.prepare(
    `SELECT body, version FROM documents
     WHERE collection = ? AND partition = ? AND (?3 IS NULL OR type = ?3) AND (expiresAt IS NULL OR expiresAt > ?4)
     ORDER BY id`,
  );
  const due = database.prepare(
    `SELECT body, version FROM documents WHERE collection = ? AND dueAt <= ? AND ${alive}
     ORDER BY dueAt, partition, id LIMIT ?`,
  );
  const sweep = database.prepare(
    `DELETE FROM documents WHERE rowid IN (SELECT rowid FROM documents WHERE expiresAt <= ? LIMIT ${sweepAtMost})`,
  );
  let sweptAt = Number.NEGATIVE_INFINITY;

  function sweepNowAndThen(): void {
    if (now() - sweptAt < sweepEvery) return;
    const { changes } = sweep.run(now());
    // A full batch means that more is waiting: the next call goes on.
    if (changes < sweepAtMost) sweptAt = now();
    // Until the log is folded in, it still holds what was deleted.
    if (changes > 0) database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  function written(changes: number | bigint, version: string, what: string): string {
    if (changes === 1) return version;
    throw new PolkuError('conflict', what);
  }

  return {
    async get<D extends Document>({ collection, partition, id }: DocumentRef) {
      checkId(id);
      checkPartition(partition);
      const row = answering(() => get.get(collection, partition, id, now()));
      return row && toRead<D>(row);
    },
    async create(collection: Collection, document: Document) {
      const body = encodeDocument(document);
      const { partition, id, type, dueAt = null, expiresAt = null } = document;
      const version = newVersion();
      const run = () => create.run(collection, partition, id, type, version, dueAt, expiresAt, body, now());
      const { changes } = await commit.write(() => answering(run));
      return written(changes, version, 'The id is taken');
    },
    async replace(collection: Collection, document: Document, version: string) {
      const body = encodeDocument(document);
      const { partition, id, type, dueAt = null, expiresAt = null } = document;
      const next = newVersion();
      const run = () => replace.run(type, next, dueAt, expiresAt, body, collection, partition, id, version, now());
      const { changes } = await commit.write(() => answering(run));
      return written(changes, next, 'The document has changed or is gone');
    },
    async delete({ collection, partition, id }: DocumentRef) {
      checkId(id);
      checkPartition(partition);
      await commit.write(() => answering(() => remove.run(collection, partition, id)));
    },
    async list<D extends Document>(collection: Collection, partition: string, type?: string) {
      checkPartition(partition);
      return answering(() => list.all(collection, partition, type ?? null, now())).map((row) => toRead<D>(row));
    },
    async due(collection: Collection, until: number, limit: number) {
      return answering(() => {
        sweepNowAndThen();
        return due.all(collection, until, now(), limit).map((row) => toRead(row));
      });
    },
    async ping() {
      answering(() => database.prepare('SELECT 1 FROM documents LIMIT 1').get());
    },
    async close() {
      if (!database.isOpen) return;
      commit.flush();
      database.close();
    },
  };
}
