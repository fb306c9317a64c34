import http from 'node:http';
import https from 'node:https';
import type { CosmosClientOptions } from '@azure/cosmos';

type HttpClient = NonNullable<CosmosClientOptions['httpClient']>;
type Request = Parameters<HttpClient['sendRequest']>[0];
type Response = Awaited<ReturnType<HttpClient['sendRequest']>>;

/** The way to Cosmos DB, and its end. */
export interface CosmosHttp {
  client: HttpClient;
  /** Closes the connections that are kept open. */
  close(): void;
}

const onePartitionHeader = 'x-polku-one-partition';

/** Marks a query of one partition: it needs no plan, which the SDK would fetch beside every page of it. */
export const onePartition = { [onePartitionHeader]: 'true' };

/** A plan that nobody reads; the SDK looks at it only when the server refuses the query itself. */
function refusedPlan(request: Request): Response | undefined {
  if (!request.headers.has(onePartitionHeader)) return undefined;
  request.headers.delete(onePartitionHeader);
  if (!request.headers.has('x-ms-cosmos-is-query-plan-request')) return undefined;
  return { request, status: 400, headers: headersOf({}), bodyAsText: '{"message":"No plan is needed"}' };
}

function headersOf(raw: http.IncomingHttpHeaders): Response['headers'] {
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

/**
 * Sends the SDK's requests over connections that stay open. `onCharge` is told the request units of every answer, also
 * of the refused ones, in the async context of the call that caused it.
 */
export function cosmosHttp(onCharge: (requestUnits: number) => void): CosmosHttp {
  const agents = {
    'http:': new http.Agent({ keepAlive: true }),
    'https:': new https.Agent({ keepAlive: true, minVersion: 'TLSv1.2' }),
  };

  function send(request: Request): Promise<Response> {
    return new Promise((resolve, reject) => {
      const { abortSignal, body, method } = request;
      const stop = () => {
        outgoing.destroy();
        reject(Object.assign(new Error('The request was stopped'), { name: 'AbortError' }));
      };
      const fail = (error: Error) => {
        abortSignal?.removeEventListener('abort', stop);
        reject(noAnswer(error));
      };
      const url = new URL(request.url);
      const agent = url.protocol === 'http:' ? agents['http:'] : agents['https:'];
      const headers = request.headers.toJSON({ preserveCase: true });
      const outgoing = (url.protocol === 'http:' ? http : https).request(
        url,
        { method, headers, agent },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on('error', fail);
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.on('end', () => {
            abortSignal?.removeEventListener('abort', stop);
            const charge = Number(incoming.headers['x-ms-request-charge']);
            if (charge > 0) onCharge(charge);
            // An answer without a body is what we ask for after writes; the SDK reads fields of it all the same.
            const bodyAsText = Buffer.concat(chunks).toString() || '{}';
            resolve({ request, status: incoming.statusCode ?? 0, headers: headersOf(incoming.headers), bodyAsText });
          });
        },
      );
      outgoing.on('error', fail);
      abortSignal?.addEventListener('abort', stop);
      if (abortSignal?.aborted) stop();
      else outgoing.end(typeof body === 'string' ? body : undefined);
    });
  }

  return {
    client: { sendRequest: async (request) => refusedPlan(request) ?? send(request) },
    close() {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}
