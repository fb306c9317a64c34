import type { PtvRecord } from '../municipalities/ptv-snapshot.ts';
import { isNationwide, municipalitiesOf, toRecord } from './ptv-record.ts';
import { type PtvService, ptvService } from './ptv-service.ts';
import type { RawService } from './read-ptv.ts';

/** A record of the catalogue, folded small: of thousands the texts are many times as large as all the rest. */
export interface KeptRecord {
  ptvId: string;
  /** Name and id, for a person. */
  told: string;
  /** The record as JSON in UTF-8. */
  json: Buffer;
}

/** What an import is told. */
export interface ImportRequest {
  /** Codes of the municipalities of the pack. */
  municipalities: string[];
  /** PTV ids that `services.json` names: kept whatever their class. */
  named: ReadonlySet<string>;
  /** The records of the earlier import. */
  earlier: readonly KeptRecord[];
}

/** What came of an import; every list is by name, in order of id. */
export interface ImportReport {
  read: number;
  leftOut: { unpublished: number; elsewhere: number; otherMatters: number };
  /** What could not be read, a line each; the record of the earlier import stays. */
  problems: string[];
  added: string[];
  changed: string[];
  gone: string[];
}

/** Folds a record; the same record is always the same bytes. */
export function keep(record: PtvRecord): KeptRecord {
  const { ptvId, name } = record;
  const told = `${Object.values(name)[0] ?? 'without a name'} (${ptvId})`;
  return { ptvId, told, json: Buffer.from(JSON.stringify(record)) };
}

/**
 * Makes the records of a pack, in order of id: published services of its municipalities that are about work, what stands
 * in its way, or of no class at all, and those that the pack names. What cannot be read is told and stays as it was.
 */
export async function importPtv(
  services: AsyncIterable<RawService>,
  { municipalities, named, earlier }: ImportRequest,
): Promise<{ records: KeptRecord[]; report: ImportReport }> {
  const leftOut = { unpublished: 0, elsewhere: 0, otherMatters: 0 };
  const problems: string[] = [];
  const before = new Map(earlier.map((record) => [record.ptvId, record]));
  const after = new Map<string, KeptRecord>();
  let read = 0;
  for await (const { value, where } of services) {
    read++;
    const parsed = ptvService.safeParse(value);
    if (!parsed.success) {
      const { path, message } = parsed.error.issues[0]!;
      const id = (value as { id?: unknown } | null)?.id;
      problems.push(
        `${where}, service ${typeof id === 'string' ? id : 'without an id'}: ${path.join('.')}: ${message}`,
      );
      const known = before.get(String(id).toLowerCase());
      if (known) after.set(known.ptvId, known);
      continue;
    }
    const record = toRecord(parsed.data);
    const reason = leaveOut(parsed.data, record, municipalities, named);
    if (reason) leftOut[reason]++;
    else after.set(record.ptvId, keep(record));
  }
  const records = inOrder(after.values());
  return { records, report: { read, leftOut, problems, ...compare(before, after) } };
}

function leaveOut(service: PtvService, record: PtvRecord, municipalities: string[], named: ReadonlySet<string>) {
  if ((service.publishingStatus ?? 'Published') !== 'Published') return 'unpublished';
  const told = municipalitiesOf(service);
  const isHere = isNationwide(service) || told.length === 0 || told.some((code) => municipalities.includes(code));
  if (!isHere) return 'elsewhere';
  const { classes, needs, ptvId } = record;
  return classes.length > 0 && needs.length === 0 && !named.has(ptvId) ? 'otherMatters' : undefined;
}

function inOrder(records: Iterable<KeptRecord>): KeptRecord[] {
  return [...records].sort((one, other) => (one.ptvId < other.ptvId ? -1 : 1));
}

function compare(before: Map<string, KeptRecord>, after: Map<string, KeptRecord>) {
  const listed = (records: Map<string, KeptRecord>, isMeant: (record: KeptRecord) => boolean) =>
    inOrder([...records.values()].filter(isMeant)).map(({ told }) => told);
  return {
    added: listed(after, ({ ptvId }) => !before.has(ptvId)),
    changed: listed(after, ({ ptvId, json }) => before.get(ptvId)?.json.equals(json) === false),
    gone: listed(before, ({ ptvId }) => !after.has(ptvId)),
  };
}
