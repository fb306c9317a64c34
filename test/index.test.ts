import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';

const root = join(import.meta.dirname, '..');

describe('The process', function () {
  this.timeout(30_000);
  let folder: string;
  const started: ChildProcess[] = [];
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'polku-'));
  });
  after(() => {
    for (const child of started) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  /** Starts it; resolves when it has said something or ended. */
  async function start(env: Record<string, string>) {
    const child = spawn(process.execPath, [join(root, 'src/start.js')], {
      cwd: root,
      env: { PATH: process.env.PATH, PORT: '0', DATA_DIR: join(folder, 'data'), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.push(child);
    let out = '';
    let err = '';
    child.stderr.on('data', (data) => {
      err += data;
    });
    const closed = once(child, 'close');
    const said = new Promise<void>((resolve) => {
      child.stdout.on('data', (data) => {
        out += data;
        resolve();
      });
    });
    await Promise.race([said, closed]);
    return { child, out, err: () => err, ended: closed.then(([code]) => code as number) };
  }

  async function refusal(env: Record<string, string>): Promise<string> {
    const { out, err, ended } = await start(env);
    expect(out).to.equal('');
    expect(await ended).to.equal(1);
    // One line, and one more for each problem of a pack; never a stack.
    expect(err()).to.match(/^Polku did not start\. [^\n]+\n(- [^\n]+\n)*$/);
    return err();
  }

  it('tells where the page and the inbox are, serves, and stops when it is asked to', async () => {
    const { child, out, ended } = await start({});
    const [page, inbox] = [...out.matchAll(/http:\/\/\S+/g)].map(String);
    expect(inbox).to.equal(`${page}coach`);
    expect((await fetch(`${page}readyz`)).status).to.equal(200);
    child.kill('SIGTERM');
    expect(await ended).to.equal(0);
  });

  it('tells of no inbox in production, and has none', async () => {
    const { child, out, ended } = await start({ NODE_ENV: 'production', PUBLIC_URL: 'https://chat.city.example' });
    expect(out).to.contain('https://chat.city.example').and.not.contain('coach');
    child.kill('SIGINT');
    expect(await ended).to.equal(0);
  });

  it('names every wrong setting', async () => {
    expect(await refusal({ PORT: 'http', NODE_ENV: 'prod' }))
      .to.contain('PORT: ')
      .and.contain('NODE_ENV: ');
  });

  it('says what to do when the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const said = await refusal({ PORT: String((other.address() as AddressInfo).port) });
    other.close();
    expect(said).to.contain('set PORT to another number');
  });

  it('says what to do when its data cannot be kept', async () => {
    writeFileSync(join(folder, 'file'), '');
    expect(await refusal({ DATA_DIR: join(folder, 'file/data') })).to.contain('DATA_DIR');
  });

  it('says which city it does not know, and where a city is wrong', async () => {
    expect(await refusal({ MUNICIPALITY: 'nowhere' })).to.contain('nowhere');
    cpSync(join(root, 'deploy/municipalities'), join(folder, 'packs'), { recursive: true });
    writeFileSync(join(folder, 'packs/porvoo/municipality.json'), '{');
    expect(await refusal({ MUNICIPALITIES_DIR: join(folder, 'packs') })).to.contain('municipality.json');
  });
});
