import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Letter, openLetter } from '../../src/domain/clients/letter.ts';
import { letterHash } from '../../src/domain/clients/letter-code.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { anAct } from '../support/acts.ts';
import { pdfText } from '../support/pdf-text.ts';

const table = ['\uFEFFid;language;name;address1', '1;fi;Mira Mallinen;Katu 1', '2;sv;Örjan Öhman;Gatan 2'].join('\r\n');

describe('npm run clients', function () {
  // Each run is a process of its own.
  this.timeout(60_000);
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'clients-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  function run(args: string[], env: Record<string, string> = {}) {
    return spawnSync(process.execPath, ['src/clients-cli.ts', ...args], {
      env: { PATH: process.env.PATH, DATA_DIR: join(dir, 'data'), PUBLIC_URL: 'https://chat.city.example', ...env },
      encoding: 'utf8',
    });
  }

  function imported(text: string) {
    writeFileSync(join(dir, 'table.csv'), text);
    return run(['import', join(dir, 'table.csv'), '--out', join(dir, 'letters')]);
  }

  const codes = () =>
    readdirSync(join(dir, 'letters'))
      .sort()
      .flatMap((file) => pdfText(readFileSync(join(dir, 'letters', file))))
      .map((page) => /^\w{4}(-\w{4}){3}$/m.exec(page)![0]);

  async function inStore<T>(use: (documents: ReturnType<typeof openSqlite>) => Promise<T>): Promise<T> {
    const documents = openSqlite(join(dir, 'data', 'polku.db'), { now: Date.now });
    try {
      return await use(documents);
    } finally {
      await documents.close();
    }
  }

  it('makes a letter each, whose code the store knows by its hash alone', async () => {
    const { status, stdout, stderr } = imported(table);
    expect(status, stderr).to.equal(0);
    expect(stdout)
      .to.match(/2 clients: 2 new, 0 known/)
      .and.not.match(/Mira|Örjan/);
    const kept = await inStore((documents) => documents.list<Letter>('clients', 'letters', 'letter'));
    expect(kept.map(({ document }) => document.id).sort()).to.deep.equal(codes().map(letterHash).sort());
    const store = readFileSync(join(dir, 'data', 'polku.db'), 'latin1');
    for (const code of codes()) expect(store).not.to.include(code).and.not.include(code.replaceAll('-', ''));
  });

  it('is safe to run twice: the same codes, no second one for anybody, and none for who is in the chat', async () => {
    imported(table);
    const before = codes();
    expect(imported(`${table}\r\n3;fi;Uusi Asiakas;Katu 3`).stdout).to.match(/3 clients: 1 new, 2 known/);
    expect(codes()).to.include.members(before).and.have.length(3);
    await inStore((documents) => openLetter(anAct({ documents }), letterHash(before[0]!), async () => {}));
    expect(imported(table).stdout).to.match(/2 clients: 0 new, 1 known and not yet in the chat\.\nNo letter for 1 who/);
    expect(await inStore((documents) => documents.list('clients', 'letters', 'letter'))).to.have.length(3);
  });

  it('refuses another key, which would give everybody a second code', () => {
    imported(table);
    writeFileSync(join(dir, 'data', 'letter-key'), Buffer.alloc(32, 1));
    const { status, stderr } = imported(table);
    expect(status).to.equal(1);
    expect(stderr).to.match(/"letter-key" is not the key .* Put the earlier file back\./);
  });

  it('changes nothing when one line is wrong, and tells each line', async () => {
    const { status, stderr } = imported(`${table}\r\n4;fi;;Katu 4\r\n5;fi;Salainen 131052-308T;Katu 5`);
    expect(status).to.equal(1);
    expect(stderr).to.match(
      /has 2 mistakes\. Nothing was changed\.\nline 4: name: it is empty\nline 5: name: an identity code/,
    );
    expect(stderr).not.to.match(/Salainen|131052/);
    expect(readdirSync(dir)).to.deep.equal(['table.csv']);
  });

  it('keeps the letters of one of several cities with that city, by its name or code', () => {
    writeFileSync(join(dir, 'table.csv'), table);
    const args = ['import', join(dir, 'table.csv'), '--municipality', '240'];
    expect(run(args, { MUNICIPALITY: 'porvoo,kemi' }).stderr).to.equal('');
    expect(readdirSync(join(dir, 'data'))).to.deep.equal(['kemi']);
    expect(readdirSync(join(dir, 'data/kemi'))).to.include.members(['letter-key', 'letters', 'polku.db']);
  });

  it('tells what it needs', () => {
    for (const [args, env, told] of [
      [[], {}, /Usage:[\s\S]*id, language, name, address1/],
      [['import', 'none.csv'], {}, /none\.csv cannot be read \(ENOENT\)/],
      [['import', 'none.csv'], { PUBLIC_URL: '', NODE_ENV: 'production' }, /PUBLIC_URL: give the address/],
      [['import', 'none.csv', '--municipality', 'nowhere'], {}, /There is no pack "nowhere"/],
      [['import', 'none.csv', '--municipality', 'kemi'], {}, /MUNICIPALITY lists porvoo, not kemi\. Correct/],
      [
        ['import', 'none.csv'],
        { MUNICIPALITY: 'porvoo,kemi' },
        /lists porvoo, kemi: say which one with --municipality/,
      ],
    ] as const) {
      const { status, stderr } = run([...args], env);
      expect([status, told.test(stderr)], stderr).to.deep.equal([1, true]);
      expect(stderr).not.to.match(/\n {4}at /);
    }
  });
});
