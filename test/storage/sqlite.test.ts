import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { hasCode } from '../../src/errors.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { documentsContract } from '../contract/documents.ts';
import { processesContract } from '../contract/processes.ts';
import { doc, ref } from '../support/documents.ts';

const newFolder = () => mkdtempSync(join(tmpdir(), 'polku-sqlite-'));

documentsContract('SQLite in a file', async () => {
  const folder = newFolder();
  return {
    open: async (now) => openSqlite(join(folder, 'polku.db'), { now }),
    remove: async () => rmSync(folder, { recursive: true }),
  };
});

documentsContract(
  'SQLite in memory',
  async () => ({ open: async (now) => openSqlite(':memory:', { now }), remove: async () => {} }),
  { durable: false },
);

processesContract('SQLite in a file', async () => {
  const folder = newFolder();
  return {
    choice: { kind: 'sqlite' },
    dataDir: join(folder, 'data'),
    remove: async () => rmSync(folder, { recursive: true }),
  };
});

describe('SQLite as the embedded store', () => {
  let folder = '';
  beforeEach(() => {
    folder = newFolder();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const open = (file: string) => openSqlite(file, { now: Date.now });
  const opening = (file: string): unknown => {
    try {
      open(file);
    } catch (error) {
      return error;
    }
    throw new Error('it opened');
  };

  it('makes the folder and lets nobody else on the machine read the file', async () => {
    const file = join(folder, 'new', 'deep', 'polku.db');
    const store = open(file);
    await store.create('clients', doc('p', 'a'));
    expect(statSync(file).mode & 0o077).to.equal(0);
    expect(statSync(join(folder, 'new')).mode & 0o077).to.equal(0);
    await store.close();
  });

  it('says what to do when the place cannot be written', () => {
    writeFileSync(join(folder, 'a-file'), '');
    mkdirSync(join(folder, 'a-folder'));
    for (const place of [join(folder, 'a-file', 'polku.db'), join(folder, 'a-folder')]) {
      const error = opening(place);
      expect(hasCode(error, 'badSetting') && error.message).to.match(/cannot be written.*Set DATA_DIR/);
    }
  });

  it('says what to do when the file is damaged or something else', async () => {
    const file = join(folder, 'polku.db');
    writeFileSync(file, 'this is a shopping list, not a database '.repeat(100));
    const error = opening(file);
    expect(hasCode(error, 'badSetting') && error.message).to.match(/damaged or no SQLite file.*backup/);
    expect(readFileSync(file, 'utf8')).to.match(/^this is a shopping list/);
  });

  it('leaves a database of a later version alone', async () => {
    const file = join(folder, 'polku.db');
    await open(file).close();
    const { DatabaseSync } = await import('node:sqlite');
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 99');
    database.close();
    const error = opening(file);
    expect(hasCode(error, 'badSetting') && error.message).to.match(/later version of Polku/);
  });

  it('leaves no byte of a deleted, shortened or expired document on the disk', async () => {
    let time = 1_000_000;
    const file = join(folder, 'polku.db');
    const store = openSqlite(file, { now: () => time });
    const canary = 'KANARIA '.repeat(2000);
    await store.create('clients', doc('p', 'deleted', { canary }));
    const version = await store.create('clients', doc('p', 'shortened', { canary }));
    await store.create('clients', doc('p', 'expired', { canary, expiresAt: time + 1 }));
    await store.delete(ref('p', 'deleted'));
    await store.replace('clients', doc('p', 'shortened'), version);
    time += 100_000;
    await store.due('clients', time, 1);
    await store.close();
    for (const name of readdirSync(folder)) {
      expect(readFileSync(join(folder, name)).includes('KANARIA'), name).to.equal(false);
    }
  });
});
