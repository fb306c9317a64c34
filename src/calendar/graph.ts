import { createGraphToken, type GraphSettings } from './graph-token.ts';

/**
 * What became of a call: `missing`: there is no such thing (404, 410); `refused`: it will never be allowed; `again`: it did
 * nothing and may be tried later (`after` in seconds); `unsure`: nobody knows whether it was done.
 */
export type GraphAnswer =
  | { is: 'done'; body: unknown }
  | { is: 'missing' }
  | { is: 'refused'; status: number }
  | { is: 'again'; after?: number }
  | { is: 'unsure' };

/** One call of Microsoft Graph; `path` begins with a slash and comes after the version. */
export interface GraphCall {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  body?: object;
}

/** Calls Microsoft Graph with our token. */
export type Graph = (call: GraphCall) => Promise<GraphAnswer>;

/** What the calls of Graph work with. */
export interface GraphParts {
  settings: GraphSettings;
  /** Epoch milliseconds. */
  now: () => number;
  /** The longest one call may take, in milliseconds. */
  timeout?: number;
}

/**
 * Makes the calls of Graph: one request each, never repeated here but once with a fresh token when the old one is not taken.
 * Moments are asked for and told in UTC.
 */
export function createGraph({ settings, now, timeout = 5_000 }: GraphParts): Graph {
  const token = createGraphToken(settings, now, timeout);

  async function request({ method, path, body }: GraphCall, bearer: string): Promise<Response> {
    return fetch(`${settings.endpoint}/v1.0${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${bearer}`,
        Prefer: 'outlook.timezone="UTC"',
        ...(body && { 'Content-Type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeout),
    });
  }

  return async (call) => {
    for (const isLast of [false, true]) {
      const bearer = await token.get();
      if (bearer === undefined) return { is: 'again' };
      try {
        const response = await request(call, bearer);
        if (response.status !== 401) return await answerOf(response);
        await response.body?.cancel();
        token.forget(bearer);
        if (isLast) return { is: 'again' };
      } catch (error) {
        return neverConnected(error) ? { is: 'again' } : { is: 'unsure' };
      }
    }
    return { is: 'again' };
  };
}

async function answerOf(response: Response): Promise<GraphAnswer> {
  const { status } = response;
  if (response.ok) {
    const text = await response.text();
    return { is: 'done', body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  }
  await response.body?.cancel();
  const seconds = Number(response.headers.get('retry-after') ?? '');
  const after = seconds > 0 ? { after: seconds } : {};
  if (status === 404 || status === 410) return { is: 'missing' };
  // Somebody else was writing (409, 412, 423), or it is too much just now.
  if ([409, 412, 423, 429].includes(status)) return { is: 'again', ...after };
  if (status === 503 && seconds > 0) return { is: 'again', ...after };
  return status >= 500 || status === 408 ? { is: 'unsure' } : { is: 'refused', status };
}

/** Nothing left this machine: the only failure without an answer of which that is sure. */
function neverConnected(error: unknown): boolean {
  const code = (error as { cause?: { code?: unknown } }).cause?.code;
  return code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'UND_ERR_CONNECT_TIMEOUT';
}
