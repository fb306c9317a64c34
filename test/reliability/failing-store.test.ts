import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Activity, Incoming } from '../../src/bot/activity.ts';
import type { Documents } from '../../src/domain/documents.ts';
import { hasCode } from '../../src/errors.ts';
import { openDocuments, type StoreChoice } from '../../src/storage/index.ts';
import { processTimers } from '../../src/timers.ts';
import { startCosmosServer } from '../support/cosmos-server.ts';
import { seeded, seededPlan } from '../support/faults.ts';
import { cosmosFaults, startFaultyCosmos } from '../support/faulty-cosmos.ts';
import { documentsFaults, faultyDocuments } from '../support/faulty-documents.ts';
import { finalStore } from '../support/final-store.ts';
import { journeys } from '../support/journeys.ts';
import { Person } from '../support/person.ts';
import { brokenPromises, type Traveller } from '../support/promises.ts';
import { amount, isFull, seed, tellRow } from '../support/row.ts';
import { startService } from '../support/service-process.ts';

const rate = 0.2;
const atOnce = 12;
const account = { key: 'bm90IGEga2V5', database: 'polku' };
/** So that times can be moved. */
const saturday = Date.parse('2026-11-21T12:00:00+02:00');
let offset = saturday - Date.now();
const now = () => Date.now() + offset;

/** A store of which a fifth of the calls fail, and the same without. */
interface Failing {
  documents: Documents;
  choice: StoreChoice;
  dataDir: string;
  faults(): number;
  close(): Promise<void>;
}

async function failingSqlite(): Promise<Failing> {
  const dataDir = mkdtempSync(join(tmpdir(), 'polku-failing-'));
  const choice = { kind: 'sqlite' as const };
  const store = await openDocuments(choice, { dataDir, now });
  const plan = seededPlan(seed, rate, documentsFaults);
  let faults = 0;
  const documents = faultyDocuments(store, () => {
    const fault = plan();
    if (fault) faults++;
    return fault;
  });
  const close = async () => {
    await store.close();
    rmSync(dataDir, { recursive: true });
  };
  return { documents, choice, dataDir, faults: () => faults, close };
}

async function failingCosmos(): Promise<Failing> {
  const server = await startCosmosServer();
  const choice = { kind: 'cosmos' as const, endpoint: server.endpoint, ...account };
  await (await openDocuments(choice, { dataDir: '', now })).close();
  const plan = seededPlan(seed, rate, cosmosFaults);
  const proxy = await startFaultyCosmos(server.port, plan);
  const documents = await openDocuments({ ...choice, endpoint: proxy.endpoint }, { dataDir: '', now });
  const faults = () => Object.values(proxy.counts).reduce((sum, count) => sum + count, 0);
  const close = async () => {
    await documents.close();
    await proxy.close();
    await server.close();
  };
  return { documents, choice, dataDir: '', faults, close };
}

describe('R7 When a fifth of all store calls fail,', function () {
  this.timeout(7_200_000);

  for (const [name, open, journeysMade] of [
    ['SQLite', failingSqlite, amount(48, 10_000)],
    ['the Cosmos DB stand-in', failingCosmos, amount(24, 2_000)],
  ] as const) {
    it(`nothing is lost or doubled on ${name}, and nobody has to say anything twice`, async () => {
      const failing = await open();
      const mails = new Set<string>();
      const random = seeded(seed);
      const turns: number[] = [];
      let sentAgain = 0;
      let ids = 0;
      const service = startService({
        documents: failing.documents,
        now,
        timers: processTimers,
        newId: () => `r7x${ids++}x${seed}`,
        mail: async ({ item }) => {
          mails.add(item.id);
          return 'sent';
        },
      });
      service.relay.start();

      /** A client like ours: what the server could not do now goes out again under the same name. */
      async function insist(id: string, incoming: Incoming): Promise<Activity[]> {
        for (;;) {
          const began = performance.now();
          try {
            if (incoming.type === 'event') await service.lineTo(id);
            return (await service.conversations.receive(id, incoming)).activities;
          } catch (error) {
            if (!hasCode(error, 'storeUnavailable')) throw error;
            sentAgain++;
          } finally {
            turns.push(performance.now() - began);
          }
        }
      }
      const travellers: Traveller[] = [];
      const names = Object.keys(journeys);
      const queue = Array.from({ length: journeysMade }, (_, n) => n);
      async function travel(): Promise<void> {
        for (let n = queue.shift(); n !== undefined; n = queue.shift()) {
          const person = new Person(`p${n}`, (incoming) => insist(`chat-${n}`, incoming));
          const wish = names[Math.floor(random() * names.length)]!;
          await person.joins();
          await person.goes(wish);
          travellers.push({ person, made: [...(journeys[wish]!.after ?? []), wish] });
        }
      }
      try {
        await Promise.all(Array.from({ length: atOnce }, travel));
        for (let minute = 0; minute < 400; minute++) {
          await service.relay.sweep();
          // An item whose delivery could not be written down is left alone for a minute.
          offset += 61_000;
          const settled = await finalStore(failing.choice, failing.dataDir, now);
          if (brokenPromises(settled, travellers, mails).length === 0) break;
        }
        await service.relay.stop();
        const store = await finalStore(failing.choice, failing.dataDir, now);
        expect(brokenPromises(store, travellers, mails), `SEED=${seed}`).to.deep.equal([]);
        expect(service.faults.filter((one) => !/storeUnavailable|conflict/.test(one))).to.deep.equal([]);
        const share = 1 - sentAgain / turns.length;
        expect(share, 'answered at the first send').to.be.greaterThan(isFull ? 0.999 : 0.99);
        const slowest = Math.max(...turns) / 1000;
        expect(slowest, 'the slowest turn in seconds').to.be.at.most(10);
        tellRow(
          `R7 ${journeysMade}/${journeysMade} journeys on ${name}, 0 lost, 0 doubled, 0 said twice by the person: ${failing.faults()} faults, ${turns.length} turns, ${(100 * share).toFixed(2)} % answered at the first send, the rest when the client sent again; slowest ${slowest.toFixed(1)} s (seed ${seed})`,
        );
      } finally {
        await failing.close();
      }
    });
  }
});
