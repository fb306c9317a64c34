import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Listening } from './cosmos-server.ts';

/**
 * What may go wrong between the SDK and the server, and how often one happens beside another. `…After`: the server did
 * what it was asked, and the answer was lost; `stallThenDone`: it does it after everybody has given up.
 */
export const cosmosFaults = {
  throttled: 4,
  retryWith: 2,
  unavailable: 2,
  unavailableAfter: 2,
  stale: 1,
  timeout: 1,
  timeoutAfter: 3,
  errorAfter: 1,
  resetBefore: 2,
  resetAfter: 3,
  stall: 0.2,
  stallAfter: 0.2,
  stallThenDone: 0.2,
  // Only where a test asks for it: it ends the call of whoever has no other way.
  forbidden: 0,
};
export type CosmosFault = keyof typeof cosmosFaults;

/** A request as the plan sees it. */
export interface FaultyRequest {
  method: string;
  path: string;
  /** Counts the requests for documents from 0. */
  n: number;
}

/** The faulty way, and what went wrong on it. */
export interface FaultyCosmos extends Listening {
  /** How often each fault was made. */
  counts: Partial<Record<CosmosFault, number>>;
  /** Requests for documents, faulty or not. */
  requests(): number;
}

const answers: Partial<Record<CosmosFault, { status: number; headers?: Record<string, string> }>> = {
  throttled: { status: 429, headers: { 'x-ms-retry-after-ms': '15', 'x-ms-substatus': '3200' } },
  retryWith: { status: 449 },
  unavailable: { status: 503 },
  unavailableAfter: { status: 503 },
  stale: { status: 412 },
  timeout: { status: 408 },
  timeoutAfter: { status: 408 },
  errorAfter: { status: 500 },
  // The region takes no writes any more.
  forbidden: { status: 403, headers: { 'x-ms-substatus': '3' } },
};
const lateMs = 400;

/** Starts a proxy in front of the server on that port; `plan` says which request for a document fails, and how. */
export async function startFaultyCosmos(
  serverPort: number,
  plan: (request: FaultyRequest) => CosmosFault | undefined,
): Promise<FaultyCosmos> {
  const counts: FaultyCosmos['counts'] = {};
  const agent = new http.Agent({ keepAlive: true });
  const late = new Set<NodeJS.Timeout>();
  let requests = 0;

  async function forward(request: http.IncomingMessage, body: string) {
    const { method, url: path, headers } = request;
    const outgoing = http.request({ port: serverPort, host: '127.0.0.1', method, path, headers, agent });
    outgoing.end(body);
    const [incoming]: http.IncomingMessage[] = await once(outgoing, 'response');
    return { status: incoming!.statusCode ?? 500, headers: incoming!.headers, body: await text(incoming!) };
  }

  function faultOf(request: http.IncomingMessage): CosmosFault | undefined {
    const { method = '', url: path = '' } = request;
    if (!path.includes('/docs')) return undefined;
    const fault = plan({ method, path, n: requests++ });
    // The server never says 412 to a request without a condition.
    const sensible = fault === 'stale' && !request.headers['if-match'] ? 'unavailable' : fault;
    if (sensible) counts[sensible] = (counts[sensible] ?? 0) + 1;
    return sensible;
  }

  const server = http.createServer(async (request, response) => {
    const body = await text(request);
    const fault = faultOf(request);
    if (fault === 'resetBefore') return void request.socket.resetAndDestroy();
    if (fault === 'stallThenDone') {
      const timer = setTimeout(() => {
        late.delete(timer);
        forward(request, body).catch(() => undefined);
      }, lateMs);
      late.add(timer);
    }
    if (fault === 'stall' || fault === 'stallThenDone') return;
    const done = !fault || fault.endsWith('After') ? await forward(request, body) : undefined;
    if (fault === 'stallAfter') return;
    if (fault === 'resetAfter') return void request.socket.resetAndDestroy();
    const answer = fault ? answers[fault] : undefined;
    if (answer) {
      response.writeHead(answer.status, { ...answer.headers, 'content-type': 'application/json' });
      response.end(JSON.stringify({ code: String(answer.status), message: `made up: ${fault}` }));
    } else if (done) {
      response.writeHead(done.status, done.headers);
      response.end(done.body);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    endpoint: `http://127.0.0.1:${port}`,
    counts,
    requests: () => requests,
    async close() {
      for (const timer of late) clearTimeout(timer);
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      agent.destroy();
    },
  };
}
