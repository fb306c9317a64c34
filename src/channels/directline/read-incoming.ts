import type { IncomingMessage } from 'node:http';
import { type Incoming, incomingSchema } from '../../bot/activity.ts';
import { parseBody, readJson } from '../../http/read-json.ts';
import { plainValue } from '../plain-value.ts';
import { uploadRefused } from './refusals.ts';

/**
 * Reads an activity that a client sends. Who it is from is not read: the token tells. Throws `badRequest`,
 * `tooLarge`, and `uploadRefused` for files, which would otherwise be lost without a word.
 */
export async function readIncoming(request: IncomingMessage): Promise<Incoming> {
  const body = await readJson(request);
  if (hasFiles(body)) throw uploadRefused();
  const incoming = parseBody(incomingSchema, body);
  return incoming.value === undefined ? incoming : { ...incoming, value: plainValue(incoming.value) };
}

function hasFiles(body: unknown): boolean {
  const files = (body as { attachments?: unknown } | null)?.attachments;
  return Array.isArray(files) && files.length > 0;
}
