import { join } from 'node:path';
import type { Config } from './config.ts';
import type { Municipality } from './domain/municipalities/pack.ts';
import { createTranslator, type Translator } from './i18n/translator.ts';
import { loadMunicipalities } from './municipalities/load.ts';
import { root } from './root.ts';

/** What the files of the service hold; nobody changes it, so that apps of one process can share it. */
export interface Files {
  municipalities: Municipality[];
  /** By time zone. */
  translators: ReadonlyMap<string, Translator>;
}

/** Reads the packs of the cities that are served and the locales; throws `badPack` with the repair. */
export function readFiles({ municipalitiesDir, municipalities: slugs }: Config): Files {
  const municipalities = loadMunicipalities(municipalitiesDir, slugs);
  const locales = join(root, 'locales');
  const zones = [...new Set(municipalities.map(({ zone }) => zone))];
  return { municipalities, translators: new Map(zones.map((zone) => [zone, createTranslator(locales, zone)])) };
}
