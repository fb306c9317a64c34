import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGraph, type Graph } from '../../src/calendar/graph.ts';
import type { GraphSettings } from '../../src/calendar/graph-token.ts';
import type { Behaviour } from './played-teams.ts';

/** A call of Graph or of the token endpoint; `mailbox` is whose calendar it is about. */
export interface GraphCallSeen {
  method: string;
  kind: 'token' | 'schedule' | 'events';
  mailbox: string;
  id: string;
  body: Record<string, unknown>;
}

/** An event as Outlook keeps it. */
export interface PlayedEvent {
  id: string;
  subject: string;
  start: { dateTime: string; timeZone: string };
  end: { dateTime: string; timeZone: string };
  transactionId?: string;
  isOnlineMeeting?: boolean;
  onlineMeeting?: { joinUrl: string };
  singleValueExtendedProperties?: { id: string; value: string }[];
  [more: string]: unknown;
}

const app = { tenantId: '7e0f1a52-9f0e-4b57-8d0a-3f1c2b4d5e6f', clientId: '5f0c6f0e-3a1b-4a58-9c39-0d6f6f1c2b7a' };
const secret = 'a-secret-of-the-test';

/** Microsoft Graph over HTTP: tokens, free/busy and events of the mailboxes that a test makes, failing as it wants. */
export class PlayedGraph {
  /** Events by mailbox, then by id. */
  readonly mailboxes = new Map<string, Map<string, PlayedEvent>>();
  /** Times at which somebody is busy with something of their own, by mailbox. */
  readonly busy = new Map<string, { start: string; end: string; status: string }[]>();
  readonly calls: GraphCallSeen[] = [];
  behave: (call: GraphCallSeen) => Behaviour = () => 'ok';
  origin = '';
  /** Seconds for which a token is good. */
  tokenLife = 3_600;
  readonly #tokens = new Set<string>();
  readonly #made = new Map<string, string>();
  #server?: Server;
  #ids = 0;

  constructor(mailboxes: string[]) {
    for (const name of mailboxes) this.mailboxes.set(name.toLowerCase(), new Map());
  }

  async start(): Promise<this> {
    this.#server = createServer((request, response) => void this.#answer(request, response));
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }

  get settings(): GraphSettings {
    return { ...app, clientSecret: secret, endpoint: this.origin, authority: this.origin };
  }

  /** Our client of it; calls wait `timeout` milliseconds of real time at most. */
  client(now: () => number, timeout = 2_000): Graph {
    return createGraph({ settings: this.settings, now, timeout });
  }

  eventsOf(mailbox: string): PlayedEvent[] {
    return [...(this.mailboxes.get(mailbox.toLowerCase())?.values() ?? [])];
  }

