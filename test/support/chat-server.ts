import { randomBytes } from 'node:crypto';
import { createServer as createPlainServer, type Server as PlainServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import type { Conversations } from '../../src/bot/conversations.ts';
import {
  createDirectLine,
  type DirectLine,
  type DirectLineOptions,
} from '../../src/channels/directline/direct-line.ts';
import { makeOrigins } from '../../src/http/origins.ts';
import { createServer, type PolkuServer } from '../../src/http/server.ts';
import { loadMunicipality } from '../../src/municipalities/load.ts';
import { pages } from '../../src/web/pages.ts';

/** The real server with the real pages over staged conversations; it can be stopped and started again on its port. */
export class ChatServer {
  readonly conversations: Conversations;
  readonly municipality = loadMunicipality('deploy/municipalities', 'porvoo');
  /** Added to the clock of the server, in milliseconds. */
  later = 0;
  url = '';
  production = false;
  origins: string[] = [];
  line: Partial<DirectLineOptions> = {};
  /** Folder of the locale files, when not the product's own. */
  locales?: string;
  readonly #secret = randomBytes(32);
  #server?: PolkuServer;
  #directLine?: DirectLine;
  #port = 0;

  constructor(conversations: Conversations) {
    this.conversations = conversations;
  }

  /** Starts on a free port, or on the one it had. */
  async start(): Promise<this> {
    const origins = makeOrigins({ pages: this.origins, host: '127.0.0.1' });
    const directLine = createDirectLine({
      conversations: this.conversations,
      origins,
      signingSecret: this.#secret,
      coaches: this.municipality.coaches.map(({ id }) => id),
      now: () => Date.now() + this.later,
      randomId: () => randomBytes(18).toString('base64url'),
      ...this.line,
    });
    this.#server = createServer({
      production: this.production,
      origins,
      log: pino({ level: 'silent' }),
      ready: async () => {},
      routes: [
        directLine.routes,
        pages({ municipalities: [this.municipality], demo: !this.production, locales: this.locales }),
      ],
      upgrade: directLine.upgrade,
    });
    const { port } = await this.#server.listen(this.#port, '127.0.0.1');
    this.#port = port;
    this.#directLine = directLine;
    this.url = `http://127.0.0.1:${port}`;
    return this;
  }

  async stop(): Promise<void> {
    this.#directLine?.close();
    await this.#server?.close();
  }

  /** Closes every open WebSocket, as a network does. */
  drop(): void {
    this.#directLine?.close();
  }
}

/** A page of another origin than the chat's: the city's own site, with the headers it likes. */
export async function cityServer(page: () => string, headers: Record<string, string> = {}) {
  const server: PlainServer = createPlainServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...headers });
    response.end(page());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
