import { DateTime } from 'luxon';
import type { ClientAct } from '../../src/domain/clients/client.ts';
import type { Collection, Document, Documents } from '../../src/domain/documents.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { monday, porvoo } from './conversation.ts';

/** Something that a client does in Porvoo on a Monday morning, in a store of its own unless told otherwise. */
export function anAct(more: Partial<ClientAct> = {}): ClientAct {
  const now = DateTime.fromISO(monday, { zone: porvoo.zone });
  return {
    documents: openSqlite(':memory:', { now: () => now.toMillis() }),
    municipality: porvoo,
    client: 'client-1',
    language: 'fi',
    intent: 'intent-1',
    now,
    ...more,
  };
}

/** Every document of the clients and of the coaches' days, for tests that look for what must not be there. */
export async function everything(documents: Documents, clients: string[]): Promise<Document[]> {
  const places: [Collection, string][] = [
    ...[...clients, 'erasures'].map((partition): [Collection, string] => ['clients', partition]),
    ...porvoo.coaches.map(({ id }): [Collection, string] => ['calendars', id]),
  ];
  const found = await Promise.all(places.map(([collection, partition]) => documents.list(collection, partition)));
  return found.flat().map(({ document }) => document);
}
