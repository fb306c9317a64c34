import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { CalendarDay } from '../../src/domain/appointments/appointment.ts';
import { openDocuments, type StoreChoice } from '../../src/storage/index.ts';
import { startCosmosServer } from '../support/cosmos-server.ts';
import { amount, seed, tellRow } from '../support/row.ts';
import type { Order, Told } from '../support/slot-war-fighter.ts';

const script = join(import.meta.dirname, '../support/slot-war-fighter.ts');
const processes = 4;
const slots = 20;

interface Place {
  choice: StoreChoice;
  dataDir: string;
  remove(): Promise<void>;
}

const stores: { name: string; rounds: number; clients: number; place(): Promise<Place> }[] = [
  {
    name: 'SQLite',
    rounds: amount(2, 200),
    clients: amount(80, 1_000),
    async place() {
      const dataDir = mkdtempSync(join(tmpdir(), 'polku-war-'));
      return { choice: { kind: 'sqlite' }, dataDir, remove: async () => rmSync(dataDir, { recursive: true }) };
    },
  },
  {
    name: 'the Cosmos DB stand-in',
    rounds: amount(1, 20),
    clients: amount(32, 200),
    async place() {
      const { endpoint, close } = await startCosmosServer();
      const choice = { kind: 'cosmos' as const, endpoint, key: 'bm90IGEga2V5', database: 'polku' };
      return { choice, dataDir: '', remove: close };
    },
  },
];

async function answer<T>(child: ChildProcess, order?: Order): Promise<T> {
  const said = once(child, 'message');
  const died = once(child, 'exit').then(() => Promise.reject(new Error('a process died')));
  died.catch(() => undefined);
  if (order) child.send(order);
  const [message] = await Promise.race([said, died]);
  return message as T;
}

describe('R1 When many want the same few times at once, over four processes,', function () {
  this.timeout(7_200_000);

  for (const { name, rounds, clients, place } of stores) {
    it(`each time is booked once on ${name}, and whoever was late is offered others`, async () => {
      const { choice, dataDir, remove } = await place();
      const children: ChildProcess[] = [];
      const sums = { booked: 0, offered: 0, without: 0 };
      try {
        for (let n = 0; n < processes; n++) {
          const child = fork(script, [JSON.stringify(choice), dataDir, `p${n}`, String(seed + n)]);
          children.push(child);
        }
        await Promise.all(children.map((child) => answer(child)));
        for (let round = 0; round < rounds; round++) {
          const orders = children.map((child) =>
            answer(child, { order: 'prepare', round, clients: clients / processes }),
          );
          await Promise.all(orders);
          const told = await Promise.all(children.map((child) => answer<Told>(child, { order: 'go' })));
          const booked = told.flatMap((one) => one.booked);
          const where = `round ${round}, SEED=${seed}`;
          expect(
            told.flatMap(({ faults }) => faults),
            where,
          ).to.deep.equal([]);
          expect(booked.length, where).to.equal(slots);
          expect(new Set(booked.map(({ reference }) => reference)).size, where).to.equal(slots);
          expect(new Set(booked.map(({ text }) => text.split('\n')[1])).size, where).to.equal(slots);
          expect(
            told.reduce((sum, one) => sum + one.leftAlone, 0),
            where,
          ).to.equal(0);
          const without = told.reduce((sum, one) => sum + one.without, 0);
          expect(without, where).to.equal(clients - slots);
          sums.booked += booked.length;
          sums.without += without;
          sums.offered += told.reduce((sum, one) => sum + one.offered, 0);
          const isBooked = new Set((await meetings(choice, dataDir, round)).map(({ reference }) => reference));
          expect(isBooked, where).to.deep.equal(new Set(booked.map(({ reference }) => reference)));
        }
        for (const child of children) child.send({ order: 'end' });
        await Promise.all(children.map((child) => once(child, 'exit')));
      } finally {
        for (const child of children) child.kill('SIGKILL');
        await remove();
      }
      const wanted = rounds * slots;
      tellRow(
        `R1 ${sums.booked}/${wanted} bookings, 0 double, on ${name}: ${rounds} rounds, ${clients} clients, ${processes} processes; ${sums.offered} told that a time was taken were offered others or told that none is left, 0 left alone (seed ${seed})`,
      );
    });
  }
});

/** Booked meetings of the week of a round, as the store has them. */
async function meetings(choice: StoreChoice, dataDir: string, round: number) {
  const at = Date.parse('2026-01-05T00:00:00Z') + round * 7 * 86_400_000;
  const store = await openDocuments(choice, { dataDir, now: () => at });
  const days = await store.list<CalendarDay>('calendars', 'ada', 'day');
  await store.close();
  const week = Array.from({ length: 5 }, (_, day) => new Date(at + day * 86_400_000).toISOString().slice(0, 10));
  return days
    .filter(({ document: { id } }) => week.includes(id))
    .flatMap(({ document }) => document.appointments)
    .filter(({ state }) => state === 'booked');
}
