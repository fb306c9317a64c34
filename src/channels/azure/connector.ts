import { z } from 'zod';
import { PolkuError } from '../../errors.ts';
import { isServiceUrl } from './service-url.ts';

/**
 * What became of one call: `throttled` did nothing and may be tried later (`retryAfter` in seconds); `ambiguous` means that
 * nobody knows whether it arrived.
 */
export type SendOutcome =
  | { is: 'sent'; id?: string }
  | { is: 'refused'; status: number }
  | { is: 'throttled'; retryAfter?: number }
  | { is: 'ambiguous' };

/** Where a conversation of a channel is. */
export interface ChannelPlace {
  serviceUrl: string;
  conversation: string;
}

/** A person of a conversation as Teams knows them. */
export interface Member {
  aadObjectId?: string;
  /** The name they sign in with. */
  upn?: string;
}

/** Calls the service of a channel. */
export interface Connector {
  send(to: ChannelPlace, activity: object): Promise<SendOutcome>;
  /** Puts an activity in the place of one that was sent before. */
  update(to: ChannelPlace, id: string, activity: object): Promise<SendOutcome>;
  /** Undefined when the channel knows nobody; throws `storeUnavailable` when it does not answer. */
  member(of: ChannelPlace, user: string): Promise<Member | undefined>;
}

/** Parts of the connector. */
export interface ConnectorOptions {
  auth: 'azure' | 'none';
  /** Our own token for the Bot Framework; absent without authentication. */
  token?: () => Promise<string>;
  /** The longest one send may take, in milliseconds; 10 seconds unless told. */
  timeout?: number;
}

/** Teams writes the two names in two ways, depending on which of its services answers. */
const teamsMember = z.object({
  aadObjectId: z.string().optional(),
  objectId: z.string().optional(),
  userPrincipalName: z.string().optional(),
});

/**
 * One request for each activity, over connections that stay open. Not the SDK's client: that one sends up to four times
 * when an answer is lost, never gives up on a silent service, and follows redirects with our token.
 */
export function createConnector({ auth, token, timeout = 10_000 }: ConnectorOptions): Connector {
  /** Undefined without a token of ours or an address that is allowed: then there is no connection at all. */
  async function request(method: string, { serviceUrl, conversation }: ChannelPlace, rest: string, body?: object) {
    // The gate has looked already; this is the last place before a connection is made.
    if (!isServiceUrl(serviceUrl, auth)) return 'notAllowed' as const;
    const base = serviceUrl.endsWith('/') ? serviceUrl : `${serviceUrl}/`;
    const bearer = await token?.().catch(() => undefined);
    if (token && bearer === undefined) return 'noToken' as const;
    return fetch(`${base}v3/conversations/${encodeURIComponent(conversation)}/${rest}`, {
      method,
      headers: { 'Content-Type': 'application/json', ...(bearer && { Authorization: `Bearer ${bearer}` }) },
      ...(body && { body: JSON.stringify(body) }),
      redirect: 'manual',
      // Who somebody is, is asked before their turn, which has the rest of the time that the channel gives.
      signal: AbortSignal.timeout(method === 'GET' ? timeout / 2 : timeout),
    });
  }

  async function change(...call: Parameters<typeof request>): Promise<SendOutcome> {
    try {
      const response = await request(...call);
      if (response === 'notAllowed') return { is: 'refused', status: 0 };
      if (response === 'noToken') return { is: 'throttled' };
      return await outcomeOf(response);
    } catch (error) {
      return neverConnected(error) ? { is: 'throttled' } : { is: 'ambiguous' };
    }
  }

  return {
    send: (to, activity) => change('POST', to, 'activities', activity),
    update: (to, id, activity) => change('PUT', to, `activities/${encodeURIComponent(id)}`, activity),
    async member(of, user) {
      const silent = (cause?: unknown) => new PolkuError('storeUnavailable', 'The channel tells nobody', {}, cause);
      try {
        const response = await request('GET', of, `members/${encodeURIComponent(user)}`);
        if (response === 'notAllowed') return undefined;
        if (response === 'noToken') throw silent();
        if (!response.ok) await response.body?.cancel();
        if (response.status === 403 || response.status === 404) return undefined;
        if (!response.ok) throw silent();
        const { aadObjectId, objectId, userPrincipalName } = teamsMember.parse(await response.json());
        const id = aadObjectId ?? objectId;
        return { ...(id && { aadObjectId: id }), ...(userPrincipalName && { upn: userPrincipalName }) };
      } catch (error) {
        throw silent(error);
      }
    },
  };
}

/** Nothing left this machine: the only failure without an answer of which that is sure. */
function neverConnected(error: unknown): boolean {
  const code = (error as { cause?: { code?: unknown } }).cause?.code;
  return code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'UND_ERR_CONNECT_TIMEOUT';
}

async function outcomeOf(response: Response): Promise<SendOutcome> {
  const { status } = response;
  if (response.ok) return { is: 'sent', id: idIn(await response.text().catch(() => '')) };
  await response.body?.cancel().catch(() => undefined);
  if (status === 429) return { is: 'throttled', ...waitIn(response.headers.get('retry-after')) };
  // Two changes of one conversation met (412), or our token was not taken (401): the activity was not.
  if (status === 412 || status === 401) return { is: 'throttled' };
  return status >= 500 || status === 408 ? { is: 'ambiguous' } : { is: 'refused', status };
}

/** `Retry-After` in seconds; the form with a date is as good as none. */
function waitIn(header: string | null): { retryAfter?: number } {
  const seconds = Number(header ?? '');
  return seconds > 0 ? { retryAfter: seconds } : {};
}

function idIn(text: string): string | undefined {
  try {
    const { id } = JSON.parse(text) as { id?: unknown };
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}
