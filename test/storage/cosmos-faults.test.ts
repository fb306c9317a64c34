import { expect } from 'chai';
import type { Documents } from '../../src/domain/documents.ts';
import { hasCode } from '../../src/errors.ts';
import { openCosmos } from '../../src/storage/cosmos.ts';
import { documentsContract } from '../contract/documents.ts';
import { type Listening, startCosmosServer } from '../support/cosmos-server.ts';
import { doc, ref, refused } from '../support/documents.ts';
import { seeded, seededPlan } from '../support/faults.ts';
import { type CosmosFault, cosmosFaults, type FaultyCosmos, startFaultyCosmos } from '../support/faulty-cosmos.ts';

const firstSeed = Number(process.env.SEED ?? 1);
const seeds = Array.from({ length: Number(process.env.SEEDS ?? 12) }, (_, n) => firstSeed + n);
const account = { key: 'bm90IGEga2V5', database: 'polku', now: Date.now };

/** What a caller was told of a write. */
type Told = 'done' | 'conflict' | 'unknown';

async function tell(write: Promise<unknown>): Promise<Told> {
  try {
    await write;
    return 'done';
  } catch (error) {
    if (hasCode(error, 'conflict')) return 'conflict';
    if (hasCode(error, 'storeUnavailable')) return 'unknown';
    throw error;
  }
}

/** Runs the seeds at once: most of the time is spent waiting. */
function eachSeed(run: (seed: number) => Promise<void>): Promise<unknown> {
  return Promise.all(seeds.map(run));
}

type Chain = ReturnType<typeof doc<{ ops: string[] }>>;

/** Adds each worker's marks to one document; gives what was told of every single attempt to write. */
async function chain(stores: Documents[], partition: string): Promise<Map<string, Told>> {
  const told = new Map<string, Told>();
  async function work(worker: number): Promise<void> {
    const store = stores[worker % stores.length]!;
    for (let op = 0, attempt = 0; op < 5 && attempt < 60; attempt++) {
      const read = await store.get<Chain>(ref(partition, 'chain')).catch(() => undefined);
      if (!read) continue;
      const mark = `${worker}.${op}.${attempt}`;
      const next = doc(partition, 'chain', { ops: [...read.document.ops, mark] });
      told.set(mark, await tell(store.replace('clients', next, read.version)));
      if (told.get(mark) !== 'conflict') op++;
    }
  }
  await Promise.all([0, 1, 2, 3, 4, 5].map(work));
  return told;
}

