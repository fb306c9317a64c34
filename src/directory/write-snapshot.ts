import { closeSync, existsSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PolkuError } from '../errors.ts';
import { loadMunicipality } from '../municipalities/load.ts';
import { recordsOf, snapshotFile } from '../municipalities/ptv-snapshot.ts';
import { type ImportReport, importPtv, type KeptRecord, keep } from './import-ptv.ts';
import { readPtv } from './read-ptv.ts';

const listedAtMost = 20;

/** Which pack gets which services. */
export interface SnapshotRequest {
  source: string;
  /** Municipality codes. */
  municipalities: string[];
  /** Folder of the packs, and the name of the pack. */
  dir: string;
  slug: string;
  /** Between tries of an address, in milliseconds. */
  pause?: number;
}

/**
 * Imports the catalogue into the snapshot of the pack, whole or not at all, and tells in lines what changed and what the
 * pack still lacks. Throws `badRequest` when nothing can be read; then the snapshot stays as it was.
 */
export async function writeSnapshot(request: SnapshotRequest): Promise<string[]> {
  const { dir, slug } = request;
  // The records are let go before the pack is read.
  const told = await importInto(join(dir, slug, snapshotFile), request);
  return [...told, ...lacking(dir, slug)];
}

async function importInto(
  file: string,
  { source, municipalities, dir, slug, pause }: SnapshotRequest,
): Promise<string[]> {
  const earlier = existsSync(file) ? readEarlier(file) : [];
  const named = namedIn(join(dir, slug));
  const { records, report } = await importPtv(readPtv(source, pause), { municipalities, named, earlier });
  if (report.read === report.problems.length) {
    const why = report.problems[0] ?? 'there is no service in it';
    throw new PolkuError('badRequest', `${source} gave nothing to import: ${why}. ${file} stays as it was.`);
  }
  write(file, { source: nameOf(source), municipalities: [...municipalities].sort() }, records);
  return [...inWords(report, records.length), `Wrote ${file}.`];
}

/** Record by record: the whole as one text would need more room than all the rest. A reader sees the old or the new file. */
function write(file: string, head: Record<string, unknown>, records: KeptRecord[]): void {
  const folded = (value: unknown) => JSON.stringify(value, undefined, 2);
  const out = openSync(`${file}.new`, 'w');
  try {
    writeSync(out, `${folded(head).slice(0, -2)},\n  "services": [`);
    for (const [index, { json }] of records.entries()) {
      const text = folded(JSON.parse(json.toString())).replaceAll('\n', '\n    ');
      writeSync(out, `${index > 0 ? ',' : ''}\n    ${text}`);
    }
    writeSync(out, '\n  ]\n}\n');
  } finally {
    closeSync(out);
  }
  renameSync(`${file}.new`, file);
}

function readEarlier(file: string): KeptRecord[] {
  try {
    return Array.from(recordsOf(file), keep);
  } catch (error) {
    throw new PolkuError('badRequest', `${file} is damaged. Put the last good one back, or delete it.`, {}, error);
  }
}

/** Where it came from, without what differs from one run to another. */
function nameOf(source: string): string {
  return source.replace(/^(?!https?:).*[/\\]/i, '');
}

function namedIn(folder: string): Set<string> {
  const entries = z.array(z.looseObject({ ptvId: z.string().toLowerCase().optional() }));
  try {
    const services = entries.parse(JSON.parse(readFileSync(join(folder, 'services.json'), 'utf8')));
    return new Set(services.flatMap(({ ptvId }) => ptvId ?? []));
  } catch {
    // What is wrong with it is told when the pack is loaded.
    return new Set();
  }
}

function inWords({ read, leftOut, problems, added, changed, gone }: ImportReport, kept: number): string[] {
  const { unpublished, elsewhere, otherMatters } = leftOut;
  const left = `${unpublished} not published, ${elsewhere} elsewhere, ${otherMatters} about other matters`;
  const part = (mark: string, names: string[]) => [
    ...names.slice(0, listedAtMost).map((name) => `  ${mark} ${name}`),
    ...(names.length > listedAtMost ? [`  ${mark} and ${names.length - listedAtMost} more`] : []),
  ];
  return [
    `Read ${read} services, kept ${kept}. Left out: ${left}, ${problems.length} that could not be read.`,
    ...part('!', problems),
    `Against the earlier snapshot: ${added.length} new, ${changed.length} changed, ${gone.length} gone.`,
    ...part('+', added),
    ...part('~', changed),
    ...part('-', gone),
  ];
}

function lacking(dir: string, slug: string): string[] {
  try {
    loadMunicipality(dir, slug);
    return ['The pack is whole. Review the change and commit it.'];
  } catch (error) {
    if (error instanceof PolkuError) return ['The pack does not start like this:', error.message];
    throw error;
  }
}
