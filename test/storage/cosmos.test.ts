import { randomUUID } from 'node:crypto';
import { openCosmos } from '../../src/storage/cosmos.ts';
import { documentsContract } from '../contract/documents.ts';
import { type Listening, startCosmosServer } from '../support/cosmos-server.ts';

documentsContract('Cosmos DB, through its SDK on the stand-in server,', async () => {
  const server: Listening = await startCosmosServer();
  const account = { endpoint: server.endpoint, key: 'bm90IGEga2V5', database: `polku-${randomUUID()}` };
  return { open: (now) => openCosmos({ ...account, now }), remove: () => server.close() };
});
