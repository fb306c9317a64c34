import { expect } from 'chai';
import type { Conversations } from '../../src/bot/conversations.ts';
import { createConversations } from '../../src/bot/durable-conversations.ts';
import type { Decide } from '../../src/bot/turn.ts';
import type { Documents } from '../../src/domain/documents.ts';
import { PolkuError } from '../../src/errors.ts';
import { MemoryDocuments } from '../support/memory-documents.ts';
import { Simulation, through } from '../support/simulation.ts';

const say = (text: string) => [{ type: 'message' as const, text, locale: 'en' }];
const message = (text: string, clientActivityID = text) => ({
  type: 'message' as const,
  text,
  channelData: { clientActivityID },
});
const told = ({ activities }: { activities: { text?: string }[] }) => activities.map(({ text }) => text);

/** A decider that counts, and on "confirm" makes one effect in the store by the intent of its count. */
const counting: Decide = async ({ dialog, client }, { text }, fence, documents) => {
  const { count = 0 } = dialog as { count?: number };
  if (text === 'forget') return { dialog: {}, drafts: say('forgotten'), forget: true };
  if (text === 'confirm') {
    await fence();
    const effect = { id: `effect-${count}`, partition: client, type: 'effect', schema: 1 };
    await documents.create('clients', effect).catch((error: PolkuError) => {
      if (error.code !== 'conflict') throw error;
    });
  }
  return { dialog: { count: count + 1 }, drafts: say(`${text} is ${count + 1}`) };
};

/** A world with a store whose calls may be held up. */
function setUp() {
  const sim = new Simulation(1, Date.parse('2026-11-23T10:00:00Z'));
  const store = new MemoryDocuments(sim.now);
  const gaveUp: unknown[] = [];
  function start(decide = counting, documents: Documents = store): Conversations & { finishCrashed(): Promise<void> } {
    return createConversations({
      documents,
      decide,
      apologise: () => say('sorry'),
      gaveUp(error, id, conversation) {
        gaveUp.push({ error, id, dialog: conversation?.dialog });
        return new PolkuError('storeUnavailable', 'come again');
      },
      now: sim.now,
      timers: sim.timers,
      newId: sim.newId,
    });
  }
  return { sim, store, start, gaveUp };
}

