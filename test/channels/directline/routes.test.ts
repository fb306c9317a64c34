import { expect } from 'chai';
import { DirectLineServer, until } from '../../support/direct-line-server.ts';

type Said = {
  activities: { id: string; text?: string; replyToId?: string; from: { id: string } }[];
  watermark: string;
};

describe('The conversation over Direct Line', () => {
  let server: DirectLineServer;
  before(async () => {
    server = await new DirectLineServer().start();
  });
  beforeEach(() => {
    server.now = Date.now();
  });
  after(() => server.stop());
  const say = (path: string, token: string, body: unknown) => server.ask('POST', `${path}/activities`, { token, body });
  const heard = async (path: string, token: string, watermark = '') =>
    (await server.ask('GET', `${path}/activities?watermark=${watermark}`, { token })).body as unknown as Said;

  it('takes what is said, tells its id, and gives it back with the answer', async () => {
    const { path, token, userId } = await server.started();
    const { status, body } = await say(path, token, { type: 'message', text: 'Moi' });
    expect(status).to.equal(200);
    const { activities, watermark } = await heard(path, token);
    expect(activities.map((one) => one.text)).to.deep.equal(['Moi', 'You said: Moi']);
    expect(activities[0]).to.deep.include({ id: body.id, from: { id: userId, role: 'user' } });
    expect(watermark).to.equal('2');
  });

  it('gives only what came after the watermark', async () => {
    const { path, token } = await server.started();
    for (const text of ['one', 'two']) await say(path, token, { type: 'message', text });
    expect((await heard(path, token, '2')).activities.map((one) => one.text)).to.deep.equal(['two', 'You said: two']);
    expect((await heard(path, token, '4')).activities).to.deep.equal([]);
    expect((await heard(path, token, '-')).activities).to.have.length(4);
    expect((await server.ask('GET', `${path}/activities?watermark=x`, { token })).status).to.equal(400);
  });

  it('says who wrote by the token, whatever the activity claims', async () => {
    const { path, token, userId } = await server.started();
    await say(path, token, { type: 'message', text: 'I am the bot', from: { id: 'polku', role: 'bot' }, id: 'mine' });
    expect((await heard(path, token)).activities[0]!.from).to.deep.equal({ id: userId, role: 'user' });
  });

  it('passes the mark of a press on, so that a resent one is done once', async () => {
    const { path, token } = await server.started();
    const press = { type: 'message', text: 'Book', channelData: { clientActivityID: 'press-1', question: 'slot' } };
    const ids = [await say(path, token, press), await say(path, token, press)].map((answer) => answer.body.id);
    expect(ids[0]).to.equal(ids[1]);
    expect((await heard(path, token)).activities).to.have.length(2);
    expect(server.conversations.received.at(-1)!.channelData).to.deep.equal({
      clientActivityID: 'press-1',
      question: 'slot',
    });
  });

  it('keeps what an activity answers only where the client has just seen that', async () => {
    const { path, token } = await server.started();
    await say(path, token, { type: 'message', text: 'Moi' });
    await say(path, token, { type: 'event', name: 'webchat/join', value: { language: 'fi' } });
    const all = (await heard(path, token)).activities;
    expect(all.map((one) => one.replyToId)).to.deep.equal([undefined, all[0]!.id, undefined]);
    expect((await heard(path, token, '1')).activities[0]!.replyToId).to.equal(undefined);
  });

  it('answers an event with an id though it is not shown', async () => {
    const { path, token } = await server.started();
    expect((await say(path, token, { type: 'event', name: 'webchat/join' })).body.id).to.be.a('string');
  });

  it('neither keeps nor answers that a person is typing', async () => {
    const { path, token } = await server.started();
    expect((await say(path, token, { type: 'typing' })).status).to.equal(200);
    expect((await heard(path, token)).activities).to.deep.equal([]);
  });

  it('can be connected to again, with a fresh token', async () => {
    const { path, token, conversationId } = await server.started();
    server.now += 1000;
    const { status, body } = await server.ask('GET', `${path}?watermark=3`, { token });
    expect(status).to.equal(200);
    expect(body).to.include({ conversationId, expires_in: 1800 });
    expect(body.token).not.to.equal(token);
    expect(body.streamUrl).to.contain('watermark=3');
  });

  it('is started once, and again gives the same conversation', async () => {
    const { token, conversationId } = await server.started();
    const again = await server.ask('POST', '/v3/directline/conversations', { token });
    expect([again.status, again.body.conversationId]).to.deep.equal([201, conversationId]);
  });

  it('is started by the first message of a client that did not ask for it', async () => {
    const { token, conversationId, userId } = await server.token({ language: 'sv' });
    const path = `/v3/directline/conversations/${conversationId}`;
    expect((await say(path, token, { type: 'message', text: 'Hej' })).status).to.equal(200);
    expect(server.conversations.logs.get(conversationId)!.opening).to.deep.include({ userId, language: 'sv' });
  });

  it('takes the language of the client when it starts', async () => {
    const { token, conversationId } = await server.token({ language: 'fi' });
    await server.ask('POST', '/v3/directline/conversations', { token, body: { locale: 'en', user: { id: 'x' } } });
    expect(server.conversations.logs.get(conversationId)!.opening.language).to.equal('en');
  });

  it('tells whoever waits long that an answer is being written', async () => {
    const slow = await new DirectLineServer().start({ typingAfter: 5 });
    const { path, token, streamUrl } = await slow.started();
    const { said } = await slow.open(streamUrl);
    const receive = slow.conversations.receive.bind(slow.conversations);
    slow.conversations.receive = async (...given) => {
      await until(() => said.includes('typing'));
      return receive(...given);
    };
    await slow.ask('POST', `${path}/activities`, { token, body: { type: 'message', text: 'Moi' } });
    await until(() => said.length === 3);
    const { body } = await slow.ask('GET', `${path}/activities`, { token });
    await slow.stop();
    expect(said).to.deep.equal(['typing', 'Moi', 'You said: Moi']);
    expect(body.activities).to.have.length(2);
  });
});

