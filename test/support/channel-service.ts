import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a channel got from us. */
export interface Got {
  url: string;
  authorization?: string;
  activity: Record<string, unknown>;
}

/** The service of a channel over HTTP: keeps what it gets and answers as a test wants. */
export class ChannelService {
  readonly got: Got[] = [];
  /** Answers one request; the usual answer is 200 with an id. */
  answer: (response: ServerResponse) => void = (response) => response.end('{"id":"theirs"}');
  url = '';
  #server?: Server;

  async start(): Promise<this> {
    this.#server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const { authorization } = request.headers;
      this.got.push({ url: request.url ?? '', authorization, activity: JSON.parse(body || '{}') });
      this.answer(response);
    });
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/base`;
    return this;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }
}
