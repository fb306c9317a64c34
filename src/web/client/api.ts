import type { Activity } from '../../bot/activity.ts';

/** Longest wait for one answer of the server, in milliseconds; a slow line is asked again, which is safe. */
const patience = 20_000;

/**
 * What a conversation is reached with; `domain` is the Direct Line 3.0 address and `life` the token's, in milliseconds.
 * `streamUrl` opens the stream of a conversation that begins, within a minute.
 */
export interface Access {
  token: string;
  conversationId: string;
  userId: string;
  domain: string;
  life: number;
  streamUrl?: string;
}

/** Which conversation is asked for: a new one, the one of an earlier token, or a coach's inbox. */
export interface Wish {
  municipality?: string;
  language?: string;
  resume?: string;
  coach?: string;
}

/** What the person does, as Direct Line 3.0 takes it. */
export interface Outgoing {
  type: 'message' | 'event' | 'invoke';
  text?: string;
  name?: string;
  value?: unknown;
  locale?: string;
  channelData: { clientActivityID: string; flow?: string; question?: string };
}

/** A part of the log as Direct Line 3.0 gives it; `watermark` tells where the next part begins. */
export interface ActivitySet {
  activities: Activity[];
  watermark?: string;
}

/** An answer of the server other than success; `status` is that of HTTP and `code` the service's own word for the reason. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string | undefined;

  constructor(status: number, code?: string) {
    super(`the server answered ${status}`);
    this.status = status;
    this.code = code;
  }
}

declare global {
  /** An answer with a token, asked for by the launcher while the chat was loading. */
  var polkuToken: Promise<Response | undefined> | undefined;
}

async function ask(method: string, url: string, token?: string, body?: object, early?: Response): Promise<unknown> {
  const headers: Record<string, string> = {};
  // Without a token the request stays one that a browser sends at once, without asking the server first.
  if (token) Object.assign(headers, { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' });
  const init: RequestInit = {
    method,
    headers,
    body: body && JSON.stringify(body),
    credentials: 'omit',
    cache: 'no-store',
  };
  const response = early ?? (await fetch(url, { ...init, signal: AbortSignal.timeout(patience) }));
  const answer = await response.json().catch(() => undefined);
  if (!response.ok)
    throw new Refused(response.status, (answer as { error?: { code?: string } } | undefined)?.error?.code);
  return answer;
}

function conversation(access: Access): string {
  return `${access.domain}/conversations/${encodeURIComponent(access.conversationId)}`;
}

/** Asks the city's server for a token; throws `Refused` when it says no, `TypeError` when it cannot be reached. */
export async function askToken(base: string, wish: Wish): Promise<Access> {
  const early = wish.resume || wish.coach ? undefined : await globalThis.polkuToken;
  globalThis.polkuToken = undefined;
  const answer = (await ask('POST', new URL('api/token', base).href, undefined, wish, early)) as {
    token: string;
    conversationId: string;
    userId: string;
    domain?: string;
    expires_in: number;
    streamUrl?: string;
  };
  const { domain, expires_in, ...access } = answer;
  return { ...access, domain: new URL(domain ?? 'v3/directline', base).href, life: expires_in * 1000 };
}

/** Renews a token that is still valid. */
export async function refresh(access: Access): Promise<Access> {
  const answer = (await ask('POST', `${access.domain}/tokens/refresh`, access.token)) as {
    token: string;
    expires_in: number;
  };
  return { ...access, token: answer.token, life: answer.expires_in * 1000 };
}

/** The address of the stream of what is said after the watermark. */
export async function streamAddress(access: Access, watermark: string | undefined): Promise<string> {
  const answer = await (watermark === undefined
    ? ask('POST', `${access.domain}/conversations`, access.token)
    : ask('GET', `${conversation(access)}?watermark=${watermark}`, access.token));
  return (answer as { streamUrl: string }).streamUrl;
}

/** What was said after the watermark, or from the start. */
export async function activitiesSince(access: Access, watermark: string | undefined): Promise<ActivitySet> {
  const since = watermark === undefined ? '' : `?watermark=${watermark}`;
  return (await ask('GET', `${conversation(access)}/activities${since}`, access.token)) as ActivitySet;
}

/** Sends one activity; the server runs it once however often it is sent. */
export async function post(access: Access, outgoing: Outgoing): Promise<void> {
  await ask('POST', `${conversation(access)}/activities`, access.token, { ...outgoing, from: { id: access.userId } });
}
