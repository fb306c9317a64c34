import type { Document } from '../domain/documents.ts';
import { PolkuError } from '../errors.ts';

/** The most bytes that a document may have as JSON; Cosmos DB ends at 2 MB with its own fields. */
export const maxDocumentBytes = 1_500_000;

const maxIdBytes = 255;

/** Throws `badRequest` for an id that some store could not keep or address. */
export function checkId(id: string): void {
  // `.` and `..` vanish when a URL is made; spaces at the ends, control characters and half a surrogate pair do not
  // survive one.
  const odd = /[/\\?#%\p{Cc}]|^\s|\s$/u.test(id) || id === '.' || id === '..';
  if (odd || id === '' || !id.isWellFormed() || Buffer.byteLength(id) > maxIdBytes) {
    throw new PolkuError(
      'badRequest',
      'A document id has 1-255 bytes, no / \\ ? # %, no control characters and no spaces at its ends',
    );
  }
}

/** Throws `badRequest` for a partition that some store could not keep. */
export function checkPartition(partition: string): void {
  if (partition === '' || !partition.isWellFormed() || Buffer.byteLength(partition) > maxIdBytes) {
    throw new PolkuError('badRequest', 'A partition has 1-255 bytes of well-formed text');
  }
}

function checkTime(name: 'dueAt' | 'expiresAt', time: number | undefined): void {
  if (time !== undefined && !Number.isSafeInteger(time)) {
    throw new PolkuError('badRequest', `${name} is epoch milliseconds, a whole number`);
  }
}

/** A document as JSON, checked by the rules that every store shares; throws `badRequest` or `documentTooLarge`. */
export function encodeDocument(document: Document): string {
  checkId(document.id);
  checkPartition(document.partition);
  checkTime('dueAt', document.dueAt);
  checkTime('expiresAt', document.expiresAt);
  const json = encode(document);
  // A character has three bytes at most: only what might be too large is counted.
  const bytes = json.length * 3 > maxDocumentBytes ? Buffer.byteLength(json) : 0;
  if (bytes > maxDocumentBytes) {
    throw new PolkuError('documentTooLarge', `A document of type ${document.type} has ${bytes} bytes`, {
      bytes,
      most: maxDocumentBytes,
    });
  }
  return json;
}

const encoded = new WeakMap<object, string>();

/**
 * As `JSON.stringify`, lists last, but a frozen member of a list is written once: the log of a conversation grows by one
 * entry a turn and was most of what every turn wrote anew.
 */
function encode(document: Document): string {
  const plain = { ...document } as Record<string, unknown>;
  let lists = '';
  for (const name in plain) {
    const value = plain[name];
    if (!Array.isArray(value)) continue;
    plain[name] = undefined;
    lists += `,${JSON.stringify(name)}:[${value.map(encodeMember).join(',')}]`;
  }
  return `${toJson(plain)!.slice(0, -1)}${lists}}`;
}

function encodeMember(member: unknown): string {
  const known = encoded.get(member as object);
  if (known !== undefined) return known;
  const text = toJson(member) ?? 'null';
  if (typeof member === 'object' && member !== null && Object.isFrozen(member)) encoded.set(member, text);
  return text;
}

const marks = /[\u2000-\u206f]/g;
const wide = /[^\0-\xff]/;

/**
 * JSON in which dashes and quotation marks stand as codes: one of them would make the whole text a wide one, which takes
 * twice the time to put together and to write.
 */
function toJson(value: unknown): string | undefined {
  const json = JSON.stringify(value);
  if (json === undefined || !wide.test(json)) return json;
  const text = json.replace(marks, (mark) => `\\u${mark.charCodeAt(0).toString(16)}`);
  // What is replaced in a wide text is a wide text still, until it is copied as a narrow one.
  return wide.test(text) ? text : Buffer.from(text, 'latin1').toString('latin1');
}
