import { once } from 'node:events';
import { connect } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import WebSocket from 'ws';
import { cityPage, DirectLineServer } from '../support/direct-line-server.ts';

/** Sends raw bytes and gives back all that comes until the server closes. */
function raw(url: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (data) => {
      answer += data;
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

describe('The HTTP server', () => {
  let server: DirectLineServer;
  before(async () => {
    server = await new DirectLineServer().start();
  });
  beforeEach(() => {
    server.storeAnswers = true;
  });
  after(() => server.stop());

  it('is alive, and ready when its store answers', async () => {
    expect((await server.ask('GET', '/healthz')).body).to.deep.equal({ status: 'alive' });
    expect((await server.ask('GET', '/readyz')).status).to.equal(200);
    server.storeAnswers = false;
    expect((await server.ask('GET', '/healthz')).status).to.equal(200);
    expect((await server.ask('GET', '/readyz')).status).to.equal(503);
  });

  it('says what it does not have, in JSON', async () => {
    for (const path of [
      '/nothing',
      '/v3/directline/nothing',
      '/%ff',
      '/v3/directline/conversations/%E0%A4%A/activities',
    ]) {
      const { status, body } = await server.ask('GET', path, { headers: { Accept: 'text/html' } });
      expect([status, body.error?.code], path).to.deep.equal([404, 'notFound']);
    }
    const { status, headers } = await server.ask('DELETE', '/api/token');
    expect([status, headers.get('allow')]).to.deep.equal([405, 'POST']);
  });

  describe('takes bodies of at most 64 kB', () => {
    const limit = 64 * 1024;
    const asking = (body: BodyInit, headers: Record<string, string> = {}) =>
      fetch(`${server.url}/api/token`, { method: 'POST', body, headers, duplex: 'half' } as RequestInit);
    const padded = (size: number) => `{"x":"${'x'.repeat(size - 8)}"}`;
    const chunked = (size: number) => new Blob([padded(size)]).stream();

    it('when their length is declared', async () => {
      expect((await asking(padded(limit))).status).to.equal(200);
      expect((await asking(padded(limit + 1))).status).to.equal(413);
    });

    it('when they come in pieces', async () => {
      expect((await asking(chunked(limit))).status).to.equal(200);
      expect((await asking(chunked(limit + 1))).status).to.equal(413);
    });

    it('when they are packed: what counts is the unpacked size', async () => {
      for (const [encoding, pack] of [
        ['gzip', gzipSync],
        ['br', brotliCompressSync],
      ] as const) {
        const headers = { 'Content-Encoding': encoding };
        expect((await asking(pack(padded(limit)), headers)).status).to.equal(200);
        expect((await asking(pack(padded(limit + 1)), headers)).status).to.equal(413);
        expect((await asking(pack(padded(2_000_000)), headers)).status).to.equal(413);
      }
      expect((await asking('not packed', { 'Content-Encoding': 'gzip' })).status).to.equal(400);
      expect((await asking('{}', { 'Content-Encoding': 'zstd' })).status).to.equal(400);
      for (const plain of ['', 'identity']) {
        expect((await asking('{}', { 'Content-Encoding': plain })).status, plain).to.equal(200);
      }
    });

    it('and answers before a larger one has been sent', async () => {
      const head = `POST /api/token HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\nConnection: close\r\n\r\n{`;
      expect(await raw(server.url, head)).to.match(/^HTTP\/1.1 413 .*"tooLarge"/s);
    });

    it('and cuts off a caller that never stops', async () => {
      const head = 'POST /api/token HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n';
      const chunk = `100000\r\n${'x'.repeat(0x100000)}\r\n`;
      const answer = await raw(server.url, head + chunk.repeat(3)).catch((error: NodeJS.ErrnoException) => error.code);
      expect(answer).to.satisfy((said: string) => said.includes(' 413 ') || said === 'ECONNRESET' || said === 'EPIPE');
    });
  });

  it('refuses a body that is no JSON', async () => {
    for (const body of ['{', '{"a":1,}', "{'a':1}", 'language=fi', '\u0000']) {
      const { status, body: answer } = await server.ask('POST', '/api/token', { body });
      expect([status, answer.error?.code], body).to.deep.equal([400, 'badRequest']);
    }
  });

  describe('protects whoever reads its answers', () => {
    const required = ['content-security-policy', 'referrer-policy', 'x-content-type-options'];

    it('in every answer, good or bad', async () => {
      const answers = await Promise.all([
        server.ask('GET', '/healthz'),
        server.ask('GET', '/nothing'),
        server.ask('DELETE', '/api/token'),
        server.ask('POST', '/api/token', { body: '{' }),
        server.ask('POST', '/api/token', { body: {}, headers: { Origin: 'https://evil.example' } }),
        server.ask('OPTIONS', '/api/token', { headers: { Origin: cityPage } }),
        server.ask('GET', '/v3/directline/conversations/x/activities'),
      ]);
      for (const { headers } of answers) {
        for (const name of required) expect(headers.get(name), name).to.be.a('string');
        for (const name of ['server', 'x-powered-by', 'set-cookie', 'strict-transport-security']) {
          expect(headers.get(name), name).to.equal(null);
        }
      }
    });

    it('by a content policy without eval, framed by the city alone', async () => {
      const policy = (await server.ask('GET', '/healthz')).headers.get('content-security-policy')!;
      expect(policy).to.not.contain('unsafe');
      expect(policy).to.contain(`frame-ancestors 'self' ${cityPage}`);
      expect(policy).to.contain(`connect-src 'self' ${server.url.replace('http', 'ws')};`);
    });

    it('and takes no words into the policy from the caller', async () => {
      const answer = await raw(
        server.url,
        'GET /healthz HTTP/1.1\r\nHost: x; script-src *\r\nConnection: close\r\n\r\n',
      );
      expect(answer)
        .to.match(/^HTTP\/1.1 400 /)
        .and.not.contain('script-src *');
    });

    it('and lives on whatever address and host a caller names', async () => {
      for (const [target, host] of [
        ['/', 'a b'],
        ['/', '[::1'],
        ['/', 'x:99999'],
        ['//[', 'x'],
        ['http://[/', 'x'],
        ['*', 'x'],
      ]) {
        const close = 'Connection: close\r\n\r\n';
        expect(await raw(server.url, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n${close}`)).to.match(/^HTTP\/1.1 4/);
        const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
        expect(await raw(server.url, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n${upgrade}`)).to.match(/^HTTP\/1.1 4/);
      }
      expect((await server.ask('GET', '/healthz')).status).to.equal(200);
    });

    it('also when the request cannot be read or the socket is refused', async () => {
      expect(await raw(server.url, 'HELLO\r\n\r\n')).to.match(/^HTTP\/1.1 400 .*nosniff.*"badRequest"/s);
      const upgrade = 'GET /x HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
      expect(await raw(server.url, upgrade)).to.match(/^HTTP\/1.1 404 .*nosniff.*"notFound"/s);
      const long = `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`;
      expect(await raw(server.url, long)).to.match(/^HTTP\/1.1 431 /);
    });

    it('and insists on HTTPS in production', async () => {
      const real = await new DirectLineServer().start({ production: true, publicUrl: 'https://chat.city.example' });
      const { headers } = await real.ask('GET', '/healthz');
      const { body } = await real.ask('POST', '/api/token', { body: {} });
      await real.stop();
      expect(headers.get('strict-transport-security')).to.contain('max-age=');
      expect(body.domain).to.equal('https://chat.city.example/v3/directline');
    });
  });

  it('logs neither addresses with their tokens nor what was said', async () => {
    const { path, token, streamUrl, conversationId } = await server.started();
    await server.ask('POST', `${path}/activities`, { token, body: { type: 'message', text: 'my own business' } });
    await server.open(streamUrl);
    const log = server.log.join('');
    expect(log).to.contain('/v3/directline/conversations/:id/activities');
    for (const secret of [token, conversationId, 'my own business', '127.0.0.1']) expect(log).to.not.contain(secret);
  });

  it('answers what is under way before it stops', async () => {
    const stopping = await new DirectLineServer().start();
    const { path, token } = await stopping.started();
    const receive = stopping.conversations.receive.bind(stopping.conversations);
    let stopped: Promise<void> | undefined;
    stopping.conversations.receive = async (...given) => {
      stopped = stopping.stop();
      await new Promise((resolve) => setTimeout(resolve, 20));
      return receive(...given);
    };
    const { status } = await stopping.ask('POST', `${path}/activities`, {
      token,
      body: { type: 'message', text: 'Moi' },
    });
    await stopped;
    expect(status).to.equal(200);
  });

  it('stops though a browser has opened a connection that it does not use yet', async () => {
    const stopping = await new DirectLineServer().start();
    const unused = connect(Number(new URL(stopping.url).port), '127.0.0.1');
    await once(unused, 'connect');
    // One that is answered after it shows that the server has seen it.
    await stopping.ask('GET', '/healthz');
    const ended = once(unused.resume(), 'close');
    await stopping.stop();
    await ended;
  }).timeout(5_000);

  it('stops though a WebSocket is let in at that moment', async () => {
    const stopping = await new DirectLineServer().start();
    const { streamUrl } = await stopping.started();
    const exists = stopping.conversations.exists.bind(stopping.conversations);
    let stopped: Promise<void> | undefined;
    stopping.conversations.exists = async (id) => {
      stopped = stopping.stop();
      return exists(id);
    };
    const socket = new WebSocket(streamUrl);
    await once(socket, 'close');
    await stopped;
  }).timeout(5_000);

  it('stops though somebody never ends what they began to send', async () => {
    const stopping = await new DirectLineServer().start({ closeWithin: 50 });
    const slow = raw(stopping.url, 'POST /api/token HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{');
    await stopping.ask('GET', '/healthz');
    await stopping.stop();
    expect(await slow).to.equal('');
  });
});
