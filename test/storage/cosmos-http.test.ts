import { AsyncLocalStorage } from 'node:async_hooks';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { type CosmosHttp, cosmosHttp } from '../../src/storage/cosmos-http.ts';

describe('The way to Cosmos DB', () => {
  const call = new AsyncLocalStorage<string>();
  const charged: string[] = [];
  let connections = 0;
  let server: http.Server;
  let origin: string;
  let wire: CosmosHttp;

  before(async () => {
    server = http.createServer(async (request, response) => {
      const body = await text(request);
      if (request.url === '/silent') return;
      response.setHeader('x-ms-request-charge', '7.5');
      response.end(body);
    });
    server.on('connection', () => connections++);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    wire = cosmosHttp((units) => charged.push(`${call.getStore()} ${units}`));
  });
  after(() => {
    wire.close();
    server.closeAllConnections();
    server.close();
  });
  const get = (url: string, signal?: AbortSignal) => wire.send({ method: 'GET', url, headers: {}, signal });
  const put = (body: string) => wire.send({ method: 'PUT', url: `${origin}/`, headers: {}, body });
  const failure = (promise: Promise<unknown>) =>
    promise.then(
      () => expect.fail('an answer'),
      (error) => error,
    );

  it('carries every text unchanged', async () => {
    for (const body of ['{"a":"ä – \u2028\u2029 🦊"}', 'x'.repeat(300_000), '日本語'.repeat(50_000)]) {
      expect((await put(body)).text()).to.equal(body);
    }
  });

  it('keeps its connection', async () => {
    await put('first');
    const before = connections;
    for (let n = 0; n < 20; n++) await put('again');
    expect(connections).to.equal(before);
  });

  it('tells what a request cost to the call that sent it, whoever opened the connection', async () => {
    charged.length = 0;
    const calls = ['a', 'b', 'c', 'd'];
    for (let round = 0; round < 3; round++) await Promise.all(calls.map((name) => call.run(name, () => put(name))));
    expect(charged.toSorted()).to.deep.equal(calls.flatMap((name) => Array(3).fill(`${name} 7.5`)));
  });

  it('stops when it is told to: before, while it waits for an answer, and while it waits for a connection', async () => {
    expect((await failure(get(`${origin}/`, AbortSignal.abort()))).name).to.equal('AbortError');
    const waiting = new AbortController();
    const unanswered = failure(get(`${origin}/silent`, waiting.signal));
    setTimeout(() => waiting.abort(), 20);
    expect((await unanswered).name).to.equal('AbortError');
    let asked = 0;
    const other = http.createServer(() => asked++).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const connecting = new AbortController();
    const unsent = failure(get(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`, connecting.signal));
    connecting.abort();
    expect((await unsent).name).to.equal('AbortError');
    expect((await put('and goes on')).text()).to.equal('and goes on');
    expect(asked).to.equal(0);
    other.closeAllConnections();
    other.close();
  });

  it('tells a host that is not found by its code, so that the SDK turns to another region, and hides every other', async () => {
    // Without a network nobody can say that it is not found.
    const { code } = await failure(lookup('nobody.invalid'));
    const expected = code === 'ENOTFOUND' ? code : 'NO_ANSWER';
    expect((await failure(get('http://nobody.invalid/'))).code).to.equal(expected);
    expect((await failure(get('http://127.0.0.1:9/'))).code).to.equal('NO_ANSWER');
  });
});
