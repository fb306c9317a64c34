import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { registerHooks } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openCosmos } from '../../src/storage/cosmos.ts';
import { type Listening, plainClient, startCosmosServer } from '../support/cosmos-server.ts';
import { doc, refused } from '../support/documents.ts';

const account = { key: 'bm90IGEga2V5', database: 'polku', now: Date.now, openingMs: 300 };

describe('Opening Cosmos DB', () => {
  let server: Listening;
  before(async () => {
    server = await startCosmosServer();
  });
  after(() => server.close());

  it('makes containers that index only what is asked for and let documents end', async () => {
    const store = await openCosmos({ ...account, endpoint: server.endpoint });
    const client = plainClient(server.endpoint);
    const { resource } = await client.database('polku').container('clients').read();
    expect(resource?.partitionKey?.paths).to.deep.equal(['/partition']);
    expect(resource?.defaultTtl).to.equal(-1);
    const paths = resource?.indexingPolicy?.includedPaths?.map(({ path }) => path);
    expect(paths).to.deep.equal(['/partition/?', '/type/?', '/dueAt/?']);
    await store.close();
    client.dispose();
  });

  it('can be done by several processes at once', async () => {
    const fresh = { ...account, endpoint: server.endpoint, database: 'at-once', openingMs: 5000 };
    const stores = await Promise.all([1, 2, 3, 4].map(() => openCosmos(fresh)));
    for (const store of stores) {
      await store.ping();
      await store.close();
    }
  });

  it('says what to do when the address is none, or nobody is there', async () => {
    const wrong = await refused(openCosmos({ ...account, endpoint: 'polku' }), 'badSetting');
    expect(wrong.message).to.match(/COSMOS_ENDPOINT.*documents\.azure\.com/);
    await refused(openCosmos({ ...account, endpoint: 'http://127.0.0.1:9' }), 'storeUnavailable');
  });

  it('says what to do when the key is refused', async () => {
    const door = http
      .createServer((_, response) => {
        response.statusCode = 401;
        response.end('{"message":"no"}');
      })
      .listen(0);
    const endpoint = `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
    const { message } = await refused(openCosmos({ ...account, endpoint }), 'badSetting');
    expect(message).to.match(/COSMOS_KEY/);
    door.closeAllConnections();
    door.close();
  });

  it('says what to do when a container of that name is something else', async () => {
    const client = plainClient(server.endpoint);
    await client.databases.create({ id: 'other' });
    await client.database('other').containers.create({ id: 'clients', partitionKey: { paths: ['/city'] } });
    const options = { ...account, endpoint: server.endpoint, database: 'other' };
    expect((await refused(openCosmos(options), 'badSetting')).message).to.match(/\/city.*COSMOS_DATABASE/);
    client.dispose();
  });

  it('says how to add the library for identities when there is neither it nor a key', async () => {
    const hooks = registerHooks({
      resolve(specifier, context, next) {
        if (specifier === '@azure/identity') throw new Error('not installed');
        return next(specifier, context);
      },
    });
    try {
      const options = { ...account, key: undefined, endpoint: server.endpoint };
      const { message } = await refused(openCosmos(options), 'badSetting');
      expect(message).to.match(/COSMOS_KEY.*npm install @azure\/identity/);
    } finally {
      hooks.deregister();
    }
  });

  it('tells the request units of every request to the call that caused it', async () => {
    let units = 0;
    const onCharge = (charge: number) => {
      units += charge;
    };
    const store = await openCosmos({ ...account, endpoint: server.endpoint, onCharge });
    units = 0;
    const version = await store.create('clients', doc('charge', 'a'));
    await store.replace('clients', doc('charge', 'a'), version);
    expect(units).to.equal(2);
    await store.close();
  });

  it('is not paid for by the embedded store: the SDK is loaded only when it is chosen', () => {
    const script = `
      import { registerHooks } from 'node:module';
      registerHooks({ resolve(name, context, next) { if (name.startsWith('@azure/') || name === 'undici') throw new Error(name); return next(name, context); } });
      const { openDocuments } = await import('./src/storage/index.ts');
      const store = await openDocuments({ kind: 'sqlite' }, { dataDir: process.argv[1], now: Date.now });
      await store.ping();
      await store.close();`;
    const folder = mkdtempSync(join(tmpdir(), 'polku-lazy-'));
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script, folder]);
    rmSync(folder, { recursive: true });
    expect(status, String(stderr)).to.equal(0);
  });
});