  /** No token that was given is good any more. */
  revoke(): void {
    this.#tokens.clear();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const part of request) text += part;
    const url = new URL(request.url ?? '', this.origin);
    const path = url.pathname.split('/').slice(1).map(decodeURIComponent);
    const isToken = path[1] === 'oauth2';
    const body = isToken ? Object.fromEntries(new URLSearchParams(text)) : text ? JSON.parse(text) : {};
    const call: GraphCallSeen = {
      method: request.method ?? '',
      kind: isToken ? 'token' : path[4] === 'getSchedule' ? 'schedule' : 'events',
      mailbox: (path[2] ?? '').toLowerCase(),
      id: path[4] ?? '',
      body,
    };
    this.calls.push(call);
    const behaviour = this.behave(call);
    const accepts = behaviour === 'ok' || behaviour.accept === true;
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    const done = accepts ? this.#do(call, url, token) : undefined;
    if (behaviour === 'ok') tell(response, done!.status, done!.body);
    else if ('lost' in behaviour) {
      if (behaviour.lost === 'reset') request.socket.destroy();
    } else {
      const { status, retryAfter } = behaviour;
      tell(response, status, {}, retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) });
    }
  }

  #do(call: GraphCallSeen, url: URL, token: string): { status: number; body?: unknown } {
    if (call.kind === 'token') return this.#giveToken(call.body);
    if (!this.#tokens.has(token)) return { status: 401 };
    const events = this.mailboxes.get(call.mailbox);
    if (!events) return { status: 404 };
    if (call.kind === 'schedule') return { status: 200, body: { value: this.#schedules(call.body) } };
    if (call.method === 'GET') return { status: 200, body: { value: found(events, url) } };
    if (call.method === 'POST') return this.#make(call, events);
    const event = events.get(call.id);
    if (!event) return { status: 404 };
    if (call.method === 'DELETE') return events.delete(call.id) ? { status: 204 } : { status: 404 };
    Object.assign(event, call.body);
    this.#meet(event);
    return { status: 200, body: event };
  }

  #giveToken({ client_id, client_secret, grant_type, scope }: Record<string, unknown>) {
    const isGood =
      client_id === app.clientId && client_secret === secret && grant_type === 'client_credentials' && scope !== '';
    if (!isGood) return { status: 401, body: { error: 'invalid_client' } };
    const token = `token-${++this.#ids}`;
    this.#tokens.add(token);
    return { status: 200, body: { token_type: 'Bearer', access_token: token, expires_in: this.tokenLife } };
  }

  /** The same transaction makes one event; one whose event was taken away since is refused. */
  #make({ mailbox, body }: GraphCallSeen, events: Map<string, PlayedEvent>): { status: number; body?: unknown } {
    const transaction = `${mailbox} ${String(body.transactionId)}`;
    const before = this.#made.get(transaction);
    if (before !== undefined) return events.has(before) ? { status: 201, body: events.get(before) } : { status: 409 };
    const event = { ...body, id: `AAMk-${++this.#ids}=` } as PlayedEvent;
    this.#meet(event);
    this.#made.set(transaction, event.id);
    events.set(event.id, event);
    return { status: 201, body: event };
  }

  #meet(event: PlayedEvent): void {
    if (event.isOnlineMeeting && !event.onlineMeeting)
      event.onlineMeeting = { joinUrl: `https://teams.microsoft.com/l/meetup-join/19%3ameeting_${++this.#ids}/0` };
  }

  #schedules({ schedules, startTime, endTime }: Record<string, unknown>) {
    const [from, to] = [startTime, endTime].map((one) => utc(one as PlayedEvent['start']));
    return (schedules as string[]).map((scheduleId) => {
      const events = this.mailboxes.get(scheduleId.toLowerCase());
      if (!events) return { scheduleId, error: { responseCode: 'ErrorMailRecipientNotFound' } };
      const own = (this.busy.get(scheduleId.toLowerCase()) ?? []).map(({ start, end, status }) => ({
        status,
        start: told(Date.parse(start)),
        end: told(Date.parse(end)),
      }));
      const booked = [...events.values()].map(({ start, end }) => ({ status: 'busy', start, end }));
      const scheduleItems = [...own, ...booked].filter(({ start, end }) => utc(start) < to! && from! < utc(end));
      return { scheduleId, availabilityView: '', scheduleItems };
    });
  }
}

function tell(response: ServerResponse, status: number, body?: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(body === undefined || status === 204 ? '' : JSON.stringify(body));
}

function found(events: Map<string, PlayedEvent>, url: URL): PlayedEvent[] {
  const wanted = /ep\/id eq '([^']+)' and ep\/value eq '([^']+)'/.exec(url.searchParams.get('$filter') ?? '');
  if (!wanted) throw new Error('only events with our own mark are looked for');
  const [, id, value] = wanted;
  return [...events.values()].filter(({ singleValueExtendedProperties: marks = [] }) =>
    marks.some((one) => one.id === id && one.value === value),
  );
}

function utc({ dateTime }: PlayedEvent['start']): number {
  return Date.parse(`${dateTime}Z`);
}

function told(moment: number): PlayedEvent['start'] {
  return { dateTime: `${new Date(moment).toISOString().slice(0, 19)}.0000000`, timeZone: 'UTC' };
}
