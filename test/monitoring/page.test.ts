import { expect } from 'chai';
import { PolkuError } from '../../src/errors.ts';
import type { Section } from '../../src/monitoring/report.ts';
import { cityOf } from '../support/cities.ts';
import { texts } from '../support/conversation.ts';
import { key, MonitoredTown } from '../support/monitored-town.ts';

const languages = texts.languages;
const say = (of: string, language: string) => texts.say({ key: `monitoring.${of}` }, language);

/** The tables of a page by caption, each cell as it reads. */
function tablesOf(page: string): Record<string, string[][]> {
  const plain = (html: string) =>
    html.replace(/<[^>]*>/g, '').replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code));
  const tables = [...page.matchAll(/<table>(.*?)<\/table>/gs)].map(([, table]) => {
    const caption = plain(/<caption[^>]*>(.*?)<\/caption>/s.exec(table!)![1]!);
    const rows = [...table!.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row]) =>
      [...row!.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell]) => plain(cell!)),
    );
    return [caption, rows];
  });
  return Object.fromEntries(tables);
}

describe('The monitoring page', () => {
  let town: MonitoredTown;
  before(async () => {
    town = await new MonitoredTown(cityOf('kouvola')).start();
    await town.lives();
  });
  after(() => town.close());

  const quarter = async (language: string, name = '2026-Q3') => {
    const [path] = (await town.pass(`10.1.0.${Math.floor(Math.random() * 250)}`)).split('?');
    return (await town.get(`${path}?lang=${language}&quarter=${name}`)).text();
  };

  for (const language of languages) {
    it(`tells in ${language} what happens, how long it takes, what comes of it, who comes, what it costs and the targets`, async () => {
      const page = await quarter(language);
      expect(page).to.include(`<html lang="${language}">`);
      for (const id of ['targets', 'happens', 'takes', 'comes', 'who', 'costs'] satisfies Section['id'][]) {
        expect(page).to.include(`>${say(`sections.${id}`, language)}</h2>`);
      }
      const tables = tablesOf(page);
      for (const name of ['happens', 'takes', 'outcomes', 'reasons', 'scores', 'age', 'tongue', 'services', 'steps']) {
        expect(tables, name).to.have.property(say(`captions.${name}`, language));
      }
      const [, intakes] = tables[say('captions.happens', language)]!;
      expect(intakes!.at(-1)).to.equal('240');
      expect(
        intakes!
          .slice(1, 4)
          .map(Number)
          .reduce((a, b) => a + b, 0),
      ).to.equal(240);
      expect(page).not.to.match(/undefined|NaN|\[object|monitoring\.|\{\{/);
      // Headers for each column and row, and a caption, in every table.
      expect(page.match(/<table>/g)!.length).to.equal(page.match(/<caption /g)!.length);
      for (const [name, rows] of Object.entries(tables)) {
        expect(new Set(rows.map(({ length }) => length)), name).to.have.property('size', 1);
      }
    });
  }

  it('shows no group of fewer than five, and nothing by group before the quarter is over', async () => {
    const over = tablesOf(await quarter('en'));
    const hidden = say('hidden', 'en');
    let cells = 0;
    for (const name of ['outcomes', 'reasons', 'scores', 'helped', 'age', 'tongue', 'situation', 'education']) {
      for (const row of over[say(`captions.${name}`, 'en')]!.slice(1, -1)) {
        for (const cell of row.slice(1)) {
          cells++;
          expect(cell === hidden || cell === '0' || Number(cell) >= 5, `${name} ${row}`).to.equal(true);
        }
      }
    }
    expect(cells).to.be.above(40);
    await town.happens('intake', '2026-11-20', { of: { age: '18to29' } }, 30);
    const running = await quarter('en', '2026-Q4');
    expect(tablesOf(running)).not.to.have.any.keys(say('captions.age', 'en'), say('captions.outcomes', 'en'));
    expect(running).to.include('16 January 2027');
    expect(tablesOf(running)[say('captions.happens', 'en')]![1]!.at(-1)).to.equal('30');
  });

  it('has no script and nothing from elsewhere, is kept nowhere and sets no cookie', async () => {
    const [path] = (await town.pass('10.2.0.1')).split('?');
    const { headers, status } = await town.get(path!);
    expect(status).to.equal(200);
    expect(headers.get('content-security-policy')).to.include("default-src 'none'").and.not.include('script');
    expect(headers.get('cache-control')).to.equal('no-store');
    expect(headers.get('referrer-policy')).to.equal('no-referrer');
    expect(headers.get('set-cookie')).to.equal(null);
    expect(await quarter('fi')).not.to.match(/<script|src=|https?:\/\//);
  });

  it('can be taken along as a table in which nothing is a formula, with the same figures', async () => {
    const [path] = (await town.pass('10.2.0.2')).split('?');
    for (const language of languages) {
      const answer = await town.get(`${path}/figures.csv?lang=${language}&quarter=2026-Q3`, '10.2.0.2');
      expect(answer.headers.get('content-type')).to.include('text/csv');
      expect(answer.headers.get('content-disposition')).to.include('polku-kouvola-2026-Q3.csv');
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await answer.arrayBuffer());
      expect(text.startsWith('\uFEFF"')).to.equal(true);
      const lines = text.slice(1).trimEnd().split('\r\n');
      for (const line of lines) {
        expect(line).to.match(/^"(?:[^"]|"")*"(?:;"(?:[^"]|"")*")+$/);
        expect(line, 'a formula').not.to.match(/(^|;)"[=+\-@]/);
      }
      expect(
        lines.some((line) => line.includes(`"${say('what.intake', language)}"`) && line.endsWith('"240"')),
      ).to.equal(true);
      expect(lines.length).to.be.above(200);
    }
  });

  it('holds nothing that came from a person, and neither do the figures that are kept', async () => {
    const kept = JSON.stringify(town.documents.all('clients'));
    const pages = (await Promise.all(languages.map((language) => quarter(language)))).join();
    for (const name of ['client', 'phone', 'coach"', 'P-']) expect(kept).not.to.include(name);
    for (const { name } of town.municipality.coaches) expect(pages).not.to.include(name);
  });
});

describe('The key of the monitoring page', () => {
  let town: MonitoredTown;
  beforeEach(async () => {
    town = await new MonitoredTown(cityOf('kemi')).start();
  });
  afterEach(() => town.close());

  it('is asked by a form in the reader’s language, and opens the page for an hour', async () => {
    for (const language of languages) {
      const form = await (await town.get(`/monitoring/kemi?lang=${language}`)).text();
      expect(form).to.include(say('key.label', language)).and.include('type="password"');
      expect(form).not.to.include('<table');
    }
    const path = await town.pass();
    expect(path).to.match(/^\/monitoring\/kemi\/[0-9a-z]+\.[\w-]{43}$/);
    expect((await town.get(path)).status).to.equal(200);
    town.clock.time += 59 * 60_000;
    expect((await town.get(path)).status).to.equal(200);
    town.clock.time += 61_000;
    expect((await town.get(path)).status).to.equal(404);
  });

  it('that is wrong opens nothing, and says so; many tries from one address have to wait', async () => {
    for (const [n, wrong] of ['', 'x', key.slice(1), `${key} `, key.toUpperCase(), 'open'].entries()) {
      const answer = await town.give(wrong, `10.9.0.${n}`, '?lang=sv');
      expect(answer.status, wrong).to.equal(403);
      expect(answer.headers.get('location')).to.equal(null);
      expect(await answer.text()).to.include(say('key.wrong', 'sv'));
    }
    let refused = 0;
    for (let n = 0; n < 15; n++) if ((await town.give('guess', '10.9.1.1')).status === 429) refused++;
    expect(refused).to.be.at.least(4);
    expect((await town.give(key, '10.9.1.2')).status).to.equal(303);
  });

  it('is in no log, and neither is the pass', async () => {
    const path = await town.pass();
    await town.get(path);
    await town.give('a wrong key');
    const log = town.log.join();
    for (const secret of [key, path.split('/').at(-1)!, 'a wrong key']) expect(log).not.to.include(secret);
  });

  it('cannot be gone around: a made-up, changed or other city’s pass is no page at all', async () => {
    const good = (await town.pass()).split('/').at(-1)!;
    const other = await new MonitoredTown(cityOf('porvoo')).start();
    const foreign = (await other.pass()).split('/').at(-1)!;
    await other.close();
    const [until, signature] = good.split('.');
    const later = `${(Number.parseInt(until!, 36) + 60_000).toString(36)}.${signature}`;
    const tried = [
      'open',
      '',
      good.slice(0, -1),
      `${good}x`,
      later,
      foreign,
      `${until}.`,
      `.${signature}`,
      'NaN.x',
      'z'.repeat(200),
    ];
    for (const [n, pass] of tried.entries()) {
      const { status } = await town.get(`/monitoring/kemi/${encodeURIComponent(pass)}/figures.csv`, `10.9.2.${n}`);
      expect(status, pass).to.equal(404);
    }
    expect((await town.get(`/monitoring/porvoo/${good}`)).status).to.equal(404);
    expect((await town.get(`/monitoring/kemi/${good}`)).status).to.equal(200);
  });

  it('is not needed in a demo on one’s own machine', async () => {
    const open = await new MonitoredTown(cityOf('kemi'), null).start();
    expect((await open.get('/monitoring')).headers.get('location')).to.equal('/monitoring/kemi');
    expect((await open.get('/monitoring/kemi')).headers.get('location')).to.equal('/monitoring/kemi/open');
    expect((await open.get('/monitoring/kemi/open')).status).to.equal(200);
    await open.close();
  });

  it('is asked again in words when the store does not answer', async () => {
    const path = await town.pass();
    const list = () => Promise.reject(new PolkuError('storeUnavailable'));
    Object.assign(town.documents, { list });
    const answer = await town.get(path);
    expect([answer.status, (await answer.text()).includes(say('key.down', 'fi'))]).to.deep.equal([503, true]);
  });
});
