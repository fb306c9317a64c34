import { randomUUID } from 'node:crypto';
import { openCosmos } from '../../src/storage/cosmos.ts';
import { documentsContract } from '../contract/documents.ts';
import { processesContract } from '../contract/processes.ts';
import { plainClient, startCosmosServer } from '../support/cosmos-server.ts';

documentsContract('Cosmos DB, through its SDK on the stand-in server,', async () => {
  const server = await startCosmosServer();
  const account = { endpoint: server.endpoint, key: 'bm90IGEga2V5', database: `polku-${randomUUID()}` };
  return { open: (now) => openCosmos({ ...account, now }), remove: () => server.close() };
});

processesContract('Cosmos DB, through its SDK on the stand-in server,', async () => {
  const { endpoint, close } = await startCosmosServer();
  return { choice: { kind: 'cosmos', endpoint, key: 'bm90IGEga2V5', database: 'polku' }, dataDir: '', remove: close };
});

const { COSMOS_ENDPOINT: endpoint, COSMOS_KEY: key } = process.env;
if (endpoint) {
  documentsContract(`Cosmos DB at ${new URL(endpoint).host}`, async () => {
    // A database of its own, gone afterwards.
    const account = { endpoint, key, database: `polku-test-${randomUUID()}` };
    return {
      open: (now) => openCosmos({ ...account, now }),
      async remove() {
        const client = plainClient(endpoint, key);
        await client.database(account.database).delete();
        client.dispose();
      },
    };
  });
} else {
  it.skip('Cosmos DB, a real account or the official emulator: skipped, because COSMOS_ENDPOINT is not set');
}
