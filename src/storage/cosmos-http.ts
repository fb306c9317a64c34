import type { IncomingHttpHeaders } from 'node:http';
import type { CosmosClientOptions } from '@azure/cosmos';
import { Agent, type Dispatcher } from 'undici';

type HttpClient = NonNullable<CosmosClientOptions['httpClient']>;
type SdkRequest = Parameters<HttpClient['sendRequest']>[0];
type SdkResponse = Awaited<ReturnType<HttpClient['sendRequest']>>;

/** What is sent. */
export interface CosmosRequest {
  method: Dispatcher.HttpMethod;
  /** Whole, its path percent-encoded already. */
  url: string;
  headers: Record<string, string>;
  body?: string;
  signal?: SdkRequest['abortSignal'];
}

/** What came back, whatever its status. */
export interface CosmosResponse {
  status: number;
  headers: IncomingHttpHeaders;
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

function headersOf(raw: IncomingHttpHeaders): SdkResponse['headers'] {
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

// As long as a gateway may keep a connection that nobody uses; one that says less is heeded.
const idleMs = 60_000;

function noAnswer(cause: NodeJS.ErrnoException): Error {
  // The SDK turns to another region when a host is not found, and sleeps a second after a reset: the first is wanted,
  // the second is ours to decide.
  const code = cause.code === 'ENOTFOUND' ? cause.code : 'NO_ANSWER';
  return Object.assign(new Error(`No answer: ${cause.code ?? cause.message}`, { cause }), { code });
}

/** Sends one request; the answer comes in whatever async context the connection was opened. */
function exchange(agent: Agent, { method, url, headers, body, signal }: CosmosRequest): Promise<CosmosResponse> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let running: Dispatcher.DispatchController | undefined;
    let status = 0;
    let told: IncomingHttpHeaders = {};
    const stop = () => {
      const stopped = Object.assign(new Error('The request was stopped'), { name: 'AbortError' });
      reject(stopped);
      running?.abort(stopped);
    };
    if (signal?.aborted) return stop();
    signal?.addEventListener('abort', stop);
    const slash = url.indexOf('/', url.indexOf('//') + 2);
    const origin = slash < 0 ? url : url.slice(0, slash);
    const path = slash < 0 ? '/' : url.slice(slash);
    agent.dispatch(
      { origin, path, method, headers, body },
      {
        onRequestStart(controller) {
          running = controller;
          // Stopped while it waited for a connection.
          if (signal?.aborted) stop();
        },
        onResponseStart(_, code, received) {
          status = code;
          told = received;
        },
        onResponseData: (_, chunk) => void chunks.push(chunk),
        onResponseEnd() {
          signal?.removeEventListener('abort', stop);
          resolve({ status, headers: told, text: () => Buffer.concat(chunks).toString() });
        },
        onResponseError(_, error) {
          signal?.removeEventListener('abort', stop);
          reject(noAnswer(error));
        },
      },
    );
  });
}

/**
 * Sends the SDK's requests and ours over connections that stay open. `onCharge` is told the request units of every
 * answer, also of the refused ones, in the async context of the call that caused it.
 */
export function cosmosHttp(onCharge: (requestUnits: number) => void): CosmosHttp {
  const agent = new Agent({ allowH2: false, keepAliveTimeout: idleMs, connect: { minVersion: 'TLSv1.2' } });

  async function send(request: CosmosRequest): Promise<CosmosResponse> {
    const answer = await exchange(agent, request);
    const charge = Number(answer.headers['x-ms-request-charge']);
    if (charge > 0) onCharge(charge);
    return answer;
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

  return { client: { sendRequest }, send, close: () => void agent.destroy() };
}
