import type { IncomingMessage } from 'node:http';
import { type Incoming, incomingSchema } from '../../bot/activity.ts';
import { PolkuError } from '../../errors.ts';
import { parseBody, readJson } from '../../http/read-json.ts';
import { uploadRefused } from './refusals.ts';

const deepest = 20;

/**
 * Reads an activity that a client sends. Who it is from is not read: the token tells. Throws `badRequest`,
 * `tooLarge`, and `uploadRefused` for files, which would otherwise be lost without a word.
 */
export async function readIncoming(request: IncomingMessage): Promise<Incoming> {
  const body = await readJson(request);
  if (hasFiles(body)) throw uploadRefused();
  const incoming = parseBody(incomingSchema, body);
  return incoming.value === undefined ? incoming : { ...incoming, value: plain(incoming.value, 0) };
}

function hasFiles(body: unknown): boolean {
  const files = (body as { attachments?: unknown } | null)?.attachments;
  return Array.isArray(files) && files.length > 0;
}

// `value` has no schema yet: without names that reach a prototype, and not so deep that writing it would overflow.
function plain(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth === deepest) throw new PolkuError('badRequest', `The value of an activity may be ${deepest} levels deep.`);
  if (Array.isArray(value)) return value.map((one) => plain(one, depth + 1));
  const safe = Object.entries(value).filter(([name]) => !['__proto__', 'constructor', 'prototype'].includes(name));
  return Object.fromEntries(safe.map(([name, one]) => [name, plain(one, depth + 1)]));
}
