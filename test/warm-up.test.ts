import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readConfig } from '../src/config.ts';
import { warmUp } from '../src/warm-up.ts';

describe('Warming up', () => {
  const folder = mkdtempSync(join(tmpdir(), 'polku-cold-'));
  const traces = () => readdirSync(tmpdir()).filter((name) => name.startsWith('polku-warm-up-'));
  after(() => rmSync(folder, { recursive: true }));

  it('leaves nothing behind, neither in the store of the service nor elsewhere', async () => {
    const before = traces();
    await warmUp(readConfig({ DATA_DIR: join(folder, 'data'), BOT_AUTH: 'none', LOG_LEVEL: 'silent' }));
    expect(existsSync(join(folder, 'data'))).to.equal(false);
    expect(traces().filter((name) => !before.includes(name))).to.deep.equal([]);
  });

  it('never keeps the service from starting', async () => {
    await warmUp({ ...readConfig({}), municipalities: ['atlantis'] });
  });
});
