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

/** Sends JSON that no cache keeps. */
export function sendJson(response: Response, status: number, body: unknown, headers?: Record<string, string>): void {
  const text = JSON.stringify(body);
  response.sendRaw(status, text, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Length': String(Buffer.byteLength(text)),
    ...headers,
  });
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
