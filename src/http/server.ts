import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import type { Request, Response, Server } from 'restify';
import RestifyRouter from 'restify/lib/router.js';
import RestifyServer from 'restify/lib/server.js';
import { PolkuError } from '../errors.ts';
import { type Refusal, refusalOf, sendJson, sendRefusal } from './answer.ts';
import type { Quick } from './by-city.ts';
import { followConnections } from './connections.ts';
import { corsHeaders, makeSecurityHeaders, preflightHeaders } from './headers.ts';
import { listenOn, type OpenPort } from './listen.ts';
import { nodeHttp } from './node-http.ts';
import type { Origins } from './origins.ts';

/** What the server is made of; a part of the product adds its routes through `routes`. */
export interface ServerOptions {
  production: boolean;
  origins: Origins;
  /** Addresses of the pages that may show the answer inside them; those of `origins` unless told. */
  framedBy?: (request: IncomingMessage) => readonly string[];
  log: Logger;
  /** Resolves when the store answers. */
  ready: () => Promise<void>;
  /** Each is called once with the server, to add routes. */
  routes: ((server: Server) => void)[];
  /** Finds the route of a request that shall be spared restify's router, chains and timers: a twentieth of what a turn costs. */
  quick?: Quick;
  /** Takes over a WebSocket; what it throws is answered as a refusal. Absent: there are none. */
  upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void>;
  /** Milliseconds that a closing server waits for what is under way. */
  closeWithin?: number;
}

/** The running server. */
export interface PolkuServer {
  /** Throws `badSetting` when the port or address cannot be had. */
  listen(port: number, host: string): Promise<{ port: number }>;
  /** Stops taking requests and resolves when the ones under way are answered, or cut off after `closeWithin`. */
  close(): Promise<void>;
}

const readyWithin = 3_000;
/** A turn has 8 s. */
const closeWithin = 9_000;

