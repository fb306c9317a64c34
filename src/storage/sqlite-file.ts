import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PolkuError } from '../errors.ts';

const schemaVersion = 1;

const schema = `
  CREATE TABLE IF NOT EXISTS documents (
    collection TEXT NOT NULL,
    partition TEXT NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    version TEXT NOT NULL,
    dueAt INTEGER,
    expiresAt INTEGER,
    body TEXT NOT NULL,
    PRIMARY KEY (collection, partition, id)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS documents_due ON documents (collection, dueAt, partition, id) WHERE dueAt IS NOT NULL;
  CREATE INDEX IF NOT EXISTS documents_expiry ON documents (expiresAt) WHERE expiresAt IS NOT NULL;
  PRAGMA user_version = ${schemaVersion};
`;

/** SQLite's result code of an error of `node:sqlite`; undefined for anything else. */
function resultCode(error: unknown): number | undefined {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  // The low byte is the class of an extended code.
  return typeof code === 'number' ? code & 0xff : undefined;
}

const busy = 5;
const corrupt = 11;
const notADatabase = 26;

/** Runs one call of SQLite; its failures become `storeUnavailable`, and a bug stays what it is. */
export function answering<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    const closed = error instanceof Error && 'code' in error && error.code === 'ERR_INVALID_STATE';
    if (resultCode(error) === undefined && !closed) throw error;
    const reason = error instanceof Error ? error.message : 'unknown';
    throw new PolkuError('storeUnavailable', `SQLite: ${reason}`, { result: resultCode(error) }, error);
  }
}

function makeReachable(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    // Made by us rather than by SQLite, because it holds personal data: nobody else on the machine reads it.
    closeSync(openSync(file, 'a', 0o600));
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown';
    const repair = 'Set DATA_DIR to a folder that this user may write to, or give the right to write there.';
    throw new PolkuError(
      'badSetting',
      `The database ${file} cannot be written (${reason}). ${repair}`,
      { file },
      error,
    );
  }
}

function prepareFile(database: DatabaseSync, file: string): void {
  // SQLite does not wait for a lock while the journal mode changes, so the loser of a first start tries again.
  for (let attempt = 1; ; attempt++) {
    try {
      database.exec('PRAGMA journal_mode = WAL');
      break;
    } catch (error) {
      if (resultCode(error) !== busy || attempt === 100) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
  // What is deleted is overwritten with zeros: an erased person is not left in free pages.
  database.exec('PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
  if (version > schemaVersion) {
    const repair = 'Run that version, or set DATA_DIR to another folder.';
    throw new PolkuError('badSetting', `The database ${file} was made by a later version of Polku. ${repair}`, {
      file,
    });
  }
  if (version < schemaVersion) database.exec(`BEGIN IMMEDIATE; ${schema} COMMIT`);
}

/**
 * Opens the database with its table, making what is missing; several processes may have it open.
 * Throws `badSetting` when the place cannot be written or the file is not ours, `storeUnavailable` for the rest.
 */
export function openSqliteFile(file: string): DatabaseSync {
  if (file !== ':memory:') makeReachable(file);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: 5000 });
    prepareFile(database, file);
    return database;
  } catch (error) {
    database?.close();
    const result = resultCode(error);
    if (result === corrupt || result === notADatabase) {
      const repair = 'Restore it from a backup, or move it away to begin with an empty one.';
      throw new PolkuError(
        'badSetting',
        `The database ${file} is damaged or no SQLite file. ${repair}`,
        { file },
        error,
      );
    }
    return answering(() => {
      throw error;
    });
  }
}
