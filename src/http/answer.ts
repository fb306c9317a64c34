import type { ServerResponse } from 'node:http';
import type { Request, Response } from 'restify';
import { type ErrorCode, PolkuError } from '../errors.ts';

/** Refusals of the domain that are not here (a time is taken, too late) mean: not in the present state. */
const statuses: Partial<Record<ErrorCode, number>> = {
  storeUnavailable: 503,
  documentTooLarge: 413,
  notFound: 404,
  notYours: 403,
  badPack: 500,
  badSetting: 500,
  badRequest: 400,
  badToken: 401,
  wrongConversation: 403,
  wrongOrigin: 403,
  tooLarge: 413,
  tooMany: 429,
  // Not 403: Direct Line clients take that for an expired token.
  uploadRefused: 415,
  unexpected: 500,
};

/** What a caller is told of an error: the status and the body `{ error: { code, message } }`. */
export interface Refusal {
  status: number;
  body: { error: { code: string; message: string } };
  headers: Record<string, string>;
}

/** Turns any error into an answer; a bug is told as `unexpected`, without its words. */
export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof PolkuError)) return refusal(500, 'unexpected', 'Something went wrong here. Try again.');
  // Direct Line 3.0 tells a client by 403 and this code that its token was right but has run out.
  if (error.code === 'badToken' && error.details.expired) return refusal(403, 'TokenExpired', error.message);
  const wait = error.details.retryAfter;
  const headers = typeof wait === 'number' ? { 'Retry-After': String(wait) } : undefined;
  return refusal(statuses[error.code] ?? 409, error.code, error.message, headers);
}

function refusal(status: number, code: string, message: string, headers: Record<string, string> = {}): Refusal {
  return { status, body: { error: { code, message } }, headers };
}

function jsonHeaders(text: string): Record<string, string> {
  return {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Length': String(Buffer.byteLength(text)),
  };
}

/** Sends JSON that no cache keeps, as the end of a request that went well. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  const headers = jsonHeaders(text);
  response.statusCode = status;
  for (const name in headers) response.setHeader(name, headers[name]!);
  // Node's own and not restify's: the head and the body leave in one piece.
  response.end(text);
}

/** Sends a refusal. By restify: what it knows nothing of, it answers once more when the request has failed. */
export function sendRefusal(response: Response, { status, body, headers }: Refusal): void {
  const text = JSON.stringify(body);
  response.sendRaw(status, text, { ...jsonHeaders(text), ...headers });
}

/** Wraps a route: what it returns is sent as JSON with status 200 (`Answer` for another), what it throws as a refusal. */
export function answering(route: (request: Request) => Promise<unknown>) {
  return async (request: Request, response: Response): Promise<void> => {
    const answer = await route(request);
    if (answer instanceof Answer) sendJson(response, answer.status, answer.body);
    else sendJson(response, 200, answer);
  };
}

/** An answer whose status is not 200. */
export class Answer {
  readonly status: number;
  readonly body: unknown;

  constructor(status: number, body: unknown) {
    this.status = status;
    this.body = body;
  }
}
