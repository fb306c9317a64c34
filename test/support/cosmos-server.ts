import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { CosmosClient } from '@azure/cosmos';
import { createHttpServer } from '@vercel/cosmosdb-server';

/** An HTTP server of a test and where it listens. */
export interface Listening {
  port: number;
  endpoint: string;
  close(): Promise<void>;
}

/** Starts the stand-in for Cosmos DB on a free port: independent of us, in memory, right on what the store relies on. */
export async function startCosmosServer(): Promise<Listening> {
  const server = createHttpServer({ keepAlive: true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    endpoint: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Microsoft's own client, to look at what the store made; `key` is of no account unless told. */
export function plainClient(endpoint: string, key = 'bm90IGEga2V5'): CosmosClient {
  const enableEndpointDiscovery = endpoint.includes('.documents.azure.');
  return new CosmosClient({ endpoint, key, connectionPolicy: { enableEndpointDiscovery } });
}
