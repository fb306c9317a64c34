import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = new Map<string, ReadonlyMap<string, unknown>>();

/**
 * Every `<language>.json` of a folder by its language; `notes.json` is for translators. Read once for all who need them,
 * because they are long and stay as they are while the process runs; nobody may change them.
 */
export function readLocales(folder: string): ReadonlyMap<string, unknown> {
  const known = read.get(folder);
  if (known) return known;
  const files = readdirSync(folder).filter((file) => file.endsWith('.json') && file !== 'notes.json');
  const locales = new Map(
    files.map((file) => [
      file.slice(0, -'.json'.length),
      JSON.parse(readFileSync(join(folder, file), 'utf8')) as unknown,
    ]),
  );
  read.set(folder, locales);
  return locales;
}
