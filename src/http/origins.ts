import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { PolkuError } from '../errors.ts';

/** Which web pages may talk with the server, and where it is reached. */
export interface Origins {
  /** Origin of the page that asks, and '' when no page does (another server, curl). Throws `wrongOrigin`. */
  check(request: IncomingMessage): string;
  /** Throws `wrongOrigin` unless the request comes from where the token was given: a stolen one is not renewed elsewhere. */
  checkSame(origin: string, request: IncomingMessage): void;
  /** Address of the server for the links that this caller gets, without a slash at the end. */
  base(request: IncomingMessage): string;
  /** Origins of the city's pages, for `frame-ancestors`. */
  pages: string[];
}

/** The origins of pages, each once. */
export function originsOf(pages: readonly string[]): string[] {
  return [...new Set(pages.map((page) => new URL(page).origin))];
}

/** Makes the rules from the public address and the pack's origins. */
export function makeOrigins(options: { publicUrl?: string; pages: string[]; host: string }): Origins {
  const pages = originsOf(options.pages);
  const base = (request: IncomingMessage) => options.publicUrl ?? `http://${request.headers.host ?? 'localhost'}`;
  // A name could be pointed at this machine by anybody (DNS rebinding), so without PUBLIC_URL only addresses count.
  const isLocal = (name: string) =>
    name === 'localhost' || name === options.host || isIP(name.replace(/[[\]]/g, '')) > 0;
  const isOwn = (origin: string, request: IncomingMessage) =>
    origin === options.publicUrl ||
    (origin === `http://${request.headers.host}` && URL.canParse(origin) && isLocal(new URL(origin).hostname));

  return {
    pages,
    base,
    check(request) {
      const origin = request.headers.origin ?? '';
      if (origin === '' || pages.includes(origin) || isOwn(origin, request)) return origin;
      throw new PolkuError(
        'wrongOrigin',
        'Pages of this address may not use the chat. The city can add it to `origins` in its municipality.json.',
      );
    },
    checkSame(origin, request) {
      const asked = request.headers.origin ?? '';
      // Browsers leave the header out of a page's GET to its own server.
      const isOwnPage = asked === '' && request.method === 'GET' && isOwn(origin, request);
      if (asked === origin || isOwnPage) return;
      throw new PolkuError('wrongOrigin', 'The token was given to another address and cannot be renewed from here.');
    },
  };
}
