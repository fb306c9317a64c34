import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readConfig } from '../src/config.ts';
import { readFiles } from '../src/read-files.ts';
import { warmUp } from '../src/warm-up.ts';

describe('Warming up', function () {
  this.timeout(30_000);
  const folder = mkdtempSync(join(tmpdir(), 'polku-cold-'));
  const traces = () => readdirSync(tmpdir()).filter((name) => name.startsWith('polku-warm-up-'));
  after(() => rmSync(folder, { recursive: true }));

  it('leaves nothing behind, neither in the store of the service nor elsewhere', async () => {
    const before = traces();
    const left = () => traces().filter((name) => !before.includes(name));
    const config = readConfig({ DATA_DIR: join(folder, 'data'), BOT_AUTH: 'none', LOG_LEVEL: 'silent' });
    const goOn = await warmUp(config, readFiles(config));
    // The process may be stopped before the rest.
    expect(left()).to.deep.equal([]);
    await goOn();
    expect(left()).to.deep.equal([]);
    expect(existsSync(join(folder, 'data'))).to.equal(false);
  });

  it('never keeps the service from starting', async () => {
    const config = readConfig({});
    const goOn = await warmUp(config, { ...readFiles(config), municipalities: [] });
    await goOn();
  });
});
