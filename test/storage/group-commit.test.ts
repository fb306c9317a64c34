import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { hasCode } from '../../src/errors.ts';
import { createGroupCommit } from '../../src/storage/group-commit.ts';

describe('Writes that come together', () => {
  const folder = mkdtempSync(join(tmpdir(), 'polku-group-'));
  let file: string;
  let database: DatabaseSync;
  let count = 0;
  beforeEach(() => {
    file = join(folder, `${count++}.db`);
    database = new DatabaseSync(file, { timeout: 20 });
    database.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT NOT NULL) STRICT');
  });
  afterEach(() => {
    if (database.isOpen) database.close();
  });
  after(() => rmSync(folder, { recursive: true }));
  const rows = () => database.prepare('SELECT count(*) AS n FROM t').get()?.n;
  const insert = (id: number, v: string | null = 'x') =>
    Number(database.prepare('INSERT INTO t VALUES (?, ?)').run(id, v).changes);

  it('are each told their own result, and are there for others when they are told', async () => {
    const commit = createGroupCommit(database);
    const other = new DatabaseSync(file);
    const seen = await Promise.all(
      Array.from({ length: 64 }, async (_, id) => {
        const changes = await commit.write(() => insert(id));
        return [changes, other.prepare('SELECT count(*) AS n FROM t WHERE id = ?').get(id)?.n];
      }),
    );
    expect(new Set(seen.map(String))).to.deep.equal(new Set(['1,1']));
    other.close();
  });

  it('fail alone: what cannot be written does not take the others with it', async () => {
    const commit = createGroupCommit(database);
    const results = await Promise.allSettled(
      [1, 2, 2, 3, 4].map((id) => commit.write(() => insert(id, id === 4 ? null : 'x'))),
    );
    expect(results.map(({ status }) => status)).to.deep.equal([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
    ]);
    expect(rows()).to.equal(3);
    expect(database.isTransaction).to.equal(false);
  });

  it('all fail soon, with nothing written, while another process holds the file', async () => {
    const commit = createGroupCommit(database);
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    const results = await Promise.allSettled([1, 2, 3].map((id) => commit.write(() => insert(id))));
    for (const result of results)
      expect(result.status === 'rejected' && hasCode(result.reason, 'storeUnavailable')).to.equal(true);
    other.exec('ROLLBACK');
    other.close();
    expect(rows()).to.equal(0);
    expect(await commit.write(() => insert(1))).to.equal(1);
  });

  it('are on the disk when the store closes, and later ones are refused', async () => {
    const commit = createGroupCommit(database);
    const written = Promise.all([1, 2].map((id) => commit.write(() => insert(id))));
    commit.flush();
    expect(await written).to.deep.equal([1, 1]);
    database.close();
    const late = await Promise.allSettled([3, 4].map((id) => commit.write(() => id)));
    expect(late.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected']);
  });
});
