import { randomBytes } from 'node:crypto';
import pino from 'pino';
import WebSocket from 'ws';
import { createDirectLine, type DirectLineOptions } from '../../src/channels/directline/direct-line.ts';
import { makeOrigins } from '../../src/http/origins.ts';
import { createServer, type PolkuServer } from '../../src/http/server.ts';
import { EchoConversations } from './echo-conversations.ts';

/** An answer of the server, its JSON parsed. */
export interface Answered {
  status: number;
  headers: Headers;
  body: Record<string, unknown> & { error?: { code: string; message: string } };
}

/** What `POST /api/token` gives. */
export interface Given {
  token: string;
  conversationId: string;
  userId: string;
  expires_in: number;
  domain: string;
  /** Of a new conversation. */
  streamUrl?: string;
}

type ServerOptions = Partial<DirectLineOptions> & { production?: boolean; publicUrl?: string; closeWithin?: number };

/** A page of the city that may use the chat. */
export const cityPage = 'https://www.city.example';

/** The real server and Direct Line over echoing conversations, with a clock that the test moves. */
export class DirectLineServer {
  readonly conversations = new EchoConversations();
  readonly log: string[] = [];
  readonly sockets: WebSocket[] = [];
  url = '';
  now = Date.now();
  storeAnswers = true;
  #server?: PolkuServer;
  #options: ServerOptions = {};
  #close = () => {};

  /** Starts on a free port. */
  async start(options: ServerOptions = {}): Promise<this> {
    // The same secret after a restart, as the file in DATA_DIR keeps it.
    this.#options = { signingSecret: randomBytes(32), ...options };
    const port = this.url ? Number(new URL(this.url).port) : 0;
    const origins = makeOrigins({ publicUrl: options.publicUrl, pages: [`${cityPage}/jobs`], host: '127.0.0.1' });
    const directLine = createDirectLine({
      conversations: this.conversations,
      origins,
      signingSecret: randomBytes(32),
      coaches: ['aino'],
      now: () => this.now,
      randomId: () => randomBytes(18).toString('base64url'),
      pollEvery: 20,
      ...this.#options,
    });
    this.#server = createServer({
      production: options.production ?? false,
      ...(options.closeWithin !== undefined && { closeWithin: options.closeWithin }),
      origins,
      log: pino({ level: 'debug' }, { write: (line: string) => this.log.push(line) }),
      ready: async () => {
        if (!this.storeAnswers) throw new Error('no store');
      },
      routes: [directLine.routes],
      upgrade: directLine.upgrade,
    });
    const listening = await this.#server.listen(port, '127.0.0.1');
    this.url = `http://127.0.0.1:${listening.port}`;
    this.#close = directLine.close;
    return this;
  }

  /** Stops the server and every socket. */
  async stop(): Promise<void> {
    this.#close();
    for (const socket of this.sockets) socket.terminate();
    await this.#server?.close();
  }

  /** Starts again on the same port, as a new process on the same data does. */
  restart(): Promise<this> {
    return this.start(this.#options);
  }

  /** Asks the server; a body that is no string is sent as JSON. */
  async ask(method: string, path: string, init: { token?: string; body?: unknown; headers?: object } = {}) {
    const response = await fetch(path.startsWith('http') ? path : this.url + path, {
      method,
      headers: {
        'Content-Type': 'application/json',
        ...(init.token && { Authorization: `Bearer ${init.token}` }),
        ...init.headers,
      },
      body: init.body === undefined || typeof init.body === 'string' ? init.body : JSON.stringify(init.body),
    });
    const text = await response.text();
    const body = text.startsWith('{') ? JSON.parse(text) : {};
    return { status: response.status, headers: response.headers, body } as Answered;
  }

  /** A token for a new conversation. */
  async token(wish: object = {}, headers: object = {}): Promise<Given> {
    const { status, body } = await this.ask('POST', '/api/token', { body: wish, headers });
    if (status !== 200) throw new Error(`no token: ${JSON.stringify(body)}`);
    return body as unknown as Given;
  }

  /** A started conversation, with the address of its stream. */
  async started(): Promise<Given & { streamUrl: string; path: string }> {
    const given = await this.token();
    const { body } = await this.ask('POST', '/v3/directline/conversations', { token: given.token, body: {} });
    const path = `/v3/directline/conversations/${given.conversationId}`;
    return { ...given, path, streamUrl: String(body.streamUrl) };
  }

  /** Opens a WebSocket; `said` gathers the texts as they come, `status` is that of a refusal. */
  async open(streamUrl: string, headers: Record<string, string> = {}) {
    const socket = new WebSocket(streamUrl, { headers });
    this.sockets.push(socket);
    const said: string[] = [];
    const sets: { activities: { type: string; text?: string }[]; watermark?: string }[] = [];
    socket.on('message', (data) => {
      const set = JSON.parse(String(data));
      sets.push(set);
      said.push(...set.activities.map((activity: { type: string; text?: string }) => activity.text ?? activity.type));
    });
    const status = await new Promise<number>((resolve, reject) => {
      socket.once('open', () => resolve(101));
      socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      socket.once('error', reject);
    });
    const closed = new Promise<number>((resolve) => socket.once('close', (code) => resolve(code)));
    return { socket, said, sets, status, closed };
  }
}

/** Waits until something is so; a test that waits in vain runs into mocha's own limit. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}
