import http from 'node:http';
import https from 'node:https';
import { urlToHttpOptions } from 'node:url';
import type { CosmosClientOptions } from '@azure/cosmos';

type HttpClient = NonNullable<CosmosClientOptions['httpClient']>;
type SdkRequest = Parameters<HttpClient['sendRequest']>[0];
type SdkResponse = Awaited<ReturnType<HttpClient['sendRequest']>>;

/** What is sent. */
export interface CosmosRequest {
  method: string;
  /** Whole, its path percent-encoded already. */
  url: string;
  headers: Record<string, string>;
  body?: string;
  signal?: SdkRequest['abortSignal'];
}

/** What came back, whatever its status. */
export interface CosmosResponse {
  status: number;
  headers: http.IncomingHttpHeaders;
  /** Its body; read only when it is asked for, since after a write nobody does. */
  text(): string;
}

/** The way to Cosmos DB, and its end. */
export interface CosmosHttp {
  /** As the SDK wants it. */
  client: HttpClient;
  /** Sends one request, its body as UTF-8; rejects when nobody answers, or with an `AbortError`. */
  send(request: CosmosRequest): Promise<CosmosResponse>;
  /** Closes the connections that are kept open. */
  close(): void;
}

const onePartitionHeader = 'x-polku-one-partition';

/** Marks a query of one partition: it needs no plan, which the SDK would fetch beside every page of it. */
export const onePartition = { [onePartitionHeader]: 'true' };

/** A plan that nobody reads; the SDK looks at it only when the server refuses the query itself. */
function refusedPlan(request: SdkRequest): SdkResponse | undefined {
  if (!request.headers.has(onePartitionHeader)) return undefined;
  request.headers.delete(onePartitionHeader);
  if (!request.headers.has('x-ms-cosmos-is-query-plan-request')) return undefined;
  return { request, status: 400, headers: headersOf({}), bodyAsText: '{"message":"No plan is needed"}' };
}

function headersOf(raw: http.IncomingHttpHeaders): SdkResponse['headers'] {
  const headers = new Map(Object.entries(raw).map(([name, value]) => [name, String(value)]));
  return {
    get: (name) => headers.get(name.toLowerCase()),
    has: (name) => headers.has(name.toLowerCase()),
    set: (name, value) => void headers.set(name.toLowerCase(), String(value)),
    delete: (name) => void headers.delete(name.toLowerCase()),
    toJSON: () => Object.fromEntries(headers),
    [Symbol.iterator]: () => headers.entries(),
  };
}

function noAnswer(cause: NodeJS.ErrnoException): Error {
  // The SDK turns to another region when a host is not found, and sleeps a second after a reset: the first is wanted,
  // the second is ours to decide.
  const code = cause.code === 'ENOTFOUND' ? cause.code : 'NO_ANSWER';
  return Object.assign(new Error(`No answer: ${cause.code ?? cause.message}`, { cause }), { code });
}

/** Where an address leads, read once: an account has a few origins, one a region. */
interface Place {
  to: http.RequestOptions;
  host: string;
}

/**
 * Sends the SDK's requests and ours over connections that stay open. `onCharge` is told the request units of every
 * answer, also of the refused ones, in the async context of the call that caused it.
 */
export function cosmosHttp(onCharge: (requestUnits: number) => void): CosmosHttp {
  const agents = {
    'http:': new http.Agent({ keepAlive: true }),
    'https:': new https.Agent({ keepAlive: true, minVersion: 'TLSv1.2' }),
  };
  const places = new Map<string, Place>();

  function placeOf(origin: string): Place {
    const known = places.get(origin);
    if (known) return known;
    const url = new URL(origin);
    const { protocol, hostname, port } = urlToHttpOptions(url);
    const agent = protocol === 'http:' ? agents['http:'] : agents['https:'];
    const place: Place = { to: { protocol, hostname, port, agent }, host: url.host };
    places.set(origin, place);
    return place;
  }

  function send({ method, url, headers, body, signal }: CosmosRequest): Promise<CosmosResponse> {
    return new Promise((resolve, reject) => {
      const stop = () => {
        outgoing.destroy();
        reject(Object.assign(new Error('The request was stopped'), { name: 'AbortError' }));
      };
      const fail = (error: Error) => {
        signal?.removeEventListener('abort', stop);
        reject(noAnswer(error));
      };
      const slash = url.indexOf('/', url.indexOf('//') + 2);
      const { to, host } = placeOf(slash < 0 ? url : url.slice(0, slash));
      const bytes = body ? Buffer.from(body) : undefined;
      // As a list they are written as they stand, not looked up one by one; the host is then ours to say.
      const lines = ['host', host, ...Object.entries(headers).flat()];
      if (bytes) lines.push('content-length', String(bytes.length));
      const options = { ...to, method, path: slash < 0 ? '/' : url.slice(slash), headers: lines };
      const outgoing = (to.protocol === 'http:' ? http : https).request(options, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('error', fail);
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () => {
          signal?.removeEventListener('abort', stop);
          const charge = Number(incoming.headers['x-ms-request-charge']);
          if (charge > 0) onCharge(charge);
          const text = () => Buffer.concat(chunks).toString();
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text });
        });
      });
      outgoing.on('error', fail);
      signal?.addEventListener('abort', stop);
      if (signal?.aborted) stop();
      else outgoing.end(bytes);
    });
  }

  async function sendRequest(request: SdkRequest): Promise<SdkResponse> {
    const refused = refusedPlan(request);
    if (refused) return refused;
    const { method, url, abortSignal: signal } = request;
    const headers = request.headers.toJSON({ preserveCase: true });
    const body = typeof request.body === 'string' ? request.body : undefined;
    const answer = await send({ method, url, headers, body, signal });
    // An answer without a body is what we ask for after writes; the SDK reads fields of it all the same.
    return { request, status: answer.status, headers: headersOf(answer.headers), bodyAsText: answer.text() || '{}' };
  }

  return {
    client: { sendRequest },
    send,
    close() {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}
