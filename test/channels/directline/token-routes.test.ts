import { expect } from 'chai';
import { SignJWT } from 'jose';
import { cityPage, DirectLineServer } from '../../support/direct-line-server.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

describe('Tokens of the chat', () => {
  let server: DirectLineServer;
  const secret = 's'.repeat(40);
  before(async () => {
    server = await new DirectLineServer().start({ secret });
  });
  beforeEach(() => {
    server.now = Date.now();
  });
  after(() => server.stop());
  const token = (body: unknown, headers: object = {}) => server.ask('POST', '/api/token', { body, headers });

  it('open a new conversation of a new person each time', async () => {
    const [one, two] = [await server.token({ language: 'sv' }), await server.token()];
    expect(one.conversationId)
      .to.match(/^[\w-]{24}$/)
      .and.not.equal(two.conversationId);
    expect(one.userId)
      .to.match(/^dl_[\w-]+$/)
      .and.not.equal(two.userId);
    expect(one.expires_in).to.equal(1800);
    expect(one.domain).to.equal(`${server.url}/v3/directline`);
  });

  it('are given without a body as well', async () => {
    expect((await server.ask('POST', '/api/token')).status).to.equal(200);
  });

  it('tell Direct Line clients the person in the claim `user`', async () => {
    const { token, userId } = await server.token();
    expect(JSON.parse(atob(token.split('.')[1]!)).user).to.equal(userId);
  });

  it('carry the language of the page into the conversation', async () => {
    const { token, conversationId } = await server.token({ language: 'sv' });
    await server.ask('POST', '/v3/directline/conversations', { token, body: {} });
    expect(server.conversations.logs.get(conversationId)!.opening.language).to.equal('sv');
  });

  for (const [what, body] of [
    ['a list', []],
    ['a language that is no text', { language: 7 }],
    ['an endless language', { language: 'x'.repeat(100) }],
    ['a resume that is no text', { resume: {} }],
  ] as const) {
    it(`are refused for ${what}`, async () => {
      const answer = await token(body);
      expect([answer.status, answer.body.error?.code]).to.deep.equal([400, 'badRequest']);
    });
  }

  describe('that a page held before', () => {
    it('give the same conversation and person again, also a month after they ran out', async () => {
      const { token, conversationId, userId } = await server.started();
      for (const later of [0, 31 * minute, 29 * day]) {
        server.now += later;
        const again = await server.token({ resume: token });
        expect([again.conversationId, again.userId]).to.deep.equal([conversationId, userId]);
      }
    });

    it('are worth nothing when older than that, forged, cut or for a conversation that is gone', async () => {
      const held = await server.started();
      const gone = await server.started();
      server.conversations.logs.delete(gone.conversationId);
      const claims = { user: 'dl_x', conv: held.conversationId, origin: '' };
      const forged = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256' })
        .setAudience('chat')
        .setExpirationTime('5m')
        .sign(new TextEncoder().encode('a'.repeat(32)));
      const unsigned = `${btoa('{"alg":"none"}')}.${held.token.split('.')[1]}.`;
      for (const [resume, status, code] of [
        [forged, 401, 'badToken'],
        [unsigned, 401, 'badToken'],
        [held.token.slice(0, -2), 401, 'badToken'],
        ['', 401, 'badToken'],
        [gone.token, 404, 'notFound'],
      ] as const) {
        const answer = await token({ resume });
        expect([answer.status, answer.body.error?.code], resume).to.deep.equal([status, code]);
      }
      server.now += 31 * day;
      const old = await token({ resume: held.token });
      expect([old.status, old.body.error?.code]).to.deep.equal([403, 'TokenExpired']);
    });

    it('cannot be used from another page', async () => {
      const held = await server.token({}, { Origin: cityPage });
      await server.ask('POST', '/v3/directline/conversations', {
        token: held.token,
        body: {},
        headers: { Origin: cityPage },
      });
      for (const headers of [{}, { Origin: server.url }]) {
        expect((await token({ resume: held.token }, headers)).body.error?.code).to.equal('wrongOrigin');
        const refresh = { token: held.token, headers };
        expect((await server.ask('POST', '/v3/directline/tokens/refresh', refresh)).status).to.equal(403);
      }
      expect((await token({ resume: held.token }, { Origin: cityPage })).status).to.equal(200);
    });
  });

  describe('when they are refreshed', () => {
    it('keep the conversation and the person, and live on', async () => {
      const held = await server.token();
      server.now += 29 * minute;
      const fresh = await server.ask('POST', '/v3/directline/tokens/refresh', { token: held.token });
      expect(fresh.body).to.include({ conversationId: held.conversationId, expires_in: 1800 });
      server.now += 29 * minute;
      expect(
        (await server.ask('POST', '/v3/directline/tokens/refresh', { token: String(fresh.body.token) })).status,
      ).to.equal(200);
    });

    it('are refused as Direct Line does once they have run out: 403 TokenExpired', async () => {
      const held = await server.token();
      server.now += 31 * minute;
      const answer = await server.ask('POST', '/v3/directline/tokens/refresh', { token: held.token });
      expect([answer.status, answer.body.error?.code]).to.deep.equal([403, 'TokenExpired']);
    });
  });

  describe('for pages', () => {
    it('are given to the city and to the server itself, and the page may read the answer', async () => {
      for (const Origin of [cityPage, server.url]) {
        const answer = await token({}, { Origin });
        expect(answer.status).to.equal(200);
        expect(answer.headers.get('access-control-allow-origin')).to.equal(Origin);
      }
    });

    for (const Origin of [
      'https://evil.example',
      'null',
      'https://www.city.example.evil.example',
      'http://www.city.example',
    ]) {
      it(`are refused to ${Origin}`, async () => {
        const answer = await token({}, { Origin });
        expect([answer.status, answer.body.error?.code]).to.deep.equal([403, 'wrongOrigin']);
        expect(answer.headers.get('access-control-allow-origin')).to.equal(null);
      });
    }

    it('are announced to browsers before the request', async () => {
      const answer = await server.ask('OPTIONS', '/v3/directline/conversations', { headers: { Origin: cityPage } });
      expect(answer.status).to.equal(204);
      expect(answer.headers.get('access-control-allow-headers'))
        .to.contain('authorization')
        .and.contain('x-ms-bot-agent');
      expect(
        (await server.ask('OPTIONS', '/api/token', { headers: { Origin: 'https://evil.example' } })).status,
      ).to.equal(403);
    });
  });

  describe('of coaches', () => {
    it('open the inbox of that coach in demo mode', async () => {
      const given = await server.token({ coach: 'aino' });
      expect(given.conversationId).to.equal('coach-aino');
      await server.ask('POST', '/v3/directline/conversations', { token: given.token, body: {} });
      expect(server.conversations.logs.get('coach-aino')!.opening.coach).to.equal('aino');
    });

    it('are refused for somebody who is no coach', async () => {
      expect((await token({ coach: 'nobody' })).body.error?.code).to.equal('notFound');
    });

    it('exist only in demo mode, even one from a demo on the same data', async () => {
      const signingSecret = new Uint8Array(32).fill(7);
      const demo = await new DirectLineServer().start({ signingSecret });
      const real = await new DirectLineServer().start({ signingSecret, coaches: undefined, production: true });
      const { token: held } = await demo.token({ coach: 'aino' });
      const asked = await real.ask('POST', '/api/token', { body: { coach: 'aino' } });
      const used = await real.ask('POST', '/v3/directline/conversations', { token: held, body: {} });
      const resumed = await real.ask('POST', '/api/token', { body: { resume: held } });
      await Promise.all([demo.stop(), real.stop()]);
      expect([asked.status, asked.body.error?.code]).to.deep.equal([403, 'notYours']);
      expect([used.status, resumed.status]).to.deep.equal([401, 401]);
    });
  });

  describe('for another server (tokens/generate)', () => {
    const generate = (token?: string, body: unknown = {}) =>
      server.ask('POST', '/v3/directline/tokens/generate', { token, body });

    it('need the secret', async () => {
      for (const wrong of [undefined, 'guess', secret.slice(1)]) expect((await generate(wrong)).status).to.equal(401);
      const given = await generate(secret, { user: { id: 'dl_from-the-city' }, trustedOrigins: [`${cityPage}/`] });
      expect(given.status).to.equal(200);
      const start = { token: String(given.body.token), body: {}, headers: { Origin: cityPage } };
      expect((await server.ask('POST', '/v3/directline/conversations', start)).status).to.equal(201);
    });

    it('do not take a person whom Direct Line clients would replace', async () => {
      expect((await generate(secret, { user: { id: 'me' } })).status).to.equal(400);
    });

    it('are refused to everybody where no secret is set, with what to do', async () => {
      const closed = await new DirectLineServer().start();
      const answer = await closed.ask('POST', '/v3/directline/tokens/generate', { token: secret, body: {} });
      await closed.stop();
      expect(answer.status).to.equal(403);
      expect(answer.body.error?.message).to.contain('POST /api/token');
    });
  });

  it('are limited per address, which is told with the time to wait', async () => {
    const busy = await new DirectLineServer().start({
      limits: { tokens: { burst: 2, perSecond: 0.1 }, activities: { burst: 1, perSecond: 1 } },
    });
    await Promise.all([busy.token(), busy.token()]);
    const answer = await busy.ask('POST', '/api/token', { body: {} });
    busy.now += 10_000;
    const later = await busy.ask('POST', '/api/token', { body: {} });
    await busy.stop();
    expect([answer.status, answer.body.error?.code, later.status]).to.deep.equal([429, 'tooMany', 200]);
    expect(answer.headers.get('retry-after')).to.equal('10');
  });
});
