import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type App, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { tellRow } from '../support/row.ts';

const publicUrl = 'https://chat.city.example';
const page = 'https://www.porvoo.fi';
const id = '0'.repeat(22);

/** An address of each kind, with what makes it answer well or badly; files are found by following links. */
const asked: [string, string, RequestInit?][] = [
  ['GET', '/'],
  ['GET', '/chat'],
  ['GET', '/chat?lang=sv'],
  ['GET', '/coach'],
  ['GET', '/embed.js'],
  ['GET', '/nothing'],
  ['GET', '/polku/nothing.js'],
  ['GET', '/healthz'],
  ['GET', '/readyz'],
  ['DELETE', '/healthz'],
  ['POST', '/api/token', { body: '{}' }],
  ['POST', '/api/token', { body: '{' }],
  ['POST', '/api/token', { body: '{}', headers: { Origin: 'https://evil.example' } }],
  ['POST', '/api/token', { body: JSON.stringify({ resume: 'x'.repeat(65_536) }) }],
  ['OPTIONS', '/api/token', { headers: { Origin: page } }],
  ['POST', '/api/messages', { body: '{}' }],
  ['POST', '/v3/directline/tokens/generate'],
  ['POST', '/v3/directline/tokens/refresh'],
  ['POST', '/v3/directline/conversations'],
  ['GET', `/v3/directline/conversations/${id}`],
  ['GET', `/v3/directline/conversations/${id}/activities`],
  ['POST', `/v3/directline/conversations/${id}/upload`],
  ['GET', `/v3/directline/conversations/${id}/stream`],
  ['GET', `/partner/${id}`],
  ['POST', `/partner/${id}`, { body: new URLSearchParams({ act: 'accept' }) }],
  ['GET', '/monitoring/porvoo/open'],
  ['GET', '/monitoring/porvoo/open/figures.csv'],
  ['GET', '/monitoring/porvoo/nothing'],
  ['POST', '/monitoring/porvoo', { body: new URLSearchParams({ key: 'x' }) }],
];

for (const [mode, env] of Object.entries({ demo: {}, production: { NODE_ENV: 'production', PUBLIC_URL: publicUrl } })) {
  describe(`Every answer (${mode})`, function () {
    this.timeout(20_000);
    const folder = mkdtempSync(join(tmpdir(), 'polku-answers-'));
    let app: App;
    let url = '';

    before(async () => {
      app = await createApp(readConfig({ PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'silent', ...env }));
      url = `http://127.0.0.1:${(await app.listen()).port}`;
    });
    after(async () => {
      await app.close();
      rmSync(folder, { recursive: true });
    });

    it('tells browsers to be careful, and nothing of what serves it', async () => {
      const queue = [...asked];
      const seen = new Set<string>();
      const statuses = new Set<number>();
      for (let next = queue.shift(); next; next = queue.shift()) {
        const [method, path, init] = next;
        const where = `${method} ${path} ${JSON.stringify(init ?? {}).slice(0, 80)}`;
        if (seen.has(where)) continue;
        seen.add(where);
        const answer = await fetch(url + path, { method, ...init });
        statuses.add(answer.status);
        check(answer.headers, where);
        for (const file of linksIn(answer.headers, await answer.text())) queue.push(['GET', file]);
      }
      expect([...statuses]).to.include.members([200, 204, 400, 401, 403, 404]);
      expect([...seen].filter((one) => /\/polku\/[\w-]+\.(js|json|css|woff2)/.test(one))).to.have.length.above(5);
      tellRow(
        `S11 ${mode}: ${seen.size} answers of ${statuses.size} statuses, each with every header, 0 banners, 0 cookies`,
      );
    });

    function check(headers: Headers, where: string): void {
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy, where).to.contain("default-src 'none'").and.not.contain('unsafe');
      // What a partner or manager reads is framed by nobody, all else by the city.
      const isApart = where.includes('/partner/') || (mode === 'demo' && /\/monitoring\/porvoo(\/open| )/.test(where));
      const framedBy = isApart ? "'none'" : `'self' [^;]*${page}`;
      expect(policy, where).to.match(new RegExp(`frame-ancestors ${framedBy}`));
      expect(headers.get('x-content-type-options'), where).to.equal('nosniff');
      expect(headers.get('referrer-policy'), where).to.be.a('string');
      const strict = headers.get('strict-transport-security');
      expect(strict, where).to.equal(mode === 'production' ? 'max-age=31536000' : null);
      for (const name of ['server', 'x-powered-by', 'set-cookie']) expect(headers.get(name), where).to.equal(null);
    }
  });
}

/** Files of ours that a page, script or style names. */
function linksIn(headers: Headers, text: string): string[] {
  if (!/html|javascript|css/.test(headers.get('content-type') ?? '')) return [];
  const named = [...text.matchAll(/(?:\/polku\/|["'(./])([\w-]+-[A-Za-z0-9_]{8}\.(?:js|json|css|woff2))/g)];
  return [...new Set(named.map(([, name]) => `/polku/${name}`))];
}
