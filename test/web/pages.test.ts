import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { ChatServer } from '../support/chat-server.ts';
import { StagedConversations } from '../support/staged-conversations.ts';

/** Asks as a browser does, without `fetch` undoing the encoding. */
function ask(url: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    request(url, { headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    })
      .on('error', reject)
      .end();
  });
}

describe('The pages and files of the web', () => {
  const server = new ChatServer(new StagedConversations(() => []));
  const get = (path: string, headers?: Record<string, string>) => ask(server.url + path, headers);
  const names: Record<string, string> = {};

  before(async function () {
    this.timeout(20_000);
    await server.start();
    const embed = (await get('/embed.js')).body.toString();
    names.chat = /chat-\w{8}\.js/.exec(embed)![0];
    const chat = (await get(`/polku/${names.chat}`)).body.toString();
    names.card = /card-\w{8}\.js/.exec(chat)![0];
    for (const language of ['fi', 'sv', 'en']) {
      names[language] = new RegExp(`start-porvoo-${language}-\\w{8}\\.json`).exec(chat)![0];
    }
  });
  after(() => server.stop());

  it('are light: the launcher at most 2 kB, the chat with its words at most 20 kB', async () => {
    const brotli = async (path: string) => {
      const { body, headers } = await get(path, { 'Accept-Encoding': 'gzip, br' });
      expect(headers['content-encoding']).to.equal('br');
      return body.byteLength;
    };
    const launcher = await brotli('/embed.js');
    const chat = await brotli(`/polku/${names.chat}`);
    const words = Math.max(...(await Promise.all(['fi', 'sv', 'en'].map((one) => brotli(`/polku/${names[one]}`)))));
    const card = await brotli(`/polku/${names.card}`);
    process.stdout.write(
      `  weight: launcher ${launcher} B, chat ${chat} B with words ${words} B, card renderer ${card} B (brotli)\n`,
    );
    expect(launcher).to.be.at.most(2_048);
    expect(chat + words).to.be.at.most(20_480);
  });

  it('come in the encoding that the browser reads', async () => {
    const plain = (await get('/embed.js')).body;
    const gzip = await get('/embed.js', { 'Accept-Encoding': 'gzip' });
    const brotli = await get('/embed.js', { 'Accept-Encoding': 'gzip, deflate, br' });
    expect(gunzipSync(gzip.body)).to.deep.equal(plain);
    expect(brotliDecompressSync(brotli.body)).to.deep.equal(plain);
    expect((await get('/embed.js', { 'Accept-Encoding': 'br;q=0, gzip;q=0' })).headers).not.to.have.property(
      'content-encoding',
    );
  });

  it('may be kept for good when their name tells the release, and a few minutes when it does not', async () => {
    expect((await get(`/polku/${names.chat}`)).headers['cache-control']).to.match(/immutable/);
    expect((await get('/embed.js')).headers['cache-control']).to.match(/max-age=300\b/);
    expect((await get('/chat')).headers['cache-control']).to.equal('no-cache');
  });

  it('answer a page of another release with the file of this one', async () => {
    const old = await get('/polku/chat-00000000.js');
    expect(old.status).to.equal(200);
    expect(old.headers['cache-control']).to.equal('no-cache');
    expect((await get('/polku/other-00000000.js')).status).to.equal(404);
    expect((await get('/polku/..%2f..%2fpackage.json')).status).to.equal(404);
  });

  it('may be loaded by any page, and speak for themselves: types, nosniff, no banner', async () => {
    for (const path of ['/embed.js', `/polku/${names.chat}`, `/polku/${names.fi}`, '/chat', '/']) {
      const { headers } = await get(path);
      expect(headers['access-control-allow-origin'], path).to.equal('*');
      expect(headers['cross-origin-resource-policy'], path).to.equal('cross-origin');
      expect(headers['x-content-type-options'], path).to.equal('nosniff');
      expect(headers, path).not.to.have.any.keys('server', 'x-powered-by', 'set-cookie');
      expect(headers['content-security-policy'], path).to.match(/default-src 'none'.*frame-ancestors 'self'/);
      expect(headers['content-security-policy'], path).not.to.match(/unsafe/);
    }
  });

  it('hold no script, style or handler inside the page', async () => {
    for (const path of ['/?lang=fi', '/chat?lang=sv', '/coach?lang=en', '/coach?id=aino-lehtivaara']) {
      const page = (await get(path)).body.toString();
      expect(page, path).not.to.match(/<style|<script(?! [^>]*src=)|\son\w+=|\sstyle=|javascript:/i);
    }
  });

  it('speak the language asked for, else the browser’s, else the city’s first', async () => {
    const language = async (path: string, accepted = '') =>
      /<html lang="(\w+)"/.exec((await get(path, { 'Accept-Language': accepted })).body.toString())?.[1];
    expect(await language('/?lang=sv', 'fi')).to.equal('sv');
    expect(await language('/', 'ar, sv-FI;q=0.9')).to.equal('sv');
    expect(await language('/?lang=xx')).to.equal('fi');
  });

  it('tell how a person is reached when there is no script', async () => {
    const page = (await get('/chat?lang=fi')).body.toString();
    const plain = /<noscript>([\s\S]*)<\/noscript>/.exec(page)?.[1];
    const { contact } = server.municipality;
    for (const told of [contact.phone, contact.email, contact.address.fi, 'ma–to klo 9.00–15.00']) {
      expect(plain).to.include(told);
    }
  });

  it('are only the chat in production', async () => {
    const real = new ChatServer(new StagedConversations(() => []));
    real.production = true;
    await real.start();
    expect((await ask(`${real.url}/`)).status).to.equal(404);
    expect((await ask(`${real.url}/coach`)).status).to.equal(404);
    const chat = await ask(`${real.url}/chat`);
    expect(chat.status).to.equal(200);
    expect(chat.headers['strict-transport-security']).to.match(/max-age=/);
    await real.stop();
  });
});
