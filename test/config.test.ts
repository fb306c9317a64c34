import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { readConfig, settings } from '../src/config.ts';
import { hasCode } from '../src/errors.ts';

function refusal(env: Record<string, string | undefined>): string {
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
      municipalities: ['porvoo'],
      demo: true,
      store: { kind: 'sqlite' },
    });
  });

  it('show the demo pages unless it is production', () => {
    expect(readConfig({ NODE_ENV: 'test' }).demo).to.equal(true);
    expect(readConfig({ NODE_ENV: 'production', PUBLIC_URL: 'https://city.example' }).demo).to.equal(false);
  });

  it('take an empty value for no value', () => {
    expect(readConfig({ PORT: '', PUBLIC_URL: ' ', NODE_ENV: '' })).to.deep.equal(readConfig({}));
  });

  it('name every bad setting at once, with the repair', () => {
    const said = refusal({ PORT: '70000', NODE_ENV: 'prod', MUNICIPALITY: '../etc', LOG_LEVEL: 'loud' });
    for (const name of ['PORT', 'NODE_ENV', 'MUNICIPALITY', 'LOG_LEVEL']) expect(said).to.contain(`${name}: `);
    expect(said).to.contain('choose production');
  });

  const app = '5f0c6f0e-3a1b-4a58-9c39-0d6f6f1c2b7a';
  const managed = { MicrosoftAppType: 'UserAssignedMSI', MicrosoftAppId: app, MicrosoftAppTenantId: app };
  const badOnes: [string, Record<string, string>][] = [
    ['a port that is no number', { PORT: 'http' }],
    ['half a port', { PORT: '39.5' }],
    ['a host with a path', { HOST: 'a/b' }],
    ['a public address without a protocol', { PUBLIC_URL: 'chat.city.example' }],
    ['a public address with a path', { PUBLIC_URL: 'https://city.example/chat' }],
    ['a public address of another protocol', { PUBLIC_URL: 'ftp://city.example' }],
    ['an open public address in production', { PUBLIC_URL: 'http://city.example', NODE_ENV: 'production' }],
    ['a secret that can be guessed', { DIRECT_LINE_SECRET: 'secret' }],
    ['a key that can be guessed', { MONITORING_KEY: 'k'.repeat(31) }],
    ['Cosmos DB without an address', { STORE: 'cosmos' }],
    ['an unknown store', { STORE: 'redis' }],
    ['fewer than no proxies', { PROXIES: '-1' }],
    ['an app id that is none', { MicrosoftAppId: 'polku' }],
    ['an app without its tenant', { MicrosoftAppTenantId: '', MicrosoftAppId: app, MicrosoftAppPassword: 'x' }],
    ['an app without its secret', { MicrosoftAppPassword: '', MicrosoftAppId: app, MicrosoftAppTenantId: app }],
    ['a managed identity with a secret', { MicrosoftAppPassword: 'x', ...managed }],
    ['a secret without its app', { MicrosoftAppId: '', MicrosoftAppPassword: 'x' }],
    ['half of the settings of calendars', { GRAPH_TENANT_ID: '', GRAPH_CLIENT_ID: app, GRAPH_CLIENT_SECRET: 'x' }],
    ['calendars without their secret', { GRAPH_CLIENT_SECRET: '', GRAPH_CLIENT_ID: app, GRAPH_TENANT_ID: app }],
    ['a secret of calendars alone', { GRAPH_CLIENT_ID: '', GRAPH_CLIENT_SECRET: 'x' }],
    ['an open address of calendars', { GRAPH_ENDPOINT: 'http://graph.example' }],
    ['an address of tokens with a path', { GRAPH_AUTHORITY: 'https://login.example/tenant' }],
    ['tenants that are none', { TEAMS_TENANTS: 'city.example' }],
    ['an open bot in production', { BOT_AUTH: 'none', NODE_ENV: 'production' }],
    ['an open bot on a network', { BOT_AUTH: 'none', HOST: '0.0.0.0' }],
    ['an open bot behind a proxy', { BOT_AUTH: 'none', PROXIES: '1' }],
    ['an open bot with an app', { BOT_AUTH: 'none', ...managed }],
  ];

  it('refuse production without a public address: partners would get links that lead nowhere', () => {
    expect(refusal({ NODE_ENV: 'production' })).to.contain('PUBLIC_URL: ');
  });

  for (const [what, env] of badOnes) {
    it(`refuse ${what} and say which setting it is`, () => {
      const named = env.STORE === 'cosmos' ? 'COSMOS_ENDPOINT' : (Object.keys(env)[0] ?? '');
      expect(refusal(env)).to.contain(`${named}: `);
    });
  }

  it('show the monitoring page with a key, or in a demo on one’s own machine, and nowhere else', () => {
    const production = { NODE_ENV: 'production', PUBLIC_URL: 'https://city.example' };
    const key = 'k'.repeat(32);
    expect(readConfig({}).monitoring).to.deep.equal({});
    expect(readConfig({ MONITORING_KEY: key }).monitoring).to.deep.equal({ key });
    expect(readConfig({ ...production, MONITORING_KEY: key }).monitoring).to.deep.equal({ key });
    for (const env of [production, { HOST: '0.0.0.0' }, { PROXIES: '1' }, { ...production, MONITORING_KEY: ' ' }]) {
      expect(readConfig(env).monitoring, JSON.stringify(env)).to.equal(undefined);
    }
  });

  it('never repeat a secret in the refusal', () => {
    expect(refusal({ MONITORING_KEY: 'hush-hush' })).not.to.contain('hush-hush');
    expect(refusal({ DIRECT_LINE_SECRET: 'hush-hush' })).not.to.contain('hush-hush');
    expect(refusal({ MicrosoftAppPassword: 'hush-hush' })).not.to.contain('hush-hush');
  });

  it('open a door to the Bot Framework only when every setting of it fits, in all combinations', () => {
    const id = '5f0c6f0e-3a1b-4a58-9c39-0d6f6f1c2b7a';
    const values: Record<string, (string | undefined)[]> = {
      NODE_ENV: [undefined, 'production'],
      HOST: [undefined, 'localhost', '0.0.0.0', 'chat.city.example'],
      PROXIES: [undefined, '1'],
      BOT_AUTH: [undefined, '', 'none', 'required', 'None', 'off'],
      MicrosoftAppId: [undefined, ' ', id, 'polku'],
      MicrosoftAppPassword: [undefined, 'hush'],
      MicrosoftAppTenantId: [undefined, '', id],
      MicrosoftAppType: [undefined, 'UserAssignedMSI', 'MultiTenant'],
      TEAMS_TENANTS: [undefined, `${id},${id}`, '*'],
    };
    let all: Record<string, string>[] = [{ PUBLIC_URL: 'https://city.example' }];
    for (const name in values) {
      all = all.flatMap((one) => values[name]!.map((value) => (value === undefined ? one : { ...one, [name]: value })));
    }
    let open = 0;
    for (const env of all) {
      let bot: ReturnType<typeof readConfig>['bot'];
      try {
        bot = readConfig(env).bot;
      } catch (error) {
        if (!hasCode(error, 'badSetting')) throw error;
        expect(error.message).to.match(/(BOT_AUTH|Microsoft|TEAMS_TENANTS)/);
        continue;
      }
      if (!bot) {
        for (const name of ['MicrosoftAppId', 'MicrosoftAppPassword', 'MicrosoftAppTenantId', 'TEAMS_TENANTS'])
          expect(env[name]?.trim() ?? '', JSON.stringify(env)).to.equal('');
        expect(env.BOT_AUTH ?? '').not.to.equal('none');
        continue;
      }
      open++;
      if (bot.auth === 'none') {
        expect([env.NODE_ENV, env.PROXIES, env.MicrosoftAppId?.trim() || undefined]).to.deep.equal([
          undefined,
          undefined,
          undefined,
        ]);
        expect([undefined, 'localhost']).to.include(env.HOST);
      } else {
        expect([bot.appId, bot.tenantId, bot.teamsTenants[0]]).to.deep.equal([id, id, id]);
        expect(bot.password !== undefined).to.equal(bot.type === 'SingleTenant');
      }
    }
    console.log(`      S2 ${all.length} combinations, ${open} open a door, each with every setting that guards it`);
  });

  it('reach the coaches’ calendars only when all that they need fits, in all combinations', () => {
    const id = '5f0c6f0e-3a1b-4a58-9c39-0d6f6f1c2b7a';
    const ids = [undefined, '', id, 'city'];
    const addresses = [undefined, 'https://graph.example', 'http://graph.example', 'https://graph.example/v1.0'];
    let [count, reached] = [0, 0];
    for (const GRAPH_TENANT_ID of ids)
      for (const GRAPH_CLIENT_ID of ids)
        for (const GRAPH_CLIENT_SECRET of [undefined, ' ', 'hush'])
          for (const GRAPH_ENDPOINT of addresses)
            for (const GRAPH_AUTHORITY of addresses) {
              const env = { GRAPH_TENANT_ID, GRAPH_CLIENT_ID, GRAPH_CLIENT_SECRET, GRAPH_ENDPOINT, GRAPH_AUTHORITY };
              const given = [GRAPH_TENANT_ID, GRAPH_CLIENT_ID, GRAPH_CLIENT_SECRET?.trim()].filter(Boolean);
              const isAll = GRAPH_TENANT_ID === id && GRAPH_CLIENT_ID === id && GRAPH_CLIENT_SECRET === 'hush';
              const areSafe = [GRAPH_ENDPOINT, GRAPH_AUTHORITY].every(
                (one) => one === undefined || one === addresses[1],
              );
              count++;
              if (areSafe && (isAll || given.length === 0)) {
                expect(readConfig(env).graph !== undefined, JSON.stringify(env)).to.equal(isAll);
                if (isAll) reached++;
              } else expect(refusal(env)).to.contain('GRAPH_').and.not.contain('hush');
            }
    console.log(
      `      S2 ${count} combinations of the settings of calendars, ${reached} reach them, each with all of them`,
    );
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
