import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { readConfig } from '../../src/config.ts';
import { hasCode } from '../../src/errors.ts';
import { claimStore } from '../../src/storage/owner.ts';
import { placeOf } from '../../src/storage/place.ts';
import { MemoryDocuments } from '../support/memory-documents.ts';

/** The words of a refusal of the settings. */
async function refusal(act: () => unknown): Promise<string> {
  try {
    await act();
  } catch (error) {
    if (hasCode(error, 'badSetting')) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('The place of a city', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'polku-place-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  const sqlite = { kind: 'sqlite' } as const;
  const cosmos = (database: string) => ({ kind: 'cosmos', endpoint: 'https://x.example', database }) as const;
  const folder = (municipalities: string[], slug: string) =>
    placeOf({ municipalities, dataDir, store: sqlite }, slug).dataDir;
  const database = (municipalities: string[], slug: string, named: string) => {
    const { store } = placeOf({ municipalities, dataDir, store: cosmos(named) }, slug);
    return store.kind === 'cosmos' && store.database;
  };
  function begun(...path: string[]): void {
    mkdirSync(join(dataDir, ...path), { recursive: true });
    writeFileSync(join(dataDir, ...path, 'token-secret'), 'x');
  }

  it('is DATA_DIR itself when it is alone, and a folder each when there are several', () => {
    expect(folder(['porvoo'], 'porvoo')).to.equal(dataDir);
    expect(folder(['porvoo', 'kemi'], 'kemi')).to.equal(join(dataDir, 'kemi'));
  });

  it('stays where it is when the other cities go', () => {
    begun('kemi');
    expect(folder(['kemi'], 'kemi')).to.equal(join(dataDir, 'kemi'));
    begun();
    expect(folder(['kemi'], 'kemi')).to.equal(dataDir);
  });

  it('is refused to several while DATA_DIR holds the data of one, which would be left behind', async () => {
    begun();
    const said = await refusal(() => folder(['porvoo', 'kemi'], 'porvoo'));
    expect(said).to.include('DATA_DIR: ').and.include('move polku.db*, token-secret, letter-key');
  });

  it('is a database each in Cosmos DB: by the city’s name, or as the setting names them in order', () => {
    expect(database(['porvoo'], 'porvoo', 'polku')).to.equal('polku');
    expect(database(['porvoo', 'kemi'], 'kemi', 'polku')).to.equal('polku-kemi');
    expect(database(['porvoo', 'kemi'], 'porvoo', 'polku, other')).to.equal('polku');
    expect(database(['porvoo', 'kemi'], 'kemi', 'polku, other')).to.equal('other');
    const settings = { STORE: 'cosmos', COSMOS_ENDPOINT: 'https://x.example' };
    for (const [MUNICIPALITY, COSMOS_DATABASE] of [
      ['porvoo', 'a,b'],
      ['porvoo,kemi', 'a,b,c'],
      ['porvoo,kemi', 'a,a'],
      ['porvoo,kemi', 'a, a'],
      ['porvoo,kemi', 'a,'],
    ] as const) {
      expect(() => readConfig({ ...settings, MUNICIPALITY, COSMOS_DATABASE }), COSMOS_DATABASE).to.throw(
        'COSMOS_DATABASE',
      );
    }
  });

  it('is never that of another, whatever the names', () => {
    const slug = fc.stringMatching(/^[a-z0-9]{1,4}(-[a-z0-9]{1,3})?$/);
    const lists = fc.uniqueArray(slug, { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(lists, (cities) => {
        expect(new Set(cities.map((city) => folder(cities, city))).size).to.equal(cities.length);
        expect(new Set(cities.map((city) => database(cities, city, 'polku'))).size).to.equal(cities.length);
      }),
    );
  });
});

describe('A store', () => {
  it('is that of the city that came first, and refused to any other with what to do', async () => {
    const documents = new MemoryDocuments(Date.now);
    await Promise.all([claimStore(documents, 'porvoo'), claimStore(documents, 'porvoo')]);
    await claimStore(documents, 'porvoo');
    const said = await refusal(() => claimStore(documents, 'kemi'));
    expect(said).to.include('The store of kemi holds the data of porvoo. Correct MUNICIPALITY');
  });

  it('is one city’s also when several come at once', async () => {
    const documents = new MemoryDocuments(Date.now);
    const cities = ['porvoo', 'kemi', 'kouvola'];
    const said = await Promise.all(cities.map((city) => refusal(() => claimStore(documents, city))));
    expect(said.filter((one) => one === 'accepted')).to.have.length(1);
  });
});