describe('Cosmos DB that fails in a fifth of all requests', function () {
  this.timeout(300_000);
  let server: Listening;
  let clean: Documents;
  let proxies: FaultyCosmos[] = [];
  let opened: Documents[] = [];
  const sums = { requests: 0, faults: 0, calls: 0, unknown: 0, untrue: 0 };

  before(async () => {
    server = await startCosmosServer();
    clean = await openCosmos({ ...account, endpoint: server.endpoint });
  });
  afterEach(async () => {
    for (const store of opened) await store.close();
    for (const proxy of proxies) {
      sums.requests += proxy.requests();
      for (const count of Object.values(proxy.counts)) sums.faults += count;
      await proxy.close();
    }
    opened = [];
    proxies = [];
  });
  after(async () => {
    await clean.close();
    await server.close();
    const { requests, faults, calls, unknown, untrue } = sums;
    console.log(
      `    Cosmos DB under faults: seeds ${seeds[0]}-${seeds.at(-1)}, ${requests} requests, ${faults} faults, ${calls} writes told, ${unknown} unknown, ${untrue} untrue`,
    );
  });

  async function faulty(plan: (n: number) => CosmosFault | undefined, deadlineMs = 1500): Promise<Documents> {
    const proxy = await startFaultyCosmos(server.port, ({ n }) => plan(n));
    proxies.push(proxy);
    const store = await openCosmos({ ...account, endpoint: proxy.endpoint, deadlineMs });
    opened.push(store);
    return store;
  }
  /** Counts an answer that was not the truth, and fails the test. */
  function truth(told: unknown, found: unknown, where: string): void {
    if (JSON.stringify(told) !== JSON.stringify(found)) sums.untrue++;
    expect(told, where).to.deep.equal(found);
  }
  function note(told: Iterable<Told>): void {
    for (const each of told) {
      sums.calls++;
      if (each === 'unknown') sums.unknown++;
    }
  }

  it('has every replace done once or not at all, and tells which', async () => {
    await eachSeed(async (seed) => {
      const partition = `chain-${seed}`;
      await clean.create('clients', doc(partition, 'chain', { ops: [] }));
      const stores = [0, 1].map((n) => faulty(seededPlan(seed * 10 + n, 0.2, cosmosFaults)));
      const told = await chain(await Promise.all(stores), partition);
      note(told.values());
      const read = await clean.get<Chain>(ref(partition, 'chain'));
      const { ops } = read!.document;
      truth(ops, [...new Set(ops)], `seed ${seed}: a mark twice`);
      for (const [mark, answer] of told) {
        if (answer === 'unknown') continue;
        truth(answer, ops.includes(mark) ? 'done' : 'conflict', `seed ${seed}: ${mark} was told to be ${answer}`);
      }
    });
  });

  it('has one winner a create, and it is the one who was told so', async () => {
    await eachSeed(async (seed) => {
      const partition = `create-${seed}`;
      const stores = await Promise.all([0, 1].map((n) => faulty(seededPlan(seed * 20 + n, 0.2, cosmosFaults))));
      for (let id = 0; id < 5; id++) {
        // Every second id is taken by a document that has expired.
        if (id % 2) await clean.create('clients', doc(partition, `d${id}`, { expiresAt: 1 }));
        const told = await Promise.all(
          [0, 1, 2, 3].map((by) => tell(stores[by % 2]!.create('clients', doc(partition, `d${id}`, { by })))),
        );
        note(told);
        const found = await clean.get<ReturnType<typeof doc<{ by: number }>>>(ref(partition, `d${id}`));
        const winner = found?.document.by;
        const expected = told.map((answer, by) =>
          answer === 'unknown' ? answer : by === winner ? 'done' : 'conflict',
        );
        truth(told, expected, `seed ${seed}, document ${id}, kept that of ${winner}`);
      }
    });
  });

  it('never answers a read with anything but what is there', async () => {
    await eachSeed(async (seed) => {
      const partition = `read-${seed}`;
      const random = seeded(seed);
      const store = await faulty(seededPlan(seed * 30, 0.2, cosmosFaults));
      let there = new Set<string>();
      for (let n = 0; n < 30; n++) {
        const id = `d${Math.floor(random() * 4)}`;
        const verb = ['create', 'delete', 'get', 'list'][Math.floor(random() * 4)]!;
        const ids = [...there].toSorted();
        if (verb === 'get') {
          const read = await store.get(ref(partition, id)).catch(() => 'unknown');
          if (read !== 'unknown') truth(read !== undefined, there.has(id), `seed ${seed}, get`);
        } else if (verb === 'list') {
          const listed = await store.list('clients', partition).catch(() => undefined);
          if (listed)
            expect(
              listed.map(({ document }) => document.id),
              `seed ${seed}`,
            ).to.deep.equal(ids);
        } else {
          const write =
            verb === 'create' ? store.create('clients', doc(partition, id)) : store.delete(ref(partition, id));
          const told = await tell(write);
          note([told]);
          if (told !== 'unknown') {
            truth(told, verb === 'create' && there.has(id) ? 'conflict' : 'done', `seed ${seed}, ${verb}`);
            if (verb === 'create') there.add(id);
            else there.delete(id);
          } else {
            // Nobody knows: what is there once the late request has come is the truth.
            await new Promise((resolve) => setTimeout(resolve, 500));
            there = new Set((await clean.list('clients', partition)).map(({ document }) => document.id));
          }
        }
      }
    });
  });

  it('a request that comes after everybody has given up harms nothing that was written since', async () => {
    // The first requests to create and to delete stall and come late; the second ones are answered.
    const store = await faulty((n) => ([0, 4].includes(n) ? 'stallThenDone' : undefined), 600);
    const version = await store.create('clients', doc('late', 'a', { n: 1 }));
    await store.delete(ref('late', 'a'));
    const made = await store.create('clients', doc('late', 'a', { n: 2 }));
    expect(made).not.to.equal(version);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect((await clean.get(ref('late', 'a')))?.document).to.include({ n: 2 });
  });

  it('waits as long as a busy server asks for', async () => {
    const store = await faulty((n) => (n < 5 ? 'throttled' : undefined));
    await store.create('clients', doc('busy', 'a'));
    expect(proxies[0]?.requests()).to.equal(6);
  });

  it('says that it is unavailable when a server fails for good, within its deadline', async () => {
    for (const fault of ['throttled', 'unavailable', 'resetBefore', 'stall', 'timeoutAfter'] as const) {
      const store = await faulty(() => fault, 250);
      const calls = [
        store.get(ref('gone', fault)),
        store.create('clients', doc('gone', fault)),
        store.list('clients', 'gone'),
        store.due('clients', 1, 5),
        store.delete(ref('gone', fault)),
        store.ping(),
      ];
      await Promise.all(calls.map((call) => refused(call, 'storeUnavailable')));
    }
  });

  it('knows its own write when the answer was lost, and every other write when the version is old', async () => {
    for (const fault of ['unavailableAfter', 'timeoutAfter', 'errorAfter', 'resetAfter', 'stallAfter'] as const) {
      const store = await faulty((n) => (n === 0 || n === 2 ? fault : undefined), 600);
      const first = await store.create('clients', doc('lost', fault, { n: 1 }));
      const second = await store.replace('clients', doc('lost', fault, { n: 2 }), first);
      expect((await clean.get(ref('lost', fault)))?.document).to.include({ n: 2 });
      await refused(store.replace('clients', doc('lost', fault), first), 'conflict');
      await store.replace('clients', doc('lost', fault), second);
    }
  });
});

documentsContract('Cosmos DB that fails in a fifth of all requests', async () => {
  const server = await startCosmosServer();
  const weights = { ...cosmosFaults, stall: 0, stallAfter: 0, stallThenDone: 0 };
  const proxy = await startFaultyCosmos(server.port, seededPlan(firstSeed, 0.2, weights));
  return {
    open: (now) => openCosmos({ ...account, now, endpoint: proxy.endpoint, deadlineMs: 2500 }),
    async remove() {
      await proxy.close();
      await server.close();
    },
  };
});
