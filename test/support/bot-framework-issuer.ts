import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT } from 'jose';

/** What a token of the Bot Framework says; a test leaves out or changes what it wants. */
export interface TokenParts {
  header?: Record<string, unknown>;
  payload?: Record<string, unknown>;
  key?: KeyObject | Uint8Array;
}

/** The issuer of the Bot Framework's tokens, with real keys: OpenID metadata and a key set over HTTP. */
export class BotFrameworkIssuer {
  readonly appId = '5f0c6f0e-3a1b-4a58-9c39-0d6f6f1c2b7a';
  readonly serviceUrl = 'https://smba.trafficmanager.net/emea/';
  readonly keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  readonly webchatKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  /** Requests for metadata and keys so far. */
  asked = 0;
  /** Answers nothing but errors while false. */
  answers = true;
  metadataUrl = '';
  #server?: Server;

  async start(): Promise<this> {
    this.#server = createServer((request, response) => {
      this.asked++;
      response.statusCode = this.answers ? 200 : 503;
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(this.answers ? this.#document(request.url) : {}));
    });
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.metadataUrl = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/openid`;
    return this;
  }

  #document(path?: string): unknown {
    if (path !== '/keys')
      return { issuer: 'https://api.botframework.com', jwks_uri: new URL('/keys', this.metadataUrl) };
    const jwk = (keys: { publicKey: KeyObject }, kid: string, endorsements: string[]) => ({
      ...keys.publicKey.export({ format: 'jwk' }),
      kid,
      use: 'sig',
      endorsements,
    });
    return {
      keys: [jwk(this.keys, 'all', ['msteams', 'directline', 'webchat']), jwk(this.webchatKeys, 'web', ['webchat'])],
    };
  }

  /** A right token, but for what the test changes; `undefined` leaves a claim out. */
  async token({ header, payload, key = this.keys.privateKey }: TokenParts = {}): Promise<string> {
    const seconds = Math.floor(Date.now() / 1000);
    const claims = {
      iss: 'https://api.botframework.com',
      aud: this.appId,
      nbf: seconds - 60,
      exp: seconds + 3600,
      serviceurl: this.serviceUrl,
      ...payload,
    };
    const head = { alg: 'RS256', typ: 'JWT', kid: 'all', ...header };
    return new SignJWT(claims).setProtectedHeader(head).sign(key, { crit: { 'x-made-up': true } });
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }
}