describe('A turn in trouble', () => {
  it('ends after 8 s at the latest when the store hangs, keeps the answers, and can be sent again', async () => {
    const { sim, store, start, gaveUp } = setUp();
    let hangs = false;
    const conversations = start(
      counting,
      through(store, (_, act) => (hangs ? new Promise(() => {}) : act())),
    );
    await sim.until(conversations.start({ conversationId: 'c', userId: 'dl_1' }));
    await sim.until(conversations.receive('c', message('one')));
    hangs = true;
    const began = sim.time;
    const outcome = await sim.until(
      conversations.receive('c', message('two')).catch((error: PolkuError) => error.message),
    );
    expect(outcome).to.equal('come again');
    expect(sim.time - began).to.be.at.most(8_000);
    expect(gaveUp).to.have.length(1);
    expect(gaveUp[0]).to.deep.include({ id: 'c', dialog: { count: 1 } });
    hangs = false;
    expect(told(await sim.until(conversations.receive('c', message('two'))))).to.deep.equal(['two', 'two is 2']);
  });

  it('answers everybody in the queue behind it within their own time', async () => {
    const { sim, store, start } = setUp();
    const conversations = start(
      counting,
      through(store, (verb, act) => (verb === 'create' ? act() : new Promise(() => {}))),
    );
    await sim.until(conversations.start({ conversationId: 'c', userId: 'dl_1' }));
    const began = sim.time;
    const ends: number[] = [];
    const all = Array.from({ length: 5 }, (_, n) =>
      conversations.receive('c', message(`m${n}`)).catch(() => ends.push(sim.time - began)),
    );
    await sim.until(Promise.all(all));
    expect(ends).to.have.length(5);
    expect(Math.max(...ends)).to.be.at.most(8_000);
  });

  it('is applied once when its write arrives after everybody has given up', async () => {
    const { sim, store, start } = setUp();
    let late = false;
    const conversations = start(
      counting,
      through(store, async (verb, act) => {
        if (!late || verb !== 'replace') return act();
        late = false;
        void sim
          .wait(5_000)
          .then(act)
          .catch(() => undefined);
        return new Promise(() => {});
      }),
    );
    await sim.until(conversations.start({ conversationId: 'c', userId: 'dl_1' }));
    late = true;
    const first = await sim.until(conversations.receive('c', message('one')));
    await sim.pass(20_000);
    const again = await sim.until(conversations.receive('c', message('one')));
    expect(again).to.deep.equal(first);
    expect(told(await sim.until(conversations.since('c', 0)))).to.deep.equal(['one', 'one is 1']);
  });

  it('is known as a duplicate long after it has left the conversation’s document', async () => {
    const { sim, start } = setUp();
    const conversations = start();
    await sim.until(conversations.start({ conversationId: 'c', userId: 'dl_1' }));
    const first = await sim.until(conversations.receive('c', message('one')));
    for (let n = 0; n < 70; n++) await sim.until(conversations.receive('c', message(`m${n}`)));
    expect(await sim.until(conversations.receive('c', message('one')))).to.deep.equal({ ...first, watermark: 2 });
    expect((await sim.until(conversations.since('c', 0))).watermark).to.equal(142);
  });

  it('that was confirmed and crashed is finished without anybody coming back', async () => {
    const { sim, store, start } = setUp();
    let isDead = false;
    const dying = start(
      counting,
      through(store, async (verb, act, place) => {
        // It dies after the fence, before the effect.
        if (verb === 'create' && place === 'clients') isDead = true;
        return isDead ? new Promise(() => {}) : act();
      }),
    );
    await sim.until(dying.start({ conversationId: 'c', userId: 'dl_1' }));
    void dying.receive('c', message('confirm')).catch(() => undefined);
    await sim.pass(100);
    const living = start();
    await sim.until(living.finishCrashed());
    expect(store.all('clients'), 'the other process may still be at it').to.deep.equal([]);
    await sim.pass(3_000);
    const heard: string[] = [];
    living.watch('c', (part) => heard.push(...(told(part) as string[])));
    await sim.until(living.finishCrashed());
    expect(store.all('clients')).to.have.length(1);
    expect(heard).to.deep.equal(['confirm', 'confirm is 1']);
    expect(told(await sim.until(living.receive('c', message('confirm'))))).to.deep.equal(['confirm', 'confirm is 1']);
  });

  it('waits for another process that is confirming, and then sees what came of it', async () => {
    const { sim, store, start } = setUp();
    const slow = start(
      counting,
      through(store, async (verb, act, place) => {
        if (verb === 'create' && place === 'clients') await sim.wait(900);
        return act();
      }),
    );
    const other = start();
    await sim.until(slow.start({ conversationId: 'c', userId: 'dl_1' }));
    const confirming = slow.receive('c', message('confirm'));
    await sim.pass(50);
    const duplicate = other.receive('c', message('confirm'));
    const next = other.receive('c', message('next'));
    expect(told(await sim.until(duplicate))).to.deep.equal(['confirm', 'confirm is 1']);
    expect(await sim.until(confirming)).to.deep.equal(await sim.until(duplicate));
    expect(told(await sim.until(next))).to.deep.equal(['next', 'next is 2']);
    expect(store.all('clients')).to.have.length(1);
  });

  it('of a process that has not heard of it cannot put back what was forgotten', async () => {
    const { sim, store, start } = setUp();
    const [stale, other] = [start(), start()];
    await sim.until(stale.start({ conversationId: 'c', userId: 'dl_1' }));
    for (let n = 0; n < 20; n++) await sim.until(stale.receive('c', message(`secret ${n}`)));
    await sim.until(other.receive('c', message('forget')));
    await sim.until(stale.receive('c', message('hello')));
    expect(JSON.stringify([...store.all('conversations'), ...store.all('transcripts')])).not.to.contain('secret');
    expect(told(await sim.until(stale.since('c', 0)))).to.deep.equal(['forgotten', 'hello', 'hello is 1']);
    expect((await sim.until(stale.receive('c', message('secret 3')))).activities, 'a late duplicate').to.deep.equal([]);
  });

  it('leaves a conversation alone that a later release has written', async () => {
    const { sim, store, start } = setUp();
    const conversations = start();
    await sim.until(conversations.start({ conversationId: 'c', userId: 'dl_1' }));
    const place = { collection: 'conversations', partition: 'c', id: 'c' } as const;
    const { document, version } = (await store.get(place))!;
    await store.replace('conversations', { ...document, schema: 99 }, version);
    const began = sim.time;
    const outcome = await sim.until(
      start()
        .receive('c', message('one'))
        .catch((error: PolkuError) => error.code),
    );
    expect(outcome).to.equal('storeUnavailable');
    expect(sim.time - began, 'at once').to.equal(0);
    expect((await store.get(place))!.document).to.deep.equal({ ...document, schema: 99 });
  });
});
