import { expect } from 'chai';
import { cityPage, DirectLineServer, until } from '../../support/direct-line-server.ts';

describe('The stream of a conversation', () => {
  let server: DirectLineServer;
  before(async () => {
    server = await new DirectLineServer().start();
  });
  beforeEach(() => {
    server.now = Date.now();
  });
  after(() => server.stop());
  const say = (path: string, token: string, text: string) =>
    server.ask('POST', `${path}/activities`, { token, body: { type: 'message', text } });

  it('brings what was said before and each addition, with the watermark', async () => {
    const { path, token, streamUrl } = await server.started();
    await say(path, token, 'before');
    const { said, sets } = await server.open(streamUrl);
    await until(() => said.length === 2);
    await say(path, token, 'after');
    await until(() => said.length === 4);
    expect(said).to.deep.equal(['before', 'You said: before', 'after', 'You said: after']);
    expect(sets.map((set) => set.watermark)).to.deep.equal(['2', '4']);
  });

  it('begins a conversation from the address that came with the token, once', async () => {
    const { token, conversationId, streamUrl } = await server.token({ language: 'sv' });
    const opened = [await server.open(streamUrl!), await server.open(streamUrl!)];
    await say(`/v3/directline/conversations/${conversationId}`, token, 'hej');
    for (const { said } of opened) await until(() => said.length === 2);
    expect(opened.map(({ said }) => said)).to.deep.equal([
      ['hej', 'You said: hej'],
      ['hej', 'You said: hej'],
    ]);
    expect(server.conversations.logs.get(conversationId)!.opening).to.include({ language: 'sv' });
  });

  it('is found by whoever spoke before it was opened', async () => {
    const { token, conversationId, streamUrl } = await server.token();
    await say(`/v3/directline/conversations/${conversationId}`, token, 'early');
    const { said } = await server.open(streamUrl!);
    await until(() => said.length === 2);
    expect(said).to.deep.equal(['early', 'You said: early']);
  });

  it('begins nothing for whoever goes on, and a minute later for nobody', async () => {
    const { token, streamUrl } = await server.token();
    await server.open(streamUrl!);
    expect(await server.token({ resume: token })).not.to.have.property('streamUrl');
    const late = await server.token();
    server.now += 61_000;
    expect((await server.open(late.streamUrl!)).status).to.equal(403);
    expect(server.conversations.logs.has(late.conversationId)).to.equal(false);
  });

  it('brings what another process added', async () => {
    const { conversationId, streamUrl } = await server.started();
    const { said } = await server.open(streamUrl);
    server.conversations.add(conversationId, [{ role: 'bot', text: 'from elsewhere' }], true);
    await until(() => said.length === 1);
    expect(said).to.deep.equal(['from elsewhere']);
  });

  it('brings both of two windows the same', async () => {
    const { path, token, streamUrl } = await server.started();
    const [one, two] = [await server.open(streamUrl), await server.open(streamUrl)];
    await say(path, token, 'Moi');
    await until(() => one.said.length === 2 && two.said.length === 2);
    expect(one.said).to.deep.equal(two.said);
  });

  it('goes on after a drop from the watermark, nothing lost and nothing twice', async () => {
    const { path, token, streamUrl } = await server.started();
    const first = await server.open(streamUrl);
    await say(path, token, 'one');
    await until(() => first.said.length === 2);
    first.socket.terminate();
    await say(path, token, 'meanwhile');
    const again = await server.ask('GET', `${path}?watermark=${first.sets.at(-1)!.watermark}`, { token });
    const second = await server.open(String(again.body.streamUrl));
    await until(() => second.said.length === 2);
    expect([...first.said, ...second.said]).to.deep.equal(['one', 'You said: one', 'meanwhile', 'You said: meanwhile']);
  });

  it('takes empty messages as signs of life and keeps nothing of a closed one', async () => {
    const { conversationId, streamUrl } = await server.started();
    const { socket, closed } = await server.open(streamUrl);
    socket.send('');
    socket.send('hello?');
    socket.close();
    await closed;
    await until(() => server.conversations.listeners(conversationId) === 0);
    expect(server.conversations.logs.get(conversationId)!.activities).to.deep.equal([]);
  });

  it('closes the oldest socket beyond ten of one conversation', async () => {
    const { streamUrl } = await server.started();
    const first = await server.open(streamUrl);
    for (let i = 0; i < 10; i++) await server.open(streamUrl);
    expect(await first.closed).to.equal(1008);
  });

  it('ends when the conversation is gone', async () => {
    const { streamUrl } = await server.started();
    const { PolkuError } = await import('../../../src/errors.ts');
    const opened = await server.open(streamUrl);
    const since = server.conversations.since;
    server.conversations.since = async () => {
      throw new PolkuError('notFound');
    };
    expect(await opened.closed).to.equal(1000);
    server.conversations.since = since;
  });

  it('ends when the token ends that it was opened with', async () => {
    const own = await new DirectLineServer().start();
    const { streamUrl } = await own.started();
    // Half an hour passes between the check of the address and the count of what is left.
    own.conversations.exists = async () => {
      own.now += 30 * 60_000;
      return true;
    };
    const { closed } = await own.open(streamUrl);
    expect(await closed).to.equal(1000);
    await own.stop();
  });

  describe('is refused', () => {
    it('to an old or forged address, and to one of another conversation', async () => {
      const [mine, other] = [await server.started(), await server.started()];
      const key = new URL(mine.streamUrl).searchParams.get('t');
      const socket = server.url.replace('http', 'ws');
      expect((await server.open(`${socket}${mine.path}/stream?t=${mine.token}`)).status).to.equal(401);
      expect((await server.open(`${socket}${mine.path}/stream`)).status).to.equal(401);
      expect((await server.open(`${socket}${other.path}/stream?t=${key}`)).status).to.equal(403);
      expect((await server.open(`${socket}/v3/directline/stream?t=${key}`)).status).to.equal(404);
      server.now += 61_000;
      expect((await server.open(mine.streamUrl)).status).to.equal(403);
    });

    it('to pages of other addresses', async () => {
      const { streamUrl } = await server.started();
      expect((await server.open(streamUrl, { Origin: 'https://evil.example' })).status).to.equal(403);
      expect((await server.open(streamUrl, { Origin: cityPage })).status).to.equal(101);
    });

    it('as a key for anything else', async () => {
      const { path, streamUrl } = await server.started();
      const begun = await server.token();
      for (const url of [streamUrl, begun.streamUrl!]) {
        const token = new URL(url).searchParams.get('t')!;
        expect((await server.ask('GET', `${path}/activities`, { token })).status).to.equal(401);
        expect((await server.ask('POST', '/api/token', { body: { resume: token } })).status).to.equal(401);
      }
    });

    it('when the conversation is gone', async () => {
      const { streamUrl, conversationId } = await server.started();
      server.conversations.logs.delete(conversationId);
      expect((await server.open(streamUrl)).status).to.equal(404);
    });
  });

  it('sends its clients away when the server stops', async () => {
    const stopping = await new DirectLineServer().start();
    const { streamUrl } = await stopping.started();
    const { closed } = await stopping.open(streamUrl);
    await stopping.stop();
    expect(await closed).to.be.oneOf([1001, 1006]);
  });
});
