import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { AzureServer, activityOf, cityTenant, coachInTeams } from '../../support/azure-server.ts';
import { BotFrameworkIssuer } from '../../support/bot-framework-issuer.ts';
import { ChannelService } from '../../support/channel-service.ts';

describe('A message of a channel', () => {
  const server = new AzureServer();
  before(() => server.start({ auth: 'none' }));
  after(() => server.stop());
  const local = (more: Record<string, unknown> = {}) => activityOf({ serviceUrl: 'http://127.0.0.1:9/', ...more });
  const saidBy = ({ body }: { body: { activities: { text: string }[] } }) => body.activities.map(({ text }) => text);

  it('is answered in the response when the channel expects the replies there', async () => {
    const activity = local();
    const { status, body } = await server.post(activity);
    expect(status).to.equal(200);
    expect(body.activities).to.deep.equal([
      {
        type: 'message',
        text: 'You said: hej',
        channelId: 'directline',
        serviceUrl: 'http://127.0.0.1:9/',
        conversation: activity.conversation,
        from: { id: 'polku@city', role: 'bot' },
        recipient: { id: 'dl_somebody', role: 'user' },
        replyToId: activity.id,
      },
    ]);
  });

  it('has the same replies when it comes again, under a new id as well', async () => {
    const activity = local();
    const before = server.conversations.received.length;
    const [first, again] = [await server.post(activity), await server.post({ ...activity, id: 'new' })];
    expect(saidBy(again)).to.deep.equal(saidBy(first));
    const log = [...server.conversations.logs.values()].at(-1)!;
    expect(log.activities).to.have.length(2);
    expect(server.conversations.received.length).to.equal(before + 2);
  });

  it('belongs to a conversation of its channel alone, in the language of the channel', async () => {
    await server.post(local({ conversation: { id: 'coach-aino' } }));
    await server.post(local({ conversation: { id: 'coach-aino' }, channelId: 'webchat' }));
    const openings = [...server.conversations.logs.values()].slice(-2).map(({ opening }) => opening);
    expect(openings[0]!.conversationId)
      .to.match(/^azure-[\w-]{43}$/)
      .and.not.equal(openings[1]!.conversationId);
    expect(openings[0]).to.deep.include({
      userId: 'dl_somebody',
      language: 'sv',
      reference: {
        channelId: 'directline',
        serviceUrl: 'http://127.0.0.1:9/',
        conversation: 'coach-aino',
        user: 'dl_somebody',
        bot: 'polku@city',
      },
    });
  });

  it('starts nothing when nobody has said anything', async () => {
    const before = server.conversations.received.length;
    for (const more of [
      { type: 'conversationUpdate', membersAdded: [{ id: 'dl_somebody' }] },
      { type: 'typing' },
      { type: 'event', name: 'something' },
      { type: 'messageReaction' },
      { type: 'installationUpdate' },
    ]) {
      expect((await server.post(local(more))).body, more.type).to.deep.equal({ activities: [] });
    }
    expect((await server.post(local({ type: 'invoke', name: 'task/fetch' }))).status).to.equal(501);
    expect(server.conversations.received).to.have.length(before);
    await server.post(local({ type: 'event', name: 'webchat/join', value: { language: 'fi' } }));
    expect(server.conversations.received.at(-1)).to.deep.include({ type: 'event', value: { language: 'fi' } });
  });

  it('from Teams is for the coach whom we know, and a stranger hears whom to ask', async () => {
    const teams = { channelId: 'msteams', conversation: { id: 'a:1', tenantId: cityTenant } };
    await server.post(local({ ...teams, from: { id: '29:1', aadObjectId: coachInTeams } }));
    expect(server.conversations.logs.get('coach-aino')?.opening.coach).to.equal('aino');
    const before = server.conversations.received.length;
    const heard = await server.post(local({ ...teams, from: { id: '29:2', aadObjectId: 'somebody-else' } }));
    expect(saidBy(heard)).to.deep.equal(['stranger sv']);
    expect(server.conversations.received).to.have.length(before);
  });

  it('may be 256 kB unpacked, and not more', async () => {
    const limit = 256 * 1024;
    const bare = JSON.stringify(local({ text: '' })).length;
    const sized = (size: number) => JSON.stringify(local({ entities: [], pad: 'x'.repeat(size) }));
    const send = async (body: string | Buffer, headers: Record<string, string> = {}) =>
      (await fetch(server.url, { method: 'POST', body: body as BodyInit, headers })).status;
    expect(await send(sized(limit - bare - 100))).to.equal(200);
    expect(await send(sized(limit))).to.equal(413);
    const gzip = { 'Content-Encoding': 'gzip' };
    expect(await send(gzipSync(sized(limit - bare - 100)), gzip)).to.equal(200);
    expect(await send(gzipSync(sized(50 * limit)), gzip)).to.equal(413);
  });

  it('that is no activity is refused without being repeated', async () => {
    for (const body of [
      {},
      [],
      { type: 'message' },
      local({ from: 'x' }),
      local({ text: 7 }),
      local({ conversation: { id: '' } }),
    ]) {
      const { status, text } = await server.post(body);
      expect(status, text).to.equal(400);
      expect(text).not.to.contain('dl_somebody');
    }
  });

  it('keeps no name that reaches a prototype', async () => {
    const body = JSON.stringify(local({ value: { a: 1 } })).replace(
      '"a":1',
      '"__proto__":{"polluted":1},"a":{"constructor":2}',
    );
    await fetch(server.url, { method: 'POST', body });
    expect(JSON.stringify(server.conversations.received.at(-1)!.value)).to.equal('{"a":{}}');
    expect(({} as Record<string, unknown>).polluted).to.equal(undefined);
  });

  it('without authentication comes from no web page, through no proxy, and has its replies sent to no other machine', async () => {
    expect((await server.post(local(), { Origin: 'https://www.forger.example' })).status).to.equal(403);
    expect((await server.post(local(), { 'X-Forwarded-For': '192.0.2.1' })).status).to.equal(401);
    expect((await server.post(activityOf())).status).to.equal(401);
  });
});

