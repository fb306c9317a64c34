import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import type { z } from 'zod';
import { PolkuError } from '../errors.ts';

/** The largest body in bytes, as sent and as unpacked, unless a route takes more. */
export const bodyLimit = 64 * 1024;
// A client that sends a bit too much shall read its answer; one that sends on and on is cut off.
const drain = 16;
const bodies = new WeakMap<IncomingMessage, Promise<string>>();
const unpackers = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/**
 * Reads a body as JSON; an empty body is `{}`. Throws `tooLarge` before more than the limit is kept, `badRequest` when it
 * is not JSON. The caller's schema decides which fields exist.
 */
export async function readJson(request: IncomingMessage, limit = bodyLimit): Promise<unknown> {
  const text = await readText(request, limit);
  if (!text.trim()) return {};
  try {
    return traps.test(text) ? JSON.parse(text, withoutTraps) : JSON.parse(text);
  } catch {
    throw new PolkuError('badRequest', 'The body is not valid JSON.');
  }
}

/** Names by which a value is turned into another, or a prototype is reached: comparing what holds them would throw. */
const trapNames = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'toJSON'];
/** Where one may be, in plain letters or written by codes; every other text is parsed several times faster without looking. */
const traps = new RegExp(`${trapNames.join('|')}|\\\\u`);

function withoutTraps(name: string, value: unknown): unknown {
  return trapNames.includes(name) ? undefined : value;
}

/**
 * Reads a body as text, unpacked; who reads it after another gets the same. Throws `tooLarge` before more than the limit is
 * kept, `badRequest` when it breaks off.
 */
export function readText(request: IncomingMessage, limit = bodyLimit): Promise<string> {
  const reading = bodies.get(request) ?? readOnce(request, limit);
  bodies.set(request, reading);
  return reading;
}

async function readOnce(request: IncomingMessage, limit: number): Promise<string> {
  const encoding = request.headers['content-encoding'] || 'identity';
  const body = await collect(request, limit);
  return (encoding === 'identity' ? body : await unpack(body, encoding, limit)).toString('utf8');
}

/** Reads a body and parses it; throws as `readJson` and `parseBody` do. */
export async function readBody<T>(schema: z.ZodType<T>, request: IncomingMessage): Promise<T> {
  return parseBody(schema, await readJson(request));
}

/** Parses a body; throws `badRequest` that names the wrong fields and never repeats what was sent. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole body');
  throw new PolkuError('badRequest', `The body is not as it should be; wrong: ${places.join(', ')}.`);
}

function collect(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else if (size > drain * limit) request.destroy();
      else reject(tooLarge(limit));
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    const broken = () => {
      if (!request.complete) reject(new PolkuError('badRequest', 'The body broke off.'));
    };
    request.once('error', broken);
    request.once('close', broken);
    if (Number(request.headers['content-length']) > limit) reject(tooLarge(limit));
  });
}

async function unpack(body: Buffer, encoding: string, limit: number): Promise<Buffer> {
  const unpacker = unpackers[encoding.toLowerCase() as keyof typeof unpackers];
  if (!unpacker) throw new PolkuError('badRequest', 'Send the body plain or packed with gzip, deflate or br.');
  try {
    return await unpacker(body, { maxOutputLength: limit });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(limit);
    throw new PolkuError('badRequest', 'The packed body cannot be read.');
  }
}

function tooLarge(limit: number): PolkuError {
  return new PolkuError('tooLarge', `The body may be at most ${limit} bytes.`);
}
