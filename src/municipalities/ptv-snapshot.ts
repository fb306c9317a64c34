import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { barriers, intakeTopics, tongues } from '../domain/clients/intake.ts';
import { splitObjects } from './json-objects.ts';
import { type Problem, placeOf } from './problem.ts';

/** Where a pack keeps what was imported from the Suomi.fi Service Catalogue (PTV). */
export const snapshotFile = 'ptv.json';

const texts = z.record(z.string(), z.string());

/** A service of the catalogue as the pack keeps it: what is missing there is missing here. */
export const ptvRecord = z.object({
  ptvId: z.string(),
  /** Texts by language; of those that the catalogue has. */
  name: texts,
  summary: texts.optional(),
  description: texts.optional(),
  /** What to do to get the service. */
  instructions: texts.optional(),
  requirements: texts.optional(),
  charge: z.enum(['free', 'charged']).optional(),
  languages: z.array(z.string()),
  provider: z.string().optional(),
  /** Municipality codes; empty when the service is nationwide or the catalogue does not tell. */
  municipalities: z.array(z.string()),
  /** Codes of service classes and of target groups, such as P10.1 and KR1.1. */
  classes: z.array(z.string()),
  targetGroups: z.array(z.string()),
  needs: z.array(z.enum([...intakeTopics, ...barriers])),
  keywords: z.record(z.string(), z.array(z.string())),
  channels: z.array(
    z.object({
      name: z.string(),
      phone: z.string().optional(),
      email: z.string().optional(),
      web: z.string().optional(),
    }),
  ),
  /** ISO date. */
  modified: z.string().optional(),
});
export type PtvRecord = z.infer<typeof ptvRecord>;

const free = { fi: 'Maksuton', sv: 'Avgiftsfri', en: 'Free' };

/** What the catalogue knows of a service, in the words of `services.json`. */
function fromRecord(record: PtvRecord): Record<string, unknown> {
  const { name, summary = {}, provider, needs, languages, charge, channels } = record;
  const first = (part: 'phone' | 'email' | 'web') => channels.find((channel) => channel[part] !== undefined)?.[part];
  const contact = { phone: first('phone'), email: first('email'), web: first('web') };
  return {
    name,
    summary,
    ...(provider !== undefined && { provider }),
    ...(needs.length > 0 && { needs }),
    languages: languages.filter((language) => (tongues as readonly string[]).includes(language)),
    contact: Object.fromEntries(Object.entries(contact).filter(([, value]) => value !== undefined)),
    ...(charge === 'free' && { price: free }),
    when: {},
  };
}

/** Texts and contacts are completed part by part; everything else of the overlay stands as a whole. */
function over(base: Record<string, unknown>, overlay: Record<string, unknown>): Record<string, unknown> {
  const both = { ...base, ...overlay };
  for (const part of ['name', 'summary', 'price', 'contact']) {
    if (isObject(base[part]) && isObject(overlay[part])) both[part] = { ...base[part], ...overlay[part] };
  }
  return both;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/**
 * Entries of `services.json` as they stand with the snapshot of the folder under them: an entry that names a `ptvId` needs
 * to say only what the catalogue does not, such as for whom, where to send referrals and how many places are left.
 */
export function completeServices(file: string, raw: unknown, folder: string, problems: Problem[]): unknown {
  const path = join(folder, snapshotFile);
  if (!Array.isArray(raw) || !existsSync(path)) return raw;
  const ids = new Set(raw.flatMap((entry) => idOf(entry) ?? []));
  if (ids.size === 0) return raw;
  const records = readRecords(path, ids, problems);
  if (!records) return raw;
  return raw.map((entry: unknown, index) => {
    const id = idOf(entry);
    if (id === undefined) return entry;
    const record = records.get(id);
    if (record) return over(fromRecord(record), entry as Record<string, unknown>);
    problems.push({
      file,
      place: placeOf([index, 'ptvId'], raw),
      what: `there is no such service in ${snapshotFile}`,
      repair: 'correct the id, import the catalogue anew, or take "ptvId" away and write the whole entry',
    });
    return entry;
  });
}

function idOf(entry: unknown): string | undefined {
  return isObject(entry) && typeof entry.ptvId === 'string' ? entry.ptvId.toLowerCase() : undefined;
}

/** The records with these ids, or undefined when the file is damaged, which is told. */
function readRecords(path: string, ids: Set<string>, problems: Problem[]): Map<string, PtvRecord> | undefined {
  try {
    return new Map([...recordsOf(path, ids)].map((record) => [record.ptvId, record]));
  } catch (error) {
    const what =
      error instanceof z.ZodError ? `it is no snapshot: ${z.prettifyError(error)}` : (error as Error).message;
    problems.push({ file: snapshotFile, place: '', what, repair: 'put the last good one back, or import it anew' });
    return undefined;
  }
}

/**
 * Reads the records of a snapshot, or those with the ids. A snapshot may be large, so that they are read one by one and
 * the others passed over. Throws when the file is damaged.
 */
export function* recordsOf(path: string, ids?: ReadonlySet<string>): Generator<PtvRecord> {
  const splitter = splitObjects('services');
  const piece = Buffer.alloc(1 << 18);
  const file = openSync(path, 'r');
  try {
    for (let size = readSync(file, piece); size > 0; size = readSync(file, piece)) {
      for (const { text } of splitter.push(piece.subarray(0, size))) {
        const id = /"ptvId": "([^"]+)"/.exec(text)?.[1];
        if (!ids || (id !== undefined && ids.has(id))) yield ptvRecord.parse(JSON.parse(text));
      }
    }
    splitter.end();
  } finally {
    closeSync(file);
  }
}
