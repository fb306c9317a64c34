import type { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHttpServer } from '@vercel/cosmosdb-server';

/** What was asked of the stand-in for Cosmos DB since it was asked last. */
export interface Asked {
  reads: number;
  writes: number;
  queries: number;
  bytesWritten: number;
}

// A process of its own, so that what it costs is not counted for the service.
const asked: Asked = { reads: 0, writes: 0, queries: 0, bytesWritten: 0 };
const server = createHttpServer({ keepAlive: true }) as ReturnType<typeof createServer>;
server.prependListener('request', (request) => {
  if (!/\/docs(\/|$)/.test(request.url ?? '')) return;
  if (request.method === 'GET') asked.reads++;
  else if (request.headers['x-ms-documentdb-isquery'] || /query/.test(request.headers['content-type'] ?? ''))
    asked.queries++;
  else {
    asked.writes++;
    asked.bytesWritten += Number(request.headers['content-length'] ?? 0);
  }
});
process.on('message', () => {
  process.send?.({ ...asked });
  Object.assign(asked, { reads: 0, writes: 0, queries: 0, bytesWritten: 0 });
});
process.on('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