/** Makes the HTTP server: limits, headers, errors, `/healthz` and `/readyz` are its own, all else comes in `routes`. */
export function createServer(options: ServerOptions): PolkuServer {
  const { log, origins } = options;
  // restify itself logs nothing: its lines may hold addresses with tokens or what people wrote.
  const silent = log.child({}, { level: 'silent' }) as never;
  const restify = new RestifyServer({ name: '', log: silent, router: new RestifyRouter({ log: silent }) });
  const http = restify.server as HttpServer;
  const securityHeaders = makeSecurityHeaders(options.production, origins, options.framedBy);
  limitTimes(http);
  const connections = followConnections(http);
  let open: OpenPort | undefined;
  let closing = false;

  /** Lets pages of the city read the answer; throws `wrongOrigin` for any other page. */
  function admit(request: IncomingMessage, response: ServerResponse): void {
    const origin = origins.check(request);
    if (origin) setHeaders(response, corsHeaders(origin));
  }

  function ended({ method }: IncomingMessage, { statusCode: status }: ServerResponse, route: string): void {
    log.debug({ method, route, status }, 'request');
    // A connection that was busy when the server began to close would be kept alive for a minute.
    if (closing) setImmediate(() => http.closeIdleConnections());
  }

  async function answerQuickly(
    request: Request,
    response: Response,
    { path, handler }: NonNullable<ReturnType<Quick>>,
  ) {
    setHeaders(response, securityHeaders(request));
    try {
      admit(request, response);
      await handler(request, response);
    } catch (error) {
      const { status, body, headers } = refusalOf(error);
      if (status >= 500) log.error({ err: error, route: path }, 'a request failed');
      if (response.headersSent) return;
      setHeaders(response, headers);
      sendJson(response, status, body);
    }
  }

  restify.first((request, response) => {
    const route = options.quick?.(request);
    if (!route) return true;
    void answerQuickly(request, response, route).finally(() => ended(request, response, route.path));
    return false;
  });
  restify.pre((request, response, next) => {
    setHeaders(response, securityHeaders(request));
    try {
      // restify throws where nobody catches when the address and the Host header make no URL: that would end the process.
      if (!canParse(request)) throw new PolkuError('badRequest', 'The address of the request cannot be read.');
      if (!isForPrograms(request.url)) return next();
      admit(request, response);
    } catch (error) {
      send(response, refusalOf(error));
      return next(false);
    }
    if (request.method !== 'OPTIONS') return next();
    setHeaders(response, preflightHeaders);
    response.sendRaw(204, '', {});
    next(false);
  });

  restify.get('/healthz', async (_request, response) => sendJson(response, 200, { status: 'alive' }));
  restify.get('/readyz', async (_request, response) => {
    const answers = !closing && (await within(readyWithin, options.ready()));
    sendJson(response, answers ? 200 : 503, { status: answers ? 'ready' : 'storeUnavailable' });
  });
  for (const add of options.routes) add(restify);

  restify.on('restifyError', (request: Request, response: Response, error: unknown, done: () => void) => {
    const status = (error as { statusCode?: number }).statusCode;
    if (status === 404) send(response, refusalOf(new PolkuError('notFound', 'There is nothing at this address.')));
    else if (status === 405) send(response, { ...refusalOf(new PolkuError('badRequest', 'Wrong method.')), status });
    else {
      const refusal = refusalOf(error);
      if (refusal.status >= 500) log.error({ err: error, route: nameOf(request) }, 'a request failed');
      send(response, refusal);
    }
    done();
  });
  restify.on('after', (request: Request, response: Response) => ended(request, response, nameOf(request)));

  // restify repeats the errors of the socket, and without a listener that would end the process; `listen` tells them.
  restify.on('error', () => {});
  http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const taken =
      options.upgrade?.(request, socket, head) ?? Promise.reject(new PolkuError('notFound', 'No socket here.'));
    taken.then(
      // One that was let in while the server closes would hold it open.
      () => closing && socket.destroy(),
      (error: unknown) => refuseRaw(socket, refusalOf(error), securityHeaders(request)),
    );
  });
  http.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy();
    const refusal = refusalOf(new PolkuError('badRequest', 'The request cannot be read.'));
    const status = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }[error.code ?? ''] ?? refusal.status;
    refuseRaw(socket, { ...refusal, status }, { 'X-Content-Type-Options': 'nosniff' });
  });

  return {
    async listen(port, host) {
      open = await listenOn(http, port, host);
      return open;
    },
    async close() {
      closing = true;
      const late = setTimeout(connections.endAll, options.closeWithin ?? closeWithin);
      const closed = open?.close();
      connections.endUnused();
      await closed;
      clearTimeout(late);
    },
  };
}

function canParse({ headers, url = '' }: Request): boolean {
  const host = `http://${headers.host || 'localhost'}`;
  return url.startsWith('/') ? URL.canParse(host + url) : URL.canParse(url, host);
}

function isForPrograms(url = ''): boolean {
  return url.startsWith('/api/') || url.startsWith('/v3/');
}

// The pattern of the route, never the address itself: that may hold a token.
function nameOf(request: Request): string {
  const route = request.getRoute() as { path?: unknown } | undefined;
  return String(route?.path ?? 'none');
}

function limitTimes(http: HttpServer): void {
  http.headersTimeout = 10_000;
  http.requestTimeout = 20_000;
  http.keepAliveTimeout = 65_000;
  http.maxHeadersCount = 100;
  // Node looks for slow senders every half minute only; read when it begins to listen.
  Object.assign(http, { connectionsCheckingInterval: 2_000 });
}

function setHeaders(response: ServerResponse, headers: Record<string, string>): void {
  for (const name in headers) response.setHeader(name, headers[name]!);
}

function send(response: Response, refusal: Refusal): void {
  if (!response.headersSent) sendRefusal(response, refusal);
}

function refuseRaw(socket: Duplex, refusal: Refusal, headers: Record<string, string>): void {
  const text = JSON.stringify(refusal.body);
  const all = {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(text)),
    Connection: 'close',
    ...headers,
    ...refusal.headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  socket.end(
    `HTTP/1.1 ${refusal.status} ${nodeHttp.STATUS_CODES[refusal.status]}\r\n${lines.join('\r\n')}\r\n\r\n${text}`,
  );
}

async function within(milliseconds: number, work: Promise<void>): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => setTimeout(resolve, milliseconds, false).unref());
  return Promise.race([work.then(() => true), late]).catch(() => false);
}
