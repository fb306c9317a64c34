import type { Document, Read } from '../domain/documents.ts';

/**
 * How a document lies in Cosmos DB: what queries need beside it, and the document whole in `body`, so that no field of
 * ours meets one of the store's.
 */
export interface CosmosItem {
  id: string;
  partition: string;
  type: string;
  dueAt?: number;
  expiresAt?: number;
  /** Seconds after the last write until the store deletes it. */
  ttl?: number;
  /** The last writes of this document by id of attempt, newest first, joined without a space. */
  attempts: string;
  body: Document;
}

/** An item as it was read: with its ETag. */
export interface StoredItem extends CosmosItem {
  _etag: string;
}

/** What a version of the port holds here; the attempts tell later what became of a write that nobody answered. */
export interface CosmosVersion {
  etag: string;
  expiresAt?: number;
  attempts: string;
}

/** Characters of an attempt id; unique among the few attempts that one document remembers. */
export const attemptLength = 8;

const stampLength = 2;
const markLength = attemptLength + stampLength;
const stamps = 64 ** stampLength;

// Long enough for whoever waits for an answer, on machines whose clocks differ a little.
const rememberedSeconds = 30;
const alwaysRemembered = 4;
const mostRemembered = 128;

const ttlSlackSeconds = 3600;
const longestTtlSeconds = 2_147_483_647;

/** Seconds, as two characters that start again every 68 minutes: only ages of seconds matter. */
function stampOf(now: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt16BE((Math.floor(now / 1000) % stamps) << 4);
  return bytes.toString('base64url').slice(0, stampLength);
}

function secondsSince(mark: string, now: number): number {
  const bytes = Buffer.from(`${mark.slice(attemptLength)}AA`, 'base64url');
  const stamped = bytes.readUInt16BE() >> 4;
  return (((Math.floor(now / 1000) - stamped) % stamps) + stamps) % stamps;
}

/** What is still worth remembering of the writes before this one: the last few, and all of the last seconds. */
function remembered(attempts: string, now: number): string {
  const marks = split(attempts).slice(0, mostRemembered - 1);
  return marks.filter((mark, n) => n < alwaysRemembered - 1 || secondsSince(mark, now) <= rememberedSeconds).join('');
}

/** Lays a document out for the store; `earlier` are the attempts of the version that it replaces. */
export function toItem(document: Document, attempt: string, earlier: string, now: number): CosmosItem {
  const { id, partition, type, dueAt, expiresAt } = document;
  const attempts = attempt + stampOf(now) + remembered(earlier, now);
  if (expiresAt === undefined) return { id, partition, type, dueAt, attempts, body: document };
  // The store only tidies up: until well after the end it is our clock that says what has expired.
  const seconds = Math.max(0, Math.ceil((expiresAt - now) / 1000)) + ttlSlackSeconds;
  const ttl = Math.min(seconds, longestTtlSeconds);
  return { id, partition, type, dueAt, expiresAt, ttl, attempts, body: document };
}

/** An item as JSON, from the JSON of its document. */
export function encodeItem({ body: _, ...beside }: CosmosItem, document: string): string {
  return `${JSON.stringify(beside).slice(0, -1)},"body":${document}}`;
}

/** Tells whether the end of a document or of a version has come. */
export function isExpired({ expiresAt }: { expiresAt?: number }, now: number): boolean {
  return expiresAt !== undefined && expiresAt <= now;
}

/** Writes a version as the opaque string of the port. */
export function writeVersion({ etag, expiresAt, attempts }: CosmosVersion): string {
  return `${etag} ${expiresAt ?? ''} ${attempts}`;
}

/** Reads a version back; undefined when it is not one of this store, which no document can have. */
export function readVersion(version: string): CosmosVersion | undefined {
  const [, etag, expiresAt, attempts] = /^(\S+) (-?\d*) (\S+)$/.exec(version) ?? [];
  if (etag === undefined || etag === '*' || attempts === undefined) return undefined;
  return { etag, expiresAt: expiresAt ? Number(expiresAt) : undefined, attempts };
}

/** The version of an item as it was read. */
export function versionOf(item: StoredItem): CosmosVersion {
  return { etag: item._etag, expiresAt: item.expiresAt, attempts: item.attempts };
}

/** The document and version of an item as it was read. */
export function toRead<D extends Document>(item: StoredItem): Read<D> {
  // The cast is the port's promise: a caller that needs proof parses what it reads.
  return { document: item.body as D, version: writeVersion(versionOf(item)) };
}

function split(attempts: string): string[] {
  return attempts.match(new RegExp(`.{${markLength}}`, 'g')) ?? [];
}

/** Tells whether this attempt is among the writes that the item remembers. */
export function wasWritten(item: CosmosItem, attempt: string): boolean {
  return split(item.attempts).some((mark) => mark.startsWith(attempt));
}

/**
 * The version of a write that was found by reading: the item's own, or, when others have written since, one that no
 * document has any more.
 */
export function versionWritten(item: StoredItem, attempt: string): CosmosVersion {
  return item.attempts.startsWith(attempt) ? versionOf(item) : { etag: 'overwritten', attempts: attempt };
}

/** Tells whether so much was written in the last seconds that the item has forgotten a part of it. */
export function mayHaveForgotten(item: CosmosItem): boolean {
  return split(item.attempts).length >= mostRemembered;
}

/**
 * What an item says of an attempt to replace `base` that got no clear answer: `written`; `open` (not yet, it may be tried
 * again); `lost` (others wrote, it never will be); `untold` (too much has happened to say).
 */
export function judgeReplace(
  item: StoredItem,
  base: CosmosVersion,
  attempt: string,
): 'written' | 'open' | 'lost' | 'untold' {
  if (wasWritten(item, attempt)) return 'written';
  if (item._etag === base.etag) return 'open';
  const [baseMark] = split(base.attempts);
  if (baseMark && split(item.attempts).includes(baseMark)) return 'lost';
  // A replica that lags behind has shown a state from before `base`.
  const [newest] = split(item.attempts);
  if (newest && split(base.attempts).includes(newest)) return 'open';
  return mayHaveForgotten(item) ? 'untold' : 'lost';
}
