import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { readConfig, settings } from '../src/config.ts';
import { hasCode } from '../src/errors.ts';

function refusal(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    if (hasCode(error, 'badSetting')) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('The settings', () => {
  it('need nothing for a demo on one machine', () => {
    expect(readConfig({})).to.deep.include({
      port: 3978,
      host: '127.0.0.1',
      dataDir: '.data',
      municipality: 'porvoo',
      demo: true,
      store: { kind: 'sqlite' },
    });
  });

  it('show the demo pages unless it is production', () => {
    expect(readConfig({ NODE_ENV: 'test' }).demo).to.equal(true);
    expect(readConfig({ NODE_ENV: 'production' }).demo).to.equal(false);
  });

  it('take an empty value for no value', () => {
    expect(readConfig({ PORT: '', PUBLIC_URL: ' ', NODE_ENV: '' })).to.deep.equal(readConfig({}));
  });

  it('name every bad setting at once, with the repair', () => {
    const said = refusal({ PORT: '70000', NODE_ENV: 'prod', MUNICIPALITY: '../etc', LOG_LEVEL: 'loud' });
    for (const name of ['PORT', 'NODE_ENV', 'MUNICIPALITY', 'LOG_LEVEL']) expect(said).to.contain(`${name}: `);
    expect(said).to.contain('choose production');
  });

  const badOnes: [string, Record<string, string>][] = [
    ['a port that is no number', { PORT: 'http' }],
    ['half a port', { PORT: '39.5' }],
    ['a host with a path', { HOST: 'a/b' }],
    ['a public address without a protocol', { PUBLIC_URL: 'chat.city.example' }],
    ['a public address with a path', { PUBLIC_URL: 'https://city.example/chat' }],
    ['a public address of another protocol', { PUBLIC_URL: 'ftp://city.example' }],
    ['an open public address in production', { PUBLIC_URL: 'http://city.example', NODE_ENV: 'production' }],
    ['a secret that can be guessed', { DIRECT_LINE_SECRET: 'secret' }],
    ['Cosmos DB without an address', { STORE: 'cosmos' }],
    ['an unknown store', { STORE: 'redis' }],
    ['fewer than no proxies', { PROXIES: '-1' }],
  ];
  for (const [what, env] of badOnes) {
    it(`refuse ${what} and say which setting it is`, () => {
      expect(refusal(env)).to.contain(
        `${Object.keys(env)[0] === 'STORE' && env.STORE === 'cosmos' ? 'COSMOS_ENDPOINT' : Object.keys(env)[0]}: `,
      );
    });
  }

  it('never repeat a secret in the refusal', () => {
    expect(refusal({ DIRECT_LINE_SECRET: 'hush-hush' })).not.to.contain('hush-hush');
  });

  it('keep only the origin of the public address', () => {
    expect(readConfig({ PUBLIC_URL: 'https://chat.city.example/' }).publicUrl).to.equal('https://chat.city.example');
  });

  it('are all in .env.example, each with one line that explains it, and nothing else is', () => {
    const lines = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')
      .trimEnd()
      .split('\n');
    const pairs = lines.flatMap((line, index) => (index % 2 ? [[lines[index - 1]!, line] as const] : []));
    for (const [comment] of pairs) expect(comment).to.match(/^# \S/);
    expect(pairs.map(([, line]) => line.split('=')[0])).to.deep.equal(Object.keys(settings.shape));
    expect(lines).to.have.length(pairs.length * 2);
    const example = Object.fromEntries(pairs.map(([, line]) => line.split('=') as [string, string]));
    expect(readConfig(example)).to.deep.equal(readConfig({}));
  });
});
