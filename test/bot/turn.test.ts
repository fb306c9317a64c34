import { expect } from 'chai';
import type { Draft } from '../../src/bot/activity.ts';
import type { ConversationDocument } from '../../src/bot/conversation-document.ts';
import { createConversations } from '../../src/bot/durable-conversations.ts';
import type { Decide } from '../../src/bot/turn.ts';
import type { Documents } from '../../src/domain/documents.ts';
import { PolkuError } from '../../src/errors.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';

/** A decider that counts: every message adds one, "confirm" books once by the intent of its number. */
function counting(booked: Map<number, number>, onEffect: () => void = () => {}): Decide {
  return async ({ dialog }, incoming, fence) => {
    const { count = 0, intent = 0 } = dialog as { count?: number; intent?: number };
    if (incoming.text === 'confirm') {
      await fence();
      onEffect();
      if (!booked.has(intent)) booked.set(intent, count);
      return { dialog: { count: count + 1, intent: intent + 1 }, drafts: say(`booked ${booked.get(intent)}`) };
    }
    return { dialog: { count: count + 1, intent }, drafts: say(`count ${count + 1}`) };
  };
}

const say = (text: string): Draft[] => [{ type: 'message', text, locale: 'en' }];
const texts = ({ activities }: { activities: { text?: string }[] }) => activities.map(({ text }) => text);

function setUp(documents: Documents, decide: Decide) {
  let id = 0;
  return createConversations({
    documents,
    decide,
    apologise: () => say('sorry'),
    now: Date.now,
    newId: () => `id-${process.pid}-${Math.random().toString(36).slice(2)}-${id++}`,
    deadline: 2000,
  });
}
const message = (text: string, clientActivityID: string) => ({
  type: 'message' as const,
  text,
  channelData: { clientActivityID },
});

describe('A turn', () => {
  let documents: Documents;
  beforeEach(() => {
    documents = openSqlite(':memory:', { now: Date.now });
  });
  afterEach(() => documents.close());

  it('answers a duplicate with the same activities and runs nothing twice', async () => {
    const conversations = setUp(documents, counting(new Map()));
    await conversations.start({ conversationId: 'c', userId: 'dl_1' });
    const parts = await Promise.all([1, 2, 3, 4, 5].map(() => conversations.receive('c', message('hello', 'one'))));
    expect(new Set(parts.map((part) => JSON.stringify(part))).size).to.equal(1);
    expect(texts(parts[0]!)).to.deep.equal(['hello', 'count 1']);
  });

  it('applies 200 of 200 messages that come at once, also over two processes with one store', async () => {
    const booked = new Map<number, number>();
    const both = [setUp(documents, counting(booked)), setUp(documents, counting(booked))];
    await both[0]!.start({ conversationId: 'c', userId: 'dl_1' });
    await Promise.all(Array.from({ length: 200 }, (_, i) => both[i % 2]!.receive('c', message(`m${i}`, `k${i}`))));
    const read = await documents.get<ConversationDocument>({ collection: 'conversations', partition: 'c', id: 'c' });
    expect(read!.document.dialog).to.deep.include({ count: 200 });
    const log = await both[1]!.since('c', 0);
    expect(log.activities).to.have.lengthOf(400);
    expect(new Set(log.activities.map(({ id }) => id)).size).to.equal(400);
    console.log(`      R4 200/200 turns applied in one conversation, over 2 caches`);
  });

  it('finishes a confirmation that a crash cut off before it decides anything else', async () => {
    const booked = new Map<number, number>();
    let crash = true;
    const dying = setUp(
      documents,
      counting(booked, () => {
        if (crash) throw new PolkuError('storeUnavailable', 'the process died here');
      }),
    );
    await dying.start({ conversationId: 'c', userId: 'dl_1' });
    await dying.receive('c', message('hello', 'a'));
    const lost = await dying.receive('c', message('confirm', 'b')).catch((error: PolkuError) => error.code);
    expect(lost).to.equal('storeUnavailable');
    crash = false;
    let clock = Date.now() + 60_000;
    const next = createConversations({
      documents,
      decide: counting(booked),
      apologise: () => say('sorry'),
      now: () => clock++,
      newId: () => `n${clock}`,
    });
    await next.receive('c', message('hello again', 'c'));
    expect(texts(await next.since('c', 0))).to.deep.equal([
      'hello',
      'count 1',
      'confirm',
      'booked 1',
      'hello again',
      'count 3',
    ]);
    expect(booked.size).to.equal(1);
  });

  it('apologises for a fault that nobody foresaw, and keeps the dialogue', async () => {
    let faulty = false;
    const count = counting(new Map());
    const conversations = setUp(documents, async (...given) => {
      if (faulty) throw new TypeError('a bug');
      return count(...given);
    });
    await conversations.start({ conversationId: 'c', userId: 'dl_1' });
    await conversations.receive('c', message('one', '1'));
    faulty = true;
    expect(texts(await conversations.receive('c', message('two', '2')))).to.deep.equal(['two', 'sorry']);
    faulty = false;
    expect(texts(await conversations.receive('c', message('three', '3')))).to.deep.equal(['three', 'count 2']);
  });

  it('tells each addition to those who watch, and the whole log after any watermark', async () => {
    const conversations = setUp(documents, counting(new Map()));
    await conversations.start({ conversationId: 'c', userId: 'dl_1' });
    const heard: number[] = [];
    const stop = conversations.watch('c', ({ watermark }) => heard.push(watermark));
    for (let i = 0; i < 45; i++) await conversations.receive('c', message(`m${i}`, `k${i}`));
    stop();
    await conversations.push('c', 'notice-1', say('a notice'));
    await conversations.push('c', 'notice-1', say('a notice'));
    expect(heard).to.deep.equal(Array.from({ length: 45 }, (_, i) => 2 * (i + 1)));
    for (const watermark of [0, 1, 39, 60, 90, 91]) {
      const { activities, watermark: end } = await conversations.since('c', watermark);
      expect(end).to.equal(91);
      expect(activities.map(({ id }) => Number(id.split('|')[1]))).to.deep.equal(
        Array.from({ length: 91 - watermark }, (_, i) => watermark + i),
      );
    }
  });

  it('tells nothing of a conversation that is gone, after whatever watermark, and says so', async () => {
    const conversations = setUp(documents, counting(new Map()));
    await conversations.start({ conversationId: 'c', userId: 'dl_1' });
    await conversations.receive('c', message('one', '1'));
    await documents.delete({ collection: 'conversations', partition: 'c', id: 'c' });
    for (const watermark of [0, 1, 2, 90]) {
      const refusal = await conversations.since('c', watermark).then(texts, (error: PolkuError) => error.code);
      expect(refusal).to.equal('notFound');
    }
  });

  it('forgets everything that was said when asked to', async () => {
    const count = counting(new Map());
    const conversations = setUp(documents, async (conversation, incoming, ...rest) =>
      incoming.text === 'forget'
        ? { dialog: {}, drafts: say('forgotten'), forget: true }
        : count(conversation, incoming, ...rest),
    );
    await conversations.start({ conversationId: 'c', userId: 'dl_1' });
    for (let i = 0; i < 30; i++) await conversations.receive('c', message(`secret ${i}`, `k${i}`));
    await conversations.receive('c', message('forget', 'f'));
    expect(texts(await conversations.since('c', 0))).to.deep.equal(['forgotten']);
    expect(JSON.stringify(await documents.list('transcripts', 'c'))).not.to.contain('secret');
  });
});
