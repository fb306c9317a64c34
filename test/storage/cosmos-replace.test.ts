import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { CosmosClient } from '@azure/cosmos';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Documents } from '../../src/domain/documents.ts';
import { openCosmos } from '../../src/storage/cosmos.ts';
import { accessByKey, keySignature } from '../../src/storage/cosmos-access.ts';
import { cosmosHttp } from '../../src/storage/cosmos-http.ts';
import { encodeItem, toItem } from '../../src/storage/cosmos-item.ts';
import { directReplace } from '../../src/storage/cosmos-replace.ts';
import { checkId, encodeDocument } from '../../src/storage/encoded-document.ts';
import { startCosmosServer } from '../support/cosmos-server.ts';
import { doc, ref, refused } from '../support/documents.ts';
import { type CosmosFault, startFaultyCosmos } from '../support/faulty-cosmos.ts';

const key = 'bm90IGEga2V5';
const signal = new AbortController().signal;
const account = { key, database: 'polku', now: Date.now };

interface Recorded {
  method?: string;
  url?: string;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** A server that writes down what it is sent, and answers as it is told. */
async function startRecorder(status = 200, headers: http.OutgoingHttpHeaders = { etag: '"new"' }) {
  const recorded: Recorded[] = [];
  const server = http.createServer(async (request, response) => {
    const { method, url, headers: told } = request;
    recorded.push({ method, url, headers: told, body: await text(request) });
    response.writeHead(status, headers);
    response.end('{"id":"a"}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { recorded, endpoint, close: () => server.close() };
}

function directTo(writeEndpoint: () => string, access = accessByKey(key, Date.now)) {
  const wire = cosmosHttp(() => {});
  const way = { http: wire, database: 'polku', writeEndpoint: async () => writeEndpoint(), access: access.toReplace };
  return { replace: directReplace(way), close: wire.close };
}

const replacement = { partition: 'p', id: 'a', json: '{"id":"a"}', etag: '"old"' };
const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((id) => {
  try {
    checkId(id);
    return true;
  } catch {
    return false;
  }
});

describe('A replace that goes past the SDK', () => {
  it('is, on the wire, the one that the SDK would send', async () => {
    const { recorded, endpoint, close } = await startRecorder();
    const direct = directTo(() => endpoint);
    const wire = cosmosHttp(() => {});
    const sdk = new CosmosClient({
      endpoint,
      key,
      httpClient: wire.client,
      connectionPolicy: { enableEndpointDiscovery: false },
    });
    // What the SDK says of itself, and what it says of queries with every request.
    const its = ['user-agent', 'x-ms-useragent', 'x-ms-date', 'authorization', 'content-length'];
    const ofQueries = ['continuationtokenlimitinkb', 'enablecrosspartition'];
    const ours = ([header]: [string, unknown]) =>
      !its.includes(header) && !ofQueries.some((query) => header.includes(query));
    await fc.assert(
      fc.asyncProperty(name, name, fc.string({ unit: 'grapheme' }), async (partition, id, words) => {
        const document = doc(partition, id, { words: `${words}\u2028–ä🦊` });
        const item = toItem(document, 'attempt0', '', 0);
        const json = encodeItem(item, encodeDocument(document));
        expect(await direct.replace('clients', { partition, id, json, etag: '"old"' })!(signal)).to.deep.equal({
          etag: '"new"',
        });
        await sdk
          .database('polku')
          .container('clients')
          .item(id, partition)
          .replace(item, {
            initialHeaders: { Prefer: 'return=minimal' },
            accessCondition: { type: 'IfMatch', condition: '"old"' },
          });
        const [mine, theirs] = recorded.splice(0);
        expect([mine!.method, mine!.url]).to.deep.equal([theirs!.method, theirs!.url]);
        expect(Object.entries(mine!.headers).filter(ours).toSorted()).to.deep.equal(
          Object.entries(theirs!.headers).filter(ours).toSorted(),
        );
        expect(mine!.body).to.equal(json);
        expect(JSON.parse(mine!.body)).to.deep.equal(JSON.parse(theirs!.body));
        for (const { headers } of [mine!, theirs!]) {
          const link = `dbs/polku/colls/clients/docs/${id}`;
          const signed = { verb: 'put', resourceType: 'docs', link, date: String(headers['x-ms-date']) };
          expect(headers.authorization).to.equal(encodeURIComponent(keySignature(key)(signed)));
        }
      }),
    );
    sdk.dispose();
    wire.close();
    direct.close();
    close();
  });

  it('goes to the region that takes writes now', async () => {
    const regions = [await startRecorder(), await startRecorder()];
    let region = 0;
    const { replace, close } = directTo(() => `${regions[region]!.endpoint}/`);
    for (region of [0, 1, 0]) await replace('clients', replacement)!(signal);
    expect(regions.map(({ recorded }) => recorded.length)).to.deep.equal([2, 1]);
    expect(regions[1]!.recorded[0]!.url).to.equal('/dbs/polku/colls/clients/docs/a');
    close();
    for (const each of regions) each.close();
  });

  it('tells a refusal as the SDK tells it', async () => {
    const server = await startRecorder(429, { 'x-ms-substatus': '3200', 'x-ms-retry-after-ms': '15' });
    const { replace, close } = directTo(() => server.endpoint);
    const error = await replace('clients', replacement)!(signal).catch((reason) => reason);
    expect(error).to.include({ code: 429, substatus: 3200, retryAfterInMs: 15 });
    close();
    server.close();
  });

  it('is not even tried when only the SDK can get in', () => {
    const { replace, close } = directTo(() => 'http://127.0.0.1:9', { options: {}, toReplace: () => undefined });
    expect(replace('clients', replacement)).to.equal(undefined);
    close();
  });
});

describe('A replace of the Cosmos DB store', () => {
  async function under(
    plan: (n: number) => CosmosFault | undefined,
    run: (store: Documents, requests: () => number) => Promise<void>,
  ): Promise<void> {
    const server = await startCosmosServer();
    const proxy = await startFaultyCosmos(server.port, ({ n }) => plan(n));
    const store = await openCosmos({ ...account, endpoint: proxy.endpoint });
    await run(store, proxy.requests);
    await store.close();
    await proxy.close();
    await server.close();
  }

  it('is one request', async () => {
    await under(
      () => undefined,
      async (store, requests) => {
        const version = await store.create('clients', doc('p', 'a', { n: 1 }));
        await store.replace('clients', doc('p', 'a', { n: 2 }), version);
        expect(requests()).to.equal(2);
      },
    );
  });

  it('is sent through the SDK when it is refused for another reason than what is there', async () => {
    await under(
      (n) => (n === 1 ? 'forbidden' : undefined),
      async (store, requests) => {
        const version = await store.create('clients', doc('p', 'a', { n: 1 }));
        await store.replace('clients', doc('p', 'a', { n: 2 }), version);
        expect(requests()).to.equal(3);
        expect((await store.get(ref('p', 'a')))?.document).to.include({ n: 2 });
      },
    );
  });

  it('says that it is unavailable when the SDK is refused as well', async () => {
    await under(
      (n) => (n > 0 ? 'forbidden' : undefined),
      async (store) => {
        const version = await store.create('clients', doc('p', 'a'));
        await refused(store.replace('clients', doc('p', 'a'), version), 'storeUnavailable');
      },
    );
  });

  it('writes what it was given, also when it is sent again after the caller has changed the document', async () => {
    await under(
      (n) => (n === 1 ? 'throttled' : undefined),
      async (store) => {
        const version = await store.create('clients', doc('p', 'a', { words: ['one'] }));
        const given = doc('p', 'a', { words: ['two'] });
        const writing = store.replace('clients', given, version);
        given.words.push('three');
        await writing;
        expect((await store.get(ref('p', 'a')))?.document).to.deep.include({ words: ['two'] });
      },
    );
  });
});
