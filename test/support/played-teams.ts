import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How one request is answered; `accept`: the message is in the chat though its sender does not hear so. */
export type Behaviour =
  | 'ok'
  | { status: number; retryAfter?: number; accept?: boolean }
  | { lost: 'hang' | 'reset'; accept?: boolean };

/** A request of the connector protocol. */
export interface Call {
  method: string;
  /** First part of the path: one address of the service among several. */
  base: string;
  conversation: string;
  kind: string;
  id: string;
}

/** A message as the coach sees it. */
export interface Seen {
  id: string;
  activity: Record<string, unknown>;
  updates: number;
}

/** Teams over HTTP: keeps what people would see in their chats, and fails as a test wants. */
export class PlayedTeams {
  readonly chats = new Map<string, Seen[]>();
  readonly people = new Map<string, { aadObjectId: string; userPrincipalName: string }>();
  readonly calls: Call[] = [];
  behave: (call: Call) => Behaviour = () => 'ok';
  origin = '';
  #server?: Server;
  #ids = 0;

  async start(): Promise<this> {
    this.#server = createServer((request, response) => void this.#answer(request, response));
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  /** The address of the service; it changes in Teams now and then. */
  url(base = 'emea'): string {
    return `${this.origin}/${base}/`;
  }

  /** What stands in a chat. */
  sees(conversation: string): Seen[] {
    return this.chats.get(conversation) ?? [];
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const part of request) text += part;
    const path = (request.url ?? '').split('/').slice(1).map(decodeURIComponent);
    const [base = '', , , conversation = '', kind = '', id = ''] = path;
    const call = { method: request.method ?? '', base, conversation, kind, id };
    this.calls.push(call);
    const behaviour = this.behave(call);
    const accepts = behaviour === 'ok' || behaviour.accept === true;
    const body = accepts ? this.#accept(call, text) : undefined;
    if (behaviour === 'ok') {
      response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(body ?? {}));
    } else if ('lost' in behaviour) {
      if (behaviour.lost === 'reset') request.socket.destroy();
    } else {
      const { status, retryAfter } = behaviour;
      response.writeHead(status, retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) });
      response.end('{}');
    }
  }

  #accept({ method, conversation, kind, id }: Call, text: string): object | undefined {
    if (kind === 'members') return this.people.get(id);
    const chat = this.sees(conversation);
    this.chats.set(conversation, chat);
    const activity = JSON.parse(text) as Record<string, unknown>;
    if (method === 'PUT') {
      const seen = chat.find((one) => one.id === id);
      if (!seen) return undefined;
      Object.assign(seen, { activity, updates: seen.updates + 1 });
      return { id };
    }
    this.#ids++;
    chat.push({ id: `m${this.#ids}`, activity, updates: 0 });
    return { id: `m${this.#ids}` };
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }
}
