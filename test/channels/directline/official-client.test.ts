import { expect } from 'chai';
import { OfficialClient } from '../../support/direct-line-client.ts';
import { DirectLineServer, until } from '../../support/direct-line-server.ts';

const online = 2;
const expired = 3;
const failed = 4;
const ended = 5;

describe("Microsoft's botframework-directlinejs", () => {
  let server: DirectLineServer;
  const clients: OfficialClient[] = [];
  before(async () => {
    server = await new DirectLineServer().start();
  });
  beforeEach(() => {
    server.now = Date.now();
  });
  afterEach(() => {
    for (const { client } of clients.splice(0)) client.end();
  });
  after(() => server.stop());
  const connect = (options: object) => {
    const client = new OfficialClient({ domain: `${server.url}/v3/directline`, ...options });
    clients.push(client);
    return client;
  };

  for (const webSocket of [true, false]) {
    describe(webSocket ? 'over WebSocket' : 'by polling', () => {
      it('runs a conversation', async () => {
        const { token, userId, conversationId } = await server.token();
        const client = connect({ token, webSocket });
        const id = await client.say('Moi');
        await until(() => client.heard.length === 2);
        await client.say('Hej');
        await until(() => client.heard.length === 4);
        expect(client.heard).to.deep.equal(['Moi', 'You said: Moi', 'Hej', 'You said: Hej']);
        expect(client.sockets).to.have.length(webSocket ? 1 : 0);
        const [own] = server.conversations.logs.get(conversationId)!.activities;
        expect([own!.id, own!.from.id]).to.deep.equal([id, userId]);
      });

      it('hears what nobody asked for, also from another process', async () => {
        const { token, conversationId } = await server.token();
        const client = connect({ token, webSocket });
        await client.say('Moi');
        // Two frames in one moment are mixed by the client itself.
        await until(() => client.heard.length === 2);
        await server.conversations.push(conversationId, 'reminder', [{ type: 'message', text: 'pushed' }]);
        server.conversations.add(conversationId, [{ role: 'bot', text: 'from elsewhere' }], true);
        await until(() => client.heard.length === 4);
        expect(client.heard.slice(2)).to.deep.equal(['pushed', 'from elsewhere']);
      });

      it('goes on with a conversation after the page was loaded anew, from where it was', async () => {
        const { token, conversationId } = await server.started();
        const first = connect({ token, webSocket });
        await first.say('Moi');
        await until(() => first.heard.length === 2);
        first.client.end();
        const given = await server.token({ resume: token });
        const all = connect({ token: given.token, conversationId, webSocket });
        const rest = connect({ token: given.token, conversationId, webSocket, watermark: '1' });
        await all.say('again');
        await until(() => all.heard.length === 4 && rest.heard.length === 3);
        expect(rest.heard).to.deep.equal(['You said: Moi', 'again', 'You said: again']);
      });

      it('learns that its token has run out', async () => {
        const { token } = await server.token();
        const client = connect({ token, webSocket });
        await client.say('Moi');
        server.now += 31 * 60_000;
        expect(await client.say('late')).to.equal('retry');
        expect(client.statuses).to.include(expired);
      });

      it('fails at once with a token that is not ours', async () => {
        const client = connect({ token: 'made-up', webSocket });
        await until(() => client.statuses.at(-1) === failed);
      });
    });
  }

  it('connects again after dropped sockets: no message lost, none twice', async () => {
    const { token, conversationId } = await server.token();
    const client = connect({ token });
    await client.say('0');
    const expected = ['0', 'You said: 0'];
    for (let drop = 1; drop <= 5; drop++) {
      await until(() => client.sockets.at(-1)?.readyState === 1 && client.heard.length === expected.length);
      client.sockets.at(-1)!.terminate();
      server.conversations.add(conversationId, [{ role: 'bot', text: `while away ${drop}` }]);
      await client.say(`${drop}`);
      expected.push(`while away ${drop}`, `${drop}`, `You said: ${drop}`);
    }
    await until(() => client.heard.length >= expected.length);
    expect(client.heard).to.deep.equal(expected);
    expect(client.sockets.length).to.be.at.least(6);
    expect(client.statuses.at(-1)).to.equal(online);
  });

  for (const webSocket of [true, false]) {
    it(`goes on after a restart of the server ${webSocket ? 'over WebSocket' : 'by polling'}`, async () => {
      const own = await new DirectLineServer().start();
      const { token } = await own.token();
      const client = connect({ token, webSocket, domain: `${own.url}/v3/directline`, timeout: 100 });
      await client.say('before');
      await until(() => client.heard.length === 2);
      await own.stop();
      expect(await client.say('meanwhile')).to.equal('retry');
      await own.restart();
      expect(await client.say('after'))
        .to.be.a('string')
        .and.not.equal('retry');
      if (webSocket) await until(() => client.heard.length === 4);
      // By polling this client gives up at the first answer that does not come; the page loads it anew.
      const again = connect({ token, webSocket, domain: `${own.url}/v3/directline` });
      await until(() => again.heard.length === 4);
      await own.stop();
      expect(again.heard).to.deep.equal(['before', 'You said: before', 'after', 'You said: after']);
    });
  }

  it('ends when the conversation is gone', async () => {
    const { token, conversationId } = await server.token();
    const client = connect({ token, webSocket: false });
    await client.say('Moi');
    server.conversations.logs.delete(conversationId);
    await until(() => client.statuses.at(-1) === ended);
  });

  it('sends a press again without a second effect', async () => {
    const { token, conversationId } = await server.token();
    const client = connect({ token });
    const ids = [await client.say('Book', 'press-1'), await client.say('Book', 'press-1')];
    expect(ids[0]).to.equal(ids[1]);
    expect(server.conversations.logs.get(conversationId)!.activities).to.have.length(2);
  });
});
