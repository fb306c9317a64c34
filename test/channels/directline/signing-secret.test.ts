import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { signingSecret } from '../../../src/channels/directline/signing-secret.ts';

describe('The secret that signs tokens', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'polku-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is made at the first start, kept, and for its owner alone', () => {
    const first = signingSecret(join(folder, 'new/data'));
    expect(first).to.have.length(32);
    expect(signingSecret(join(folder, 'new/data'))).to.deep.equal(first);
    expect(readdirSync(join(folder, 'new/data'))).to.deep.equal(['token-secret']);
    expect(statSync(join(folder, 'new/data/token-secret')).mode & 0o777).to.equal(0o600);
  });

  it('is closed to others again when somebody opened it', () => {
    signingSecret(folder);
    chmodSync(join(folder, 'token-secret'), 0o644);
    signingSecret(folder);
    expect(statSync(join(folder, 'token-secret')).mode & 0o777).to.equal(0o600);
  });

  it('is one for processes that start at the same time', async () => {
    const module = new URL('../../../src/channels/directline/signing-secret.ts', import.meta.url).pathname;
    const code = `import { signingSecret } from ${JSON.stringify(module)};
      console.log(Buffer.from(signingSecret(${JSON.stringify(folder)})).toString('hex'))`;
    const { execFile } = await import('node:child_process');
    const { promisify } = await import('node:util');
    const starts = Array.from({ length: 4 }, () =>
      promisify(execFile)(process.execPath, ['--input-type=module', '-e', code]),
    );
    const secrets = (await Promise.all(starts)).map(({ stdout }) => stdout);
    expect(new Set(secrets).size).to.equal(1);
    expect(readdirSync(folder)).to.deep.equal(['token-secret']);
  });

  it('that is damaged or in a place that cannot be written stops the start with what to do', () => {
    writeFileSync(join(folder, 'token-secret'), 'half');
    expect(() => signingSecret(folder)).to.throw('is damaged. Delete it');
    expect(() => signingSecret(join(folder, 'token-secret'))).to.throw(
      /^DATA_DIR: .* cannot be written \(ENOTDIR\)|EEXIST/,
    );
  });
});