describe('A reply to a channel', () => {
  const server = new AzureServer();
  const service = new ChannelService();
  before(async () => {
    await service.start();
    await server.start({ auth: 'none' });
  });
  beforeEach(() => {
    service.got.length = 0;
    service.answer = (response) => response.end('{"id":"theirs"}');
  });
  after(async () => {
    await server.stop();
    await service.stop();
  });
  const posting = (more: Record<string, unknown> = {}) =>
    activityOf({ serviceUrl: service.url, deliveryMode: undefined, ...more });

  it('goes to the conversation at the service of the channel', async () => {
    const activity = posting({ conversation: { id: '19:a/b?c@thread' } });
    expect((await server.post(activity)).status).to.equal(200);
    expect(service.got).to.have.length(1);
    expect(service.got[0]!.url).to.equal('/base/v3/conversations/19%3Aa%2Fb%3Fc%40thread/activities');
    expect(service.got[0]!.activity).to.deep.include({ text: 'You said: hej', replyToId: activity.id });
    expect(service.got[0]!.activity).not.to.have.any.keys('id', 'timestamp');
  });

  it('goes once, also when the message comes several times at once', async () => {
    const activity = posting();
    const answers = await Promise.all([1, 2, 3].map((n) => server.post({ ...activity, id: `delivery-${n}` })));
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200]);
    await server.post(activity);
    expect(service.got).to.have.length(1);
  });

  /** Not in one chain: restify, which is loaded here, takes the return value away from Node's `writeHead`. */
  function saying(status: number, headers: Record<string, string> = {}): ChannelService['answer'] {
    return (response) => {
      response.writeHead(status, headers);
      response.end();
    };
  }

  for (const [what, answer] of [
    ['fails', saying(500)],
    ['is too busy', saying(429, { 'Retry-After': '3' })],
    ['does not know the conversation', saying(404)],
    ['breaks off', (response) => response.destroy()],
    ['sends us elsewhere', saying(307, { Location: '/elsewhere' })],
  ] as [string, ChannelService['answer']][]) {
    it(`that did not go because the service ${what} is tried once, and again when the message comes again`, async () => {
      service.answer = answer;
      const activity = posting();
      expect((await server.post(activity)).status).to.equal(502);
      expect(service.got).to.have.length(1);
      service.answer = (response) => response.end('{}');
      expect((await server.post(activity)).status).to.equal(200);
      expect(service.got.map((one) => one.activity.text)).to.deep.equal(['You said: hej', 'You said: hej']);
    });
  }
});

describe('A message of the real Bot Framework', () => {
  it('is let in with its token, answered under our own, and its token is checked once', async () => {
    const issuer = await new BotFrameworkIssuer().start();
    const server = await new AzureServer().start(
      { auth: 'azure', appId: issuer.appId, tenantId: cityTenant, type: 'UserAssignedMSI', teamsTenants: [cityTenant] },
      { openIdMetadata: issuer.metadataUrl },
    );
    const Authorization = `Bearer ${await issuer.token()}`;
    const fromTeams = {
      channelId: 'msteams',
      conversation: { id: 'a:1', tenantId: cityTenant },
      from: { id: '29:1', aadObjectId: coachInTeams },
    };
    for (const more of [{}, { channelId: 'webchat' }, fromTeams])
      expect((await server.post(activityOf(more), { Authorization })).status).to.equal(200);
    expect(issuer.asked).to.equal(2);
    const end = Date.now() + 2 * 3600_000;
    server.now = () => end;
    expect((await server.post(activityOf(), { Authorization })).status).to.equal(401);
    await server.stop();
    await issuer.stop();
  });
});
