import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { writeSnapshot } from '../../src/directory/write-snapshot.ts';
import { loadMunicipality } from '../../src/municipalities/load.ts';
import { fullService } from '../support/ptv-services.ts';

const id = '00000000-0000-4000-8000-000000000007';
/** All that the catalogue does not say of service 7. */
const overlay = {
  id: 'workshop',
  ptvId: id.toUpperCase(),
  name: { en: 'Workshop' },
  summary: { en: 'Learn to work in the workshop.' },
  when: { ageGroup: ['18to24', '25to29'] },
  forWhom: { fi: 'alle 30-vuotiaille', sv: 'personer under 30 år', en: 'people under 30' },
  place: { fi: 'Pajalla', sv: 'I verkstaden', en: 'In the workshop' },
  referral: { email: 'ohjaukset@saatio.example', language: 'fi', fields: ['name'] },
  placesLeft: 3,
};

// In a run of all tests restify has changed `writeHead`, which then returns nothing.
function refuse(response: ServerResponse, status: number): void {
  response.statusCode = status;
  response.end();
}

describe('The snapshot of the catalogue in a pack', () => {
  let dir: string;
  const file = (name: string) => join(dir, 'porvoo', name);

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'packs-'));
    cpSync('deploy/municipalities/porvoo', join(dir, 'porvoo'), { recursive: true });
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  async function written(source: string): Promise<string> {
    const lines = await writeSnapshot({ source, municipalities: ['638'], dir, slug: 'porvoo', pause: 1 });
    return lines.join('\n');
  }
  async function saved(services: unknown): Promise<string> {
    writeFileSync(join(dir, 'saved.json'), JSON.stringify(services));
    return written(join(dir, 'saved.json'));
  }
  async function refusal(source: string): Promise<string> {
    return written(source).then(
      () => 'taken',
      (error: Error) => error.message,
    );
  }
  function addOverlay(entry: object): void {
    const services = JSON.parse(readFileSync(file('services.json'), 'utf8')) as object[];
    writeFileSync(file('services.json'), JSON.stringify([...services, entry]));
  }
  async function serving<T>(listener: RequestListener, use: (address: string) => Promise<T>): Promise<T> {
    const server = createServer(listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v11/Service/list`);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  }

  it('is completed by an entry of the pack, which says only what the catalogue does not', async () => {
    addOverlay(overlay);
    expect(await saved([fullService(7)])).to.match(/The pack is whole/);
    const service = loadMunicipality(dir, 'porvoo').services.at(-1)!;
    expect(service).to.deep.include({
      id: 'workshop',
      ptvId: id,
      provider: 'Esimerkkisäätiö',
      name: { fi: 'Paja 7', sv: 'Verkstad 7', en: 'Workshop' },
      needs: ['findWork', 'everyday', 'skills'],
      languages: ['fi', 'sv'],
      contact: { phone: '+358 190000201', email: 'paja@saatio.example', web: 'https://saatio.example/paja' },
      placesLeft: 3,
    });
    expect(service.price.sv).to.equal('Avgiftsfri');
  });

  it('gives way to what the entry says itself', async () => {
    addOverlay({ ...overlay, provider: 'Sotek-säätiö', needs: ['findWork'], contact: { phone: '019 000 0300' } });
    await saved([fullService(7)]);
    const { provider, needs, contact } = loadMunicipality(dir, 'porvoo').services.at(-1)!;
    expect([provider, needs]).to.deep.equal(['Sotek-säätiö', ['findWork']]);
    expect(contact).to.deep.include({ phone: '019 000 0300', email: 'paja@saatio.example' });
  });

  it('tells what is still missing from an entry, with file, place and repair', async () => {
    const { forWhom: _, ...rest } = { ...overlay, name: undefined };
    addOverlay(rest);
    const told = await saved([fullService(7)]);
    expect(told).to.match(/services\.json, \[\d+\]\.forWhom \(id "workshop"\): "forWhom" is missing/);
    expect(told).to.match(/\[\d+\]\.name\.en .*the English text is missing/);
  });

  it('offers nothing that no entry names', async () => {
    const before = loadMunicipality(dir, 'porvoo').services.length;
    await saved([fullService(7), fullService(8)]);
    expect(loadMunicipality(dir, 'porvoo').services).to.have.length(before);
  });

  it('stops the start when an entry names a service that is gone', async () => {
    addOverlay(overlay);
    expect(await saved([fullService(8)])).to.match(
      /\[\d+\]\.ptvId \(id "workshop"\): there is no such service in ptv\.json/,
    );
    expect(() => loadMunicipality(dir, 'porvoo')).to.throw(/no such service in ptv\.json/);
  });

  it('stays as it was when nothing can be read', async () => {
    await saved([fullService(7)]);
    const before = readFileSync(file('ptv.json'), 'utf8');
    writeFileSync(join(dir, 'page.html'), '<html></html>');
    writeFileSync(join(dir, 'cut.json'), JSON.stringify([fullService(1)]).slice(0, -20));
    writeFileSync(join(dir, 'other.json'), '{"hello":"world"}');
    writeFileSync(join(dir, 'empty.json'), '[]');
    expect(await refusal(join(dir, 'page.html'))).to.match(/page\.html: Line 1 is no JSON/);
    expect(await refusal(join(dir, 'cut.json'))).to.match(/ends in the middle/);
    expect(await refusal(join(dir, 'other.json'))).to.match(/gave nothing to import: line 1, service without an id/);
    expect(await refusal(join(dir, 'empty.json'))).to.match(/there is no service in it/);
    expect(await refusal(join(dir, 'none.json'))).to.match(/cannot be read \(ENOENT\)/);
    expect(readFileSync(file('ptv.json'), 'utf8')).to.equal(before);
    expect(existsSync(file('ptv.json.new'))).to.equal(false);
  });

  it('comes from an address as well, page by page, and is the same as from the saved pages', async () => {
    const services = [1, 2, 3, 4, 5].map((number) => fullService(number));
    const asked: string[] = [];
    let failed = false;
    await serving(
      (request, response) => {
        const page = Number(new URL(request.url!, 'http://local').searchParams.get('page'));
        asked.push(String(page));
        if (page === 2 && !failed) {
          failed = true;
          refuse(response, 503);
          return;
        }
        const itemList = services.slice(page * 2 - 2, page * 2);
        response.end(JSON.stringify({ pageNumber: page, pageSize: 2, pageCount: 3, itemList }));
      },
      async (address) => {
        expect(await written(address)).to.match(/Read 5 services, kept 5/);
      },
    );
    expect(asked).to.deep.equal(['1', '2', '2', '3']);
    const fromAddress = JSON.parse(readFileSync(file('ptv.json'), 'utf8'));
    await saved({ pageNumber: 1, pageSize: 5, pageCount: 1, itemList: services });
    const fromFile = JSON.parse(readFileSync(file('ptv.json'), 'utf8'));
    expect(fromFile.services).to.deep.equal(fromAddress.services);
  });

  it('tells when the address gives no services, and what to do', async () => {
    await serving(
      (_, response) => refuse(response, 404),
      async (address) =>
        expect(await refusal(address)).to.match(/did not give services \(404\)\. Try again later, or save/),
    );
    await serving(
      (_, response) => response.end('<html>'),
      async (address) => expect(await refusal(address)).to.match(/the answer is no JSON/),
    );
    expect(await refusal('http://127.0.0.1:9/api')).to.match(/it cannot be reached/);
  });
});
