import type { IncomingMessage } from 'node:http';
import { PolkuError } from '../errors.ts';
import { readText } from './read-json.ts';

/** Reads a body sent by a form of a page; throws `tooLarge` and `badRequest` as `readText` does, and for any other type. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') throw new PolkuError('badRequest', 'The body is not a form.');
  return new URLSearchParams(await readText(request));
}
