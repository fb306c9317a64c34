import { join } from 'node:path';
import type { Documents } from '../domain/documents.ts';
import type { CosmosOptions } from './cosmos.ts';
import type { CosmosAccount } from './cosmos-connection.ts';
import { openSqlite } from './sqlite.ts';

/** Which store to open; one in memory ends with the process. */
export type StoreChoice = { kind: 'sqlite'; inMemory?: true } | ({ kind: 'cosmos' } & CosmosAccount);

/** What the stores take from outside; each uses what it needs. */
export interface StorageOptions extends Pick<CosmosOptions, 'now' | 'onCharge'> {
  /** The folder of the embedded store's file. */
  dataDir: string;
}

/** Opens the store that was chosen; throws `badSetting` or `storeUnavailable`, saying what to do. */
export async function openDocuments(choice: StoreChoice, options: StorageOptions): Promise<Documents> {
  const { dataDir, ...rest } = options;
  if (choice.kind === 'cosmos') {
    // Loaded only where it is used.
    const { openCosmos } = await import('./cosmos.ts');
    return openCosmos({ ...choice, ...rest });
  }
  return openSqlite(choice.inMemory ? ':memory:' : join(dataDir, 'polku.db'), rest);
}
