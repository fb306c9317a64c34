import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { RealApp } from '../support/real-app.ts';

const cityPage = 'https://tyollisyyspalvelut.example';

interface Asking {
  token?: string;
  path?: string;
  headers?: Record<string, string>;
  body: string | Uint8Array<ArrayBuffer>;
}

describe('What people say, which goes past the router', () => {
  let app: RealApp;
  before(async () => {
    app = await new RealApp().start();
  });
  after(() => app.end());

  const message = (text: string, clientActivityID: string) =>
    JSON.stringify({ type: 'message', text, channelData: { clientActivityID } });

  async function post(path: string, { token, headers, body }: Asking) {
    const own: Record<string, string> = token ? { Authorization: `Bearer ${token}` } : {};
    const response = await fetch(app.url + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...own, ...headers },
      body,
    });
    const { date: _, ...rest } = Object.fromEntries(response.headers);
    const text = await response.text();
    return { status: response.status, headers: rest, body: text.replace(/[\w-]{8,}\|\d+|"id":"[^"]*"/g, 'id') };
  }

  async function begun(): Promise<{ token: string; path: string }> {
    const response = await fetch(`${app.url}/api/token`, { method: 'POST', body: '{"language":"en"}' });
    const { token, conversationId } = (await response.json()) as { token: string; conversationId: string };
    return { token, path: `/v3/directline/conversations/${conversationId}/activities` };
  }

  const askings: Record<string, (mine: { token: string; path: string }, n: number) => Asking | Promise<Asking>> = {
    'a message': ({ token }, n) => ({ token, body: message('hello', `m-${n}`) }),
    'a message once more': ({ token }) => ({ token, body: message('hello', 'again') }),
    'the sign that somebody writes': ({ token }) => ({ token, body: '{"type":"typing"}' }),
    'a packed message': ({ token }, n) => ({
      token,
      body: new Uint8Array(gzipSync(message('packed', `g-${n}`))),
      headers: { 'Content-Encoding': 'gzip' },
    }),
    'a message from a page of the city': ({ token }, n) => ({
      token,
      body: message('from a page', `p-${n}`),
      headers: { Origin: new URL(app.municipality.origins[0] ?? cityPage).origin },
    }),
    'a message from another page': ({ token }) => ({
      token,
      body: message('x', 'x'),
      headers: { Origin: 'https://evil.example' },
    }),
    'no token': () => ({ body: message('x', 'x') }),
    'a forged token': ({ token }) => ({ token: `${token.slice(0, -4)}AAAA`, body: message('x', 'x') }),
    'the token of another': async () => ({ token: (await begun()).token, body: message('x', 'x') }),
    'no JSON': ({ token }) => ({ token, body: '{"type":' }),
    'a shape that is none': ({ token }) => ({ token, body: '{"type":7}' }),
    'more than is read': ({ token }) => ({
      token,
      body: JSON.stringify({ type: 'message', text: 'x'.repeat(80_000) }),
    }),
    'a packing that is unknown': ({ token }) => ({ token, body: 'x', headers: { 'Content-Encoding': 'zip' } }),
  };

  for (const [name, make] of Object.entries(askings)) {
    it(`is answered as by the router: ${name}`, async () => {
      const mine = await begun();
      const quick = await post(mine.path, await make(mine, 1));
      // An address that ends so is the same to the router, and is not the one that goes past it.
      const routed = await post(`${mine.path}?`, await make(mine, 2));
      expect(quick).to.deep.equal(routed);
    });
  }

  it('leaves every other address and method to the router', async () => {
    const { token, path } = await begun();
    expect((await post(`${path}/`, { token, body: '{}' })).status).to.equal(404);
    expect((await post(path.replace('/v3', '//v3'), { token, body: '{}' })).status).to.equal(404);
    const got = await fetch(app.url + path, { headers: { Authorization: `Bearer ${token}` } });
    expect(got.status).to.equal(404);
    expect((await fetch(app.url + path, { method: 'PUT' })).status).to.equal(405);
  });
});
