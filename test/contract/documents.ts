import { randomUUID } from 'node:crypto';
import type { Document, Documents } from '../../src/domain/documents.ts';
import { expiryContract } from './expiry.ts';
import { identityContract } from './identity.ts';
import { modelContract } from './model.ts';
import { queriesContract } from './queries.ts';
import { racesContract } from './races.ts';
import { writesContract } from './writes.ts';

/** Where documents of a test live: opened as often as a test likes, removed at the end. */
export interface Place {
  open(now: () => number): Promise<Documents>;
  remove(): Promise<void>;
}

/** What a part of the contract has at hand. */
export interface Bench {
  /** The store that is open for this test. */
  store(): Documents;
  /** Opens the same place once more, as another process would; closed after the test. */
  again(): Promise<Documents>;
  /** A partition that nobody else uses. */
  partition(): string;
  /** Moves the clock of all that is open. */
  wait(milliseconds: number): void;
  now(): number;
  /** False where closing the store forgets it. */
  durable: boolean;
}

/** Every promise of the storage port as tests, run over the places that the factory makes. */
export function documentsContract(name: string, makePlace: () => Promise<Place>, traits = { durable: true }): void {
  describe(`${name} keeps the contract of documents`, function () {
    this.timeout(60_000);
    // For a store far away; what is here takes milliseconds.
    let place: Place;
    let time = 0;
    let opened: Documents[] = [];
    let made: Pick<Document, 'id' | 'partition'>[] = [];

    /** Notes what a test makes, so that the next one finds the place empty. */
    function noting(store: Documents): Documents {
      return {
        ...store,
        create: (collection, document) => {
          made.push({ id: document.id, partition: document.partition });
          return store.create(collection, document);
        },
      };
    }
    async function open(): Promise<Documents> {
      const store = noting(await place.open(() => time));
      opened.push(store);
      return store;
    }

    before(async () => {
      place = await makePlace();
    });
    beforeEach(async () => {
      time = Date.UTC(2026, 10, 23, 8);
      opened = [];
      made = [];
      await open();
    });
    afterEach(async () => {
      const store = await place.open(() => time);
      for (const { id, partition } of made) {
        for (const collection of ['clients', 'coaches'] as const) {
          await store.delete({ collection, partition, id }).catch(() => undefined);
        }
      }
      await store.close();
      for (const each of opened) await each.close();
    });
    after(async () => {
      await place?.remove();
    });

    const bench: Bench = {
      store: () => opened[0]!,
      again: open,
      partition: () => `partition-${randomUUID()}`,
      wait: (milliseconds) => {
        time += milliseconds;
      },
      now: () => time,
      durable: traits.durable,
    };
    writesContract(bench);
    identityContract(bench);
    racesContract(bench);
    queriesContract(bench);
    expiryContract(bench);
    modelContract(bench);
  });
}
