import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Document } from '../../src/domain/documents.ts';
import { telling } from '../../src/domain/notices.ts';
import type { Outcome } from '../../src/notify/sender.ts';
import { patience } from '../../src/outbox/attempt.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { settle } from '../support/clock.ts';
import { doc, ref } from '../support/documents.ts';
import { dying, slowly } from '../support/dying-documents.ts';
import { earliest, OutboxWorld } from '../support/outbox-world.ts';

const hour = 3_600_000;

describe('The relay of outboxes', () => {
  it('delivers what is due and leaves what is for later', async () => {
    const world = new OutboxWorld();
    await world.put('one', world.item('now'), world.item('later', 'coach', hour));
    const relay = world.relay();
    await relay.sweep();
    expect([...world.effects]).to.deep.equal(['now']);
    expect(await world.waiting()).to.deep.equal(['later']);
    world.clock.time += hour;
    await relay.sweep();
    expect([...world.effects]).to.deep.equal(['now', 'later']);
    expect(await world.all()).to.deep.equal([doc('c', 'one')]);
  });

  it('delivers at once when poked, without a sweep', async () => {
    const world = new OutboxWorld();
    await world.put('one', world.item('now'));
    const relay = world.relay();
    relay.poke(ref('c', 'one'));
    await relay.stop();
    expect([...world.effects]).to.deep.equal(['now']);
  });

  it('sweeps every few seconds until it is stopped', async () => {
    const world = new OutboxWorld();
    const relay = world.relay();
    relay.start();
    await settle();
    await world.put('one', world.item('now'));
    await world.clock.pass(2_000);
    expect([...world.effects]).to.deep.equal(['now']);
    await relay.stop();
    expect(world.clock.waiting).to.equal(0);
  });

  it('finishes what it has begun when it is stopped, and begins nothing new', async () => {
    const world = new OutboxWorld();
    let finish = (_: Outcome): void => undefined;
    await world.put('one', world.item('begun'), world.item('not-begun'));
    const relay = world.relay(() => new Promise<Outcome>((resolve) => (finish = resolve)));
    relay.poke(ref('c', 'one'));
    await settle();
    const stopping = relay.stop();
    finish('sent');
    await stopping;
    expect(await world.waiting()).to.deep.equal(['not-begun']);
  });

  it('tries again later after a failure, less and less often, and then delivers', async () => {
    const world = new OutboxWorld();
    const answers: (Outcome | Error)[] = ['throttled', new Error('broken'), 'ambiguous', 'sent'];
    await world.put('one', world.item('a'));
    const relay = world.relay(() => answers[world.deliveries.length - 1]!);
    const pauses: number[] = [];
    while ((await world.waiting()).length > 0) {
      await relay.sweep();
      const at = earliest((await world.all())[0]!);
      if (at === undefined) break;
      pauses.push(at - world.clock.time);
      world.clock.time = at;
    }
    expect(pauses).to.deep.equal([5_000, 10_000, 20_000]);
    expect([...world.effects]).to.deep.equal(['a']);
  });

  it('keeps what it gives up where people see it, and tells the coaches of a mail that did not go', async () => {
    const world = new OutboxWorld();
    await world.put('one', world.item('letter', 'mail'), world.item('card'));
    const relay = world.relay((id) => (id.endsWith('undelivered') ? 'sent' : 'throttled'));
    for (let i = 0; i < 2 * patience.tries; i++) {
      await relay.sweep();
      world.clock.time += patience.longestPause;
    }
    const [{ outbox = [], dueAt } = doc('c', 'none')] = await world.all();
    expect(outbox.map(({ id, attempts }) => [id, attempts])).to.deep.equal([
      ['letter', patience.tries],
      ['card', patience.tries],
    ]);
    expect(outbox.every(({ givenUp }) => typeof givenUp === 'string')).to.equal(true);
    expect(dueAt).to.equal(undefined);
    expect([...world.effects]).to.deep.equal(['letter-undelivered']);
    expect(world.logged.filter((line) => line.includes('given up'))).to.have.length(2);
  });

  it('gives up at once what is refused for good', async () => {
    const world = new OutboxWorld();
    await world.put('one', world.item('a'));
    await world.relay(() => 'refused').sweep();
    expect((await world.all())[0]!.outbox![0]!.givenUp).to.equal(new Date(world.clock.time).toISOString());
  });

  it('counts a delivery that hangs as unclear and goes on', async () => {
    const world = new OutboxWorld();
    await world.put('one', world.item('hangs'));
    const relay = world.relay(() => new Promise(() => undefined));
    relay.poke(ref('c', 'one'));
    await settle();
    await world.clock.pass(patience.deliverWithin);
    await relay.stop();
    expect(world.logged.join()).to.include('"ambiguous"');
    expect(await world.waiting()).to.deep.equal(['hangs']);
  });

  it('puts a wrong due time right, so that the document does not come up for ever', async () => {
    const world = new OutboxWorld();
    await world.store.create('clients', { ...doc('c', 'wrong'), dueAt: 1 });
    await world.relay().sweep();
    expect(await world.store.due('clients', world.clock.time, 10)).to.deep.equal([]);
  });

  it('goes on sweeping when the store does not answer for a while', async () => {
    const world = new OutboxWorld();
    await world.put('one', world.item('a'));
    await world.relay(undefined, dying(world.store, { call: 1, when: 'before' }).documents).sweep();
    expect(world.logged.join()).to.include('a sweep failed');
    await world.relay().sweep();
    expect([...world.effects]).to.deep.equal(['a']);
  });

  it('loses nothing and does nothing twice, wherever a process dies', async () => {
    let deaths = 0;
    for (let call = 1, last = false; !last; call++) {
      for (const when of ['before', 'after'] as const) {
        const world = new OutboxWorld();
        await world.put('one', world.item('a'), world.item('b', 'mail'));
        const { documents, calls } = dying(world.store, { call, when });
        await world.relay(undefined, documents).sweep();
        last = calls() < call;
        deaths++;
        for (let i = 0; i < 3; i++) {
          world.clock.time += patience.lease;
          await world.relay().sweep();
        }
        expect([...world.effects].sort(), `death ${when} call ${call}`).to.deep.equal(['a', 'b']);
        expect(await world.waiting(), `death ${when} call ${call}`).to.deep.equal([]);
      }
    }
    expect(deaths).to.be.greaterThan(20);
  });

  it('delivers each item once when several processes sweep and are poked at the same time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(3), { minLength: 200, maxLength: 200 }),
        fc.integer({ min: 2, max: 4 }),
        async (pauses, processes) => {
          const world = new OutboxWorld();
          let turn = 0;
          const slow = slowly(world.store, () => pauses[turn++ % pauses.length]!);
          for (let i = 0; i < 6; i++)
            await world.put(`d${i}`, world.item(`${i}a`), world.item(`${i}b`), world.item(`${i}c`));
          const relays = Array.from({ length: processes }, () => world.relay(undefined, slow));
          for (const relay of relays) relay.poke(ref('c', 'd3'));
          await Promise.all(relays.map((relay) => relay.sweep()));
          await Promise.all(relays.map((relay) => relay.stop()));
          expect(world.deliveries).to.have.length(18);
          expect(world.effects.size).to.equal(18);
          expect(await world.waiting()).to.deep.equal([]);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('delivers each item once with several processes on one file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'polku-relay-'));
    const world = new OutboxWorld();
    const open = () => openSqlite(join(folder, 'polku.sqlite'), { now: world.clock.now });
    const stores = [open(), open(), open(), open()];
    for (let i = 0; i < 100; i++) {
      await stores[0]!.create('calendars', telling(doc('c', `d${i}`), world.item(`${i}a`), world.item(`${i}b`)));
    }
    await Promise.all(
      stores.map((store) =>
        world
          .relay(
            undefined,
            slowly(store, () => 1),
          )
          .sweep(),
      ),
    );
    expect(world.deliveries).to.have.length(200);
    expect(world.effects.size).to.equal(200);
    expect(await stores[0]!.due('calendars', world.clock.time + hour, 10)).to.deep.equal([]);
    for (const store of stores) await store.close();
    rmSync(folder, { recursive: true });
  });

  it('keeps every change that others make to the document meanwhile', async () => {
    const world = new OutboxWorld();
    await world.put('one', world.item('a'));
    const relay = world.relay(async (): Promise<Outcome> => {
      const { document, version } = (await world.store.get(ref('c', 'one')))!;
      await world.store.replace(
        'clients',
        telling({ ...document, note: 'changed' } as Document, world.item('b', 'coach', hour)),
        version,
      );
      return 'sent';
    });
    await relay.sweep();
    const [after] = await world.all();
    expect(after).to.include({ note: 'changed', dueAt: world.clock.time + hour });
    expect(await world.waiting()).to.deep.equal(['b']);
  });

  it('agrees with a model under any mix of answers, deaths and waits', async () => {
    const answers = fc.constantFrom<Outcome | 'throws'>('sent', 'throttled', 'ambiguous', 'refused', 'throws');
    const step = fc.record({
      die: fc.option(
        fc.record({
          call: fc.integer({ min: 1, max: 12 }),
          when: fc.constantFrom('before' as const, 'after' as const),
        }),
        { nil: undefined },
      ),
      answers: fc.array(answers, { minLength: 1, maxLength: 6 }),
      wait: fc.constantFrom(0, 1_000, 30_000, 60_000, hour),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }),
        fc.array(step, { maxLength: 8 }),
        async (sizes, steps) => {
          const world = new OutboxWorld();
          const refusedOnce = new Set<string>();
          for (const [i, size] of sizes.entries()) {
            await world.put(
              `d${i}`,
              ...Array.from({ length: size }, (_, k) => world.item(`${i}-${k}`, 'coach', k * 1_000)),
            );
          }
          const wanted = await world.waiting();
          for (const { die, answers, wait } of steps) {
            let turn = 0;
            const answer = (id: string) => {
              const one = answers[turn++ % answers.length]!;
              if (one === 'refused') refusedOnce.add(id);
              return one === 'throws' ? new Error('no') : one;
            };
            await world.relay(answer, dying(world.store, die).documents).sweep();
            world.clock.time += wait;
            for (const document of await world.all()) expect(document.dueAt).to.equal(earliest(document));
            const left = await world.waiting();
            for (const id of wanted) expect(left.includes(id) || world.effects.has(id), id).to.equal(true);
          }
          for (let i = 0; i < patience.tries; i++) {
            world.clock.time += hour;
            await world.relay().sweep();
          }
          const left = (await world.all()).flatMap(({ outbox = [] }) => outbox);
          expect(left.every(({ givenUp, id }) => givenUp && refusedOnce.has(id))).to.equal(true);
          expect([...new Set([...left.map(({ id }) => id), ...world.effects])].sort()).to.deep.equal(wanted.sort());
        },
      ),
      { numRuns: 60 },
    );
  });

  it('writes no personal data into the log', async () => {
    const world = new OutboxWorld();
    const secret = 'CANARY-010190-123A';
    await world.put(secret, { ...world.item('a'), payload: { secret } });
    await world.relay(() => new Error(secret)).sweep();
    expect(world.logged).to.have.length(2);
    expect(world.logged.join()).not.to.include('CANARY');
  });
});
