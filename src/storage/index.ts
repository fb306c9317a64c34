import type { Documents } from '../domain/documents.ts';
import { openSqlite } from './sqlite.ts';

/** Which store to open and where; the part of the settings that storage reads. */
export type StorageSettings = { store: 'sqlite'; file: string; now: () => number };

/** Opens the store that the settings name; throws `badSetting` or `storeUnavailable`, saying what to do. */
export async function openDocuments(settings: StorageSettings): Promise<Documents> {
  return openSqlite(settings.file, { now: settings.now });
}
