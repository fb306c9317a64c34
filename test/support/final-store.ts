import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Document } from '../../src/domain/documents.ts';
import type { StoreChoice } from '../../src/storage/index.ts';
import { plainClient } from './cosmos-server.ts';
import type { FinalStore } from './promises.ts';

const collections = ['clients', 'calendars', 'conversations', 'transcripts'] as const;

/** Reads everything that a store holds, past the storage port. */
export async function finalStore(choice: StoreChoice, dataDir: string, now: () => number): Promise<FinalStore> {
  const read = choice.kind === 'cosmos' ? fromCosmos(choice) : fromSqlite(join(dataDir, 'polku.db'));
  const all = new Map(await read);
  return { now, all: <D extends Document>(collection: string) => (all.get(collection) ?? []) as D[] };
}

async function fromSqlite(file: string): Promise<[string, Document[]][]> {
  const database = new DatabaseSync(file, { readOnly: true });
  const query = database.prepare('SELECT body FROM documents WHERE collection = ?');
  const all = collections.map((collection): [string, Document[]] => {
    return [collection, query.all(collection).map(({ body }) => JSON.parse(String(body)))];
  });
  database.close();
  return all;
}

async function fromCosmos(choice: StoreChoice & { kind: 'cosmos' }): Promise<[string, Document[]][]> {
  const client = plainClient(choice.endpoint, choice.key);
  const database = client.database(choice.database);
  const all: [string, Document[]][] = [];
  for (const collection of collections) {
    const { resources } = await database.container(collection).items.query('SELECT * FROM c').fetchAll();
    all.push([collection, resources.map(({ body }) => body)]);
  }
  client.dispose();
  return all;
}