describe('The conversation over Direct Line refuses clearly', () => {
  let server: DirectLineServer;
  before(async () => {
    server = await new DirectLineServer().start();
  });
  beforeEach(() => {
    server.now = Date.now();
  });
  after(() => server.stop());
  const all: [string, string][] = [
    ['POST', '/activities'],
    ['GET', '/activities'],
    ['POST', '/upload'],
    ['GET', ''],
  ];

  it('no token, an unknown one and one in another shape, before it reads the body', async () => {
    const { path, token } = await server.started();
    for (const [method, end] of all) {
      for (const authorization of ['', 'Bearer', 'Bearer x.y.z', `Basic ${token}`, `Bearer ${token}x`]) {
        const body = method === 'POST' ? 'x'.repeat(10_000) : undefined;
        const answer = await server.ask(method, path + end, { body, headers: { Authorization: authorization } });
        expect([answer.status, answer.body.error?.code], `${method} ${end}`).to.deep.equal([401, 'badToken']);
      }
    }
  });

  it('a token that has run out', async () => {
    const { path, token } = await server.started();
    await server.ask('GET', `${path}/activities`, { token });
    server.now += 31 * 60_000;
    for (const [method, end] of all) {
      const answer = await server.ask(method, path + end, { token });
      expect([answer.status, answer.body.error?.code]).to.deep.equal([403, 'TokenExpired']);
    }
  });

  it('a token of another conversation, and tells nothing of whether that exists', async () => {
    const [mine, other] = [await server.started(), await server.started()];
    for (const path of [
      other.path,
      '/v3/directline/conversations/made-up',
      '/v3/directline/conversations/coach-aino',
    ]) {
      for (const [method, end] of all) {
        const answer = await server.ask(method, path + end, {
          token: mine.token,
          body: method === 'POST' ? {} : undefined,
        });
        expect([answer.status, answer.body.error?.code]).to.deep.equal([403, 'wrongConversation']);
      }
    }
  });

  it('to give what a conversation says that was not started or has been deleted', async () => {
    const { token, conversationId } = await server.token();
    const path = `/v3/directline/conversations/${conversationId}`;
    for (const end of ['', '/activities', '/activities?watermark=7']) {
      const answer = await server.ask('GET', path + end, { token });
      expect([answer.status, answer.body.error?.code]).to.deep.equal([404, 'notFound']);
    }
  });

  it('files, by both ways to send one', async () => {
    const { path, token } = await server.started();
    const file = { contentType: 'image/png', contentUrl: 'data:image/png;base64,AAAA' };
    for (const [end, body] of [
      ['/upload?userId=me', 'anything'],
      ['/activities', { type: 'message', text: 'see', attachments: [file] }],
    ] as const) {
      const answer = await server.ask('POST', path + end, { token, body });
      expect([answer.status, answer.body.error?.code]).to.deep.equal([415, 'uploadRefused']);
      expect(answer.body.error?.message).to.contain('Files cannot be sent');
    }
  });

  it('what is no activity, without repeating it', async () => {
    const { path, token } = await server.started();
    const deep = `{"type":"event","name":"x","value":${'['.repeat(5000)}${']'.repeat(5000)}}`;
    for (const body of [
      '{',
      'hello',
      '[]',
      '"x"',
      'null',
      '{"type":"contactRelationUpdate"}',
      '{"type":"message","text":["secret"]}',
      deep,
    ]) {
      const answer = await server.ask('POST', `${path}/activities`, { token, body });
      expect([answer.status, answer.body.error?.code], body.slice(0, 40)).to.deep.equal([400, 'badRequest']);
      expect(answer.body.error?.message).not.to.contain('secret');
    }
  });

  it('a flood of messages from one address', async () => {
    const busy = await new DirectLineServer().start({
      limits: { tokens: { burst: 9, perSecond: 1 }, activities: { burst: 3, perSecond: 1 } },
    });
    const { path, token } = await busy.started();
    const body = { type: 'message', text: 'x' };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => busy.ask('POST', `${path}/activities`, { token, body })),
    );
    await busy.stop();
    expect(answers.map((answer) => answer.status).sort()).to.deep.equal([200, 200, 200, 429, 429]);
  });

  it('a store that does not answer, as something to try again', async () => {
    const { path, token } = await server.started();
    const { PolkuError } = await import('../../../src/errors.ts');
    server.conversations.receive = async () => {
      throw new PolkuError('storeUnavailable');
    };
    const answer = await server.ask('POST', `${path}/activities`, { token, body: { type: 'message', text: 'x' } });
    expect([answer.status, answer.body.error?.code]).to.deep.equal([503, 'storeUnavailable']);
  });

  it('a bug, without its words to the client and without what was said in the log', async () => {
    const { path, token } = await server.started();
    server.conversations.receive = async () => {
      throw new TypeError('cannot read x of undefined');
    };
    const said = { type: 'message', text: 'my own business' };
    const answer = await server.ask('POST', `${path}/activities`, { token, body: said });
    expect([answer.status, answer.body.error?.code]).to.deep.equal([500, 'unexpected']);
    expect(answer.body.error?.message).not.to.contain('undefined');
    const log = server.log.join('');
    expect(log).to.contain('cannot read x').and.not.contain('my own business').and.not.contain(token);
  });

  it('nothing that reaches a prototype, and drops it', async () => {
    const fresh = await new DirectLineServer().start();
    const { path, token } = await fresh.started();
    const body =
      '{"type":"event","name":"e","__proto__":{"a":1},"value":{"ok":1,"__proto__":{"a":1},"constructor":{"prototype":{"a":1}}}}';
    const answer = await fresh.ask('POST', `${path}/activities`, { token, body });
    await fresh.stop();
    expect(answer.status).to.equal(200);
    expect(fresh.conversations.received.at(-1)!.value).to.deep.equal({ ok: 1 });
    expect(({} as { a?: number }).a).to.equal(undefined);
  });
});
