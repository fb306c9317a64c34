import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PolkuError } from '../errors.ts';
import type { StoreChoice } from './index.ts';

/** The settings that say where cities keep what is theirs. */
export interface PlaceSettings {
  municipalities: readonly string[];
  dataDir: string;
  store: StoreChoice;
}

/** Where one city keeps what is its own. */
export interface Place {
  /** Folder of its secrets, mails and letters, and of the embedded store. */
  dataDir: string;
  store: StoreChoice;
}

/**
 * The place of a city: each is the controller of its own personal data, so no two share a store. A city that is alone has
 * `DATA_DIR` itself and the database as it is named, several have a folder and a database each. Throws `badSetting` where
 * data of a city that was alone would be left behind.
 */
export function placeOf({ municipalities, dataDir, store }: PlaceSettings, slug: string): Place {
  const own = join(dataDir, slug);
  const isUsed = (folder: string) => existsSync(join(folder, 'token-secret')) || existsSync(join(folder, 'polku.db'));
  const isAlone = municipalities.length === 1;
  if (!isAlone && isUsed(dataDir)) {
    const files = 'polku.db*, token-secret, letter-key, mail and letters';
    const repair = `Stop the service and move ${files} to ${join(dataDir, '<that city>')}`;
    throw new PolkuError('badSetting', `DATA_DIR: ${dataDir} holds the data of one city that was alone. ${repair}.`);
  }
  const folder = isAlone && (isUsed(dataDir) || !isUsed(own)) ? dataDir : own;
  if (store.kind === 'sqlite') return { dataDir: folder, store };
  const names = store.database.split(',').map((name) => name.trim());
  const named = names.length > 1 ? names[municipalities.indexOf(slug)]! : names[0]!;
  const database = isAlone || names.length > 1 ? named : `${named}-${slug}`;
  return { dataDir: folder, store: { ...store, database } };
}
