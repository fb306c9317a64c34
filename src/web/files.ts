import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Request, Response } from 'restify';

/** A file of the web client as it is served; `name` holds a hash of its body unless it is short-lived. */
export interface WebFile {
  name: string;
  type: string;
  body: Buffer;
  /** Bodies already made smaller, by encoding. */
  encoded: Map<Encoding, Promise<Buffer>>;
}
type Encoding = 'br' | 'gzip';

/** Makes a file to be served. */
export function webFile(name: string, type: string, body: string | Uint8Array): WebFile {
  return { name, type, body: Buffer.from(body), encoded: new Map() };
}

const compress = {
  br: (body: Buffer) =>
    promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: body.byteLength } }),
  gzip: (body: Buffer) => promisify(gzip)(body, { level: 9 }),
};

/** The file's body in an encoding, made once. */
export function encode(file: WebFile, encoding: Encoding): Promise<Buffer> {
  const made = file.encoded.get(encoding) ?? compress[encoding](file.body);
  file.encoded.set(encoding, made);
  return made;
}

function encodingFor(request: Request): Encoding | undefined {
  const accepted = String(request.headers['accept-encoding'] ?? '');
  return (['br', 'gzip'] as const).find((encoding) =>
    new RegExp(`\\b${encoding}\\b(?!;q=0(\\.0*)?(,|$))`).test(accepted),
  );
}

/** How long a browser may keep an answer: for good (the name changes with the body), a few minutes, or not at all. */
export const caching = {
  forGood: 'public, max-age=31536000, immutable',
  briefly: 'public, max-age=300, stale-while-revalidate=600',
  never: 'no-cache',
};

/** Sends a file as small as the browser can read it. */
export async function sendFile(
  request: Request,
  response: Response,
  file: WebFile,
  cache: string,
  status = 200,
): Promise<void> {
  const encoding = encodingFor(request);
  const body = encoding ? await encode(file, encoding) : file.body;
  response.writeHead(status, {
    'Content-Type': file.type,
    'Content-Length': body.byteLength,
    'Cache-Control': cache,
    Vary: 'Accept-Encoding',
    ...(encoding && { 'Content-Encoding': encoding }),
    // Any city's page may load the client; what it may say to the server is another matter.
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  });
  response.end(body);
}
