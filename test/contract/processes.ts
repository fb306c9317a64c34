import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from 'chai';
import { openDocuments, type StoreChoice } from '../../src/storage/index.ts';
import { doc, ref } from '../support/documents.ts';

const script = join(import.meta.dirname, '../support/documents-writer.ts');
const names = ['a', 'b', 'c', 'd'];

/** A store that several processes can open; `dataDir` matters to the embedded one. */
export interface SharedPlace {
  choice: StoreChoice;
  dataDir: string;
  remove(): Promise<void>;
}

/** Four processes on one store keep every promise that one keeps. */
export function processesContract(name: string, makePlace: () => Promise<SharedPlace>): void {
  describe(`${name} serves four processes at once`, function () {
    this.timeout(60_000);
    let place: SharedPlace;
    before(async () => {
      place = await makePlace();
    });
    after(() => place.remove());

    async function run(rounds: number): Promise<{ name: string; won: number[] }[]> {
      return Promise.all(
        names.map(async (each) => {
          const child = fork(script, [JSON.stringify(place.choice), place.dataDir, each, String(rounds)]);
          const [[message], [code]] = await Promise.all([once(child, 'message'), once(child, 'exit')]);
          expect(code).to.equal(0);
          return message;
        }),
      );
    }

    it('opens when all of them make it at the same time', async () => {
      expect(await run(0)).to.have.length(names.length);
    });

    it('has one winner a create, and loses no addition', async () => {
      const rounds = 60;
      const store = await openDocuments(place.choice, { dataDir: place.dataDir, now: Date.now });
      await store.create('clients', doc('shared', 'counter', { count: 0 }));
      const told = await run(rounds);
      expect(told.flatMap(({ won }) => won).toSorted((a, b) => a - b)).to.deep.equal([...Array(rounds).keys()]);
      for (const { name: winner, won } of told) {
        for (const round of won) {
          expect((await store.get(ref('rounds', `r${round}`)))?.document).to.include({ name: winner });
        }
      }
      expect((await store.get(ref('shared', 'counter')))?.document).to.include({ count: names.length * rounds });
      await store.close();
    });
  });
}
