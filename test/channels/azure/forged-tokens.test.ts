import { createHmac, generateKeyPairSync } from 'node:crypto';
import { expect } from 'chai';
import { AzureServer, activityOf, cityTenant } from '../../support/azure-server.ts';
import { BotFrameworkIssuer } from '../../support/bot-framework-issuer.ts';

/** The full run takes 1,000 of each class. */
const each = Number(process.env.S1_EACH ?? 12);
const seconds = () => Math.floor(Date.now() / 1000);
const part = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

describe('A forged or broken token', function () {
  this.timeout(120_000);
  const issuer = new BotFrameworkIssuer();
  const server = new AzureServer();
  const mine = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const right = (payload: Record<string, unknown> = {}, header: Record<string, unknown> = {}) =>
    issuer.token({ payload, header });
  const bearer = async (token: string | Promise<string>) => `Bearer ${await token}`;
  const pieces = async () => (await right()).split('.') as [string, string, string];
  const hmac = (secret: string | Buffer, header: object = {}) => {
    const head = part({ alg: 'HS256', typ: 'JWT', kid: 'all', ...header });
    const claims = {
      iss: 'https://api.botframework.com',
      aud: issuer.appId,
      exp: seconds() + 3600,
      serviceurl: issuer.serviceUrl,
    };
    const signed = `${head}.${part(claims)}`;
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  };
  const pem = () => issuer.keys.publicKey.export({ type: 'spki', format: 'pem' }) as string;

  before(async () => {
    await issuer.start();
    await server.start(
      { auth: 'azure', appId: issuer.appId, tenantId: cityTenant, type: 'UserAssignedMSI', teamsTenants: [cityTenant] },
      { openIdMetadata: issuer.metadataUrl },
    );
  });
  after(async () => {
    await server.stop();
    await issuer.stop();
  });

  /** Each gives the header, and maybe another activity; all else of the request is right. */
  const classes: Record<string, () => Promise<string | undefined | { header: string; activity: object }>> = {
    'no header': async () => undefined,
    'an empty header': async () => '',
    'only the scheme': async () => 'Bearer',
    'another scheme': async () => `Basic ${await right()}`,
    'no scheme': async () => right(),
    'two tokens': async () => `Bearer ${await right()} ${await right()}`,
    noise: async () => `Bearer ${part(String(Math.random()))}`,
    'three parts of noise': async () => `Bearer ${part('a')}.${part('b')}.${part(String(Math.random()))}`,
    'JSON that is no object': async () => `Bearer ${part('[]')}.${part('7')}.${part('x')}`,
    'the JSON form of a signature': async () => `Bearer ${part({ payload: (await pieces())[1], signatures: [] })}`,
    'five parts, as if encrypted': async () => `Bearer ${(await pieces()).join('.')}.a.b`,
    'algorithm none, no signature': async () => `Bearer ${part({ alg: 'none', kid: 'all' })}.${(await pieces())[1]}.`,
    'algorithm none, a signature': async () =>
      `Bearer ${part({ alg: 'none', kid: 'all' })}.${(await pieces())[1]}.${(await pieces())[2]}`,
    'algorithm None': async () => `Bearer ${part({ alg: 'None', kid: 'all' })}.${(await pieces())[1]}.AA`,
    'HMAC with the public key': async () => bearer(hmac(pem())),
    'HMAC with an empty secret': async () => bearer(hmac('')),
    'HMAC with the app id': async () => bearer(hmac(issuer.appId)),
    'a key of the forger': async () => bearer(issuer.token({ key: mine.privateKey })),
    'an unknown key id': async () =>
      bearer(issuer.token({ header: { kid: `k${Math.random()}` }, key: mine.privateKey })),
    'no key id': async () => bearer(right({}, { kid: undefined })),
    'a key id that is no text': async () => bearer(right({}, { kid: 7 as never })),
    'the forger’s key inside': async () =>
      bearer(issuer.token({ key: mine.privateKey, header: { jwk: mine.publicKey.export({ format: 'jwk' }) } })),
    'an address of the forger’s keys': async () =>
      bearer(issuer.token({ key: mine.privateKey, header: { jku: 'https://forger.example/keys' } })),
    'a certificate of the forger': async () =>
      bearer(issuer.token({ key: mine.privateKey, header: { x5u: 'https://forger.example/c', x5c: ['AAAA'] } })),
    'an elliptic curve': async () => bearer(issuer.token({ key: curve.privateKey, header: { alg: 'ES256' } })),
    'the right key by another algorithm': async () => bearer(issuer.token({ header: { alg: 'PS256' } })),
    'a critical header nobody knows': async () => bearer(right({}, { crit: ['x-made-up'], 'x-made-up': 1 })),
    'past its end': async () => bearer(right({ exp: seconds() - 301 })),
    'no end': async () => bearer(right({ exp: undefined })),
    'an end in words': async () => bearer(right({ exp: 'tomorrow' })),
    'not yet begun': async () => bearer(right({ nbf: seconds() + 900 })),
    'another issuer': async () => bearer(right({ iss: 'https://forger.example' })),
    'the issuer of the emulator': async () =>
      bearer(
        right({
          iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
          ver: '1.0',
          appid: issuer.appId,
        }),
      ),
    'the issuer with a slash': async () => bearer(right({ iss: 'https://api.botframework.com/' })),
    'no issuer': async () => bearer(right({ iss: undefined })),
    'two issuers': async () => bearer(right({ iss: ['https://api.botframework.com'] as never })),
    'another bot': async () => bearer(right({ aud: '00000000-0000-0000-0000-000000000000' })),
    'no audience': async () => bearer(right({ aud: undefined })),
    'an empty audience': async () => bearer(right({ aud: '' })),
    'several audiences': async () => bearer(right({ aud: [issuer.appId, 'another'] })),
    'another bot speaking for itself': async () =>
      bearer(
        right({ ver: '2.0', azp: 'another-bot', aud: 'another', iss: 'https://login.microsoftonline.com/x/v2.0' }),
      ),
    'no service address': async () => bearer(right({ serviceurl: undefined })),
    'another service address': async () => bearer(right({ serviceurl: 'https://smba.trafficmanager.net/amer/' })),
    'an empty service address': async () => bearer(right({ serviceurl: '' })),
    'a service address nobody allows, in both': async () => ({
      header: await bearer(right({ serviceurl: 'https://forger.example/' })),
      activity: activityOf({ serviceUrl: 'https://forger.example/' }),
    }),
    'a signature cut short': async () => bearer((await right()).slice(0, -20)),
    'no signature': async () => bearer(`${(await right()).split('.').slice(0, 2).join('.')}.`),
    'a changed signature': async () => {
      const [head, payload, signature] = await pieces();
      const bytes = Buffer.from(signature, 'base64url');
      bytes[Math.floor(Math.random() * bytes.length)]! ^= 1 << Math.floor(Math.random() * 8);
      return `Bearer ${head}.${payload}.${bytes.toString('base64url')}`;
    },
    'changed claims': async () => {
      const [head, payload, signature] = await pieces();
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
      return `Bearer ${head}.${part({ ...claims, exp: claims.exp + 1 })}.${signature}`;
    },
    'a changed header': async () => {
      const [, payload, signature] = await pieces();
      return `Bearer ${part({ alg: 'RS384', typ: 'JWT', kid: 'all' })}.${payload}.${signature}`;
    },
    'a very long one': async () => bearer(right({ more: 'x'.repeat(4000) })),
    'a key of another channel': async () =>
      bearer(issuer.token({ header: { kid: 'web' }, key: issuer.webchatKeys.privateKey })),
    'a channel that we do not serve': async () => ({
      header: await bearer(right()),
      activity: activityOf({ channelId: 'slack' }),
    }),
    'the channel of the emulator': async () => ({
      header: await bearer(right()),
      activity: activityOf({ channelId: 'emulator' }),
    }),
    'a tenant that we do not serve': async () => ({
      header: await bearer(right()),
      activity: activityOf({ channelId: 'msteams', conversation: { id: 'a', tenantId: 'another' } }),
    }),
    'Teams without a tenant': async () => ({
      header: await bearer(right()),
      activity: activityOf({ channelId: 'msteams' }),
    }),
    'two tenants': async () => ({
      header: await bearer(right()),
      activity: activityOf({
        channelId: 'msteams',
        conversation: { id: 'a', tenantId: cityTenant },
        channelData: { tenant: { id: 'another' } },
      }),
    }),
  };

  it('is never let in, and all hear the same', async () => {
    const accepts = async () => (await server.post(activityOf(), { Authorization: await bearer(right()) })).status;
    expect(await accepts()).to.equal(200);
    const heard = new Set<string>();
    const before = server.conversations.received.length;
    let tried = 0;
    for (const [name, make] of Object.entries(classes)) {
      for (let i = 0; i < each; i++) {
        const made = await make();
        const { header, activity } = typeof made === 'object' ? made : { header: made, activity: activityOf() };
        const answer = await server.post(activity, header === undefined ? {} : { Authorization: header });
        expect(answer.status, name).to.equal(401);
        heard.add(JSON.stringify([answer.status, answer.text, answer.headers]));
        tried++;
      }
    }
    expect(heard.size, [...heard].join('\n')).to.equal(1);
    expect(server.conversations.received).to.have.length(before);
    expect(server.azure.refused()).to.equal(tried);
    expect(server.log.filter((line) => line.includes('without a right')).length).to.be.at.most(3);
    expect(server.log.join()).not.to.contain('Bearer').and.not.to.contain('dl_somebody');
    expect(await accepts()).to.equal(200);
    // Made-up key ids did not make us ask for keys again and again.
    expect(issuer.asked).to.be.at.most(4);
    console.log(`      S1 ${tried}/${tried} forged or broken tokens refused, ${Object.keys(classes).length} classes`);
  });

  it('is refused before a large body is read', async () => {
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(64 * 1024));
      },
    });
    const response = await fetch(server.url, { method: 'POST', body, duplex: 'half' } as RequestInit).catch(
      () => undefined,
    );
    // The server answers and closes; a client that is still sending may only see the closing.
    expect(response?.status ?? 401).to.equal(401);
  });

  it('is told from an issuer that does not answer: then the channel shall come again', async () => {
    const away = new BotFrameworkIssuer();
    await away.start();
    away.answers = false;
    const other = await new AzureServer().start(
      { auth: 'azure', appId: away.appId, tenantId: cityTenant, type: 'UserAssignedMSI', teamsTenants: [] },
      { openIdMetadata: away.metadataUrl },
    );
    const post = async () => (await other.post(activityOf(), { Authorization: await bearer(away.token()) })).status;
    expect(await post()).to.equal(503);
    away.answers = true;
    const start = Date.now();
    other.now = () => start + 6 * 60_000;
    expect(await post()).to.equal(200);
    away.answers = false;
    other.now = () => start + 48 * 3600_000;
    // The keys of yesterday still tell a right token from a wrong one.
    const exp = Math.floor(start / 1000) + 50 * 3600;
    const late = await bearer(away.token({ payload: { exp } }));
    expect((await other.post(activityOf(), { Authorization: late })).status).to.equal(200);
    await other.stop();
    await away.stop();
  });
});
