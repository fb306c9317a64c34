import { isServiceUrl } from './service-url.ts';

/** What became of one send: `ambiguous` means that nobody knows whether it arrived. */
export type SendOutcome =
  | { is: 'sent'; id?: string }
  | { is: 'refused'; status: number }
  | { is: 'throttled'; retryAfter?: number }
  | { is: 'ambiguous' };

/** Sends activities to the service of a channel. */
export interface Connector {
  send(to: { serviceUrl: string; conversation: string }, activity: object): Promise<SendOutcome>;
}

/** Parts of the connector. */
export interface ConnectorOptions {
  auth: 'azure' | 'none';
  /** Our own token for the Bot Framework; absent without authentication. */
  token?: () => Promise<string>;
  /** The longest one send may take, in milliseconds. */
  timeout?: number;
}

/**
 * One request for each activity, over connections that stay open. Not the SDK's client: that one sends up to four times
 * when an answer is lost, never gives up on a silent service, and follows redirects with our token.
 */
export function createConnector({ auth, token, timeout = 5_000 }: ConnectorOptions): Connector {
  return {
    async send({ serviceUrl, conversation }, activity) {
      // The gate has looked already; this is the last place before a connection is made.
      if (!isServiceUrl(serviceUrl, auth)) return { is: 'refused', status: 0 };
      const base = serviceUrl.endsWith('/') ? serviceUrl : `${serviceUrl}/`;
      const bearer = await token?.().catch(() => undefined);
      if (token && bearer === undefined) return { is: 'refused', status: 401 };
      try {
        const response = await fetch(`${base}v3/conversations/${encodeURIComponent(conversation)}/activities`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', ...(bearer && { Authorization: `Bearer ${bearer}` }) },
          body: JSON.stringify(activity),
          redirect: 'manual',
          signal: AbortSignal.timeout(timeout),
        });
        return await outcomeOf(response);
      } catch {
        return { is: 'ambiguous' };
      }
    },
  };
}

async function outcomeOf(response: Response): Promise<SendOutcome> {
  const { status } = response;
  const text = await response.text();
  if (response.ok) return { is: 'sent', id: idIn(text) };
  const wait = Number(response.headers.get('retry-after'));
  if (status === 429) return { is: 'throttled', ...(wait > 0 && { retryAfter: wait }) };
  return status >= 500 || status === 408 ? { is: 'ambiguous' } : { is: 'refused', status };
}

function idIn(text: string): string | undefined {
  try {
    const { id } = JSON.parse(text) as { id?: unknown };
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}
