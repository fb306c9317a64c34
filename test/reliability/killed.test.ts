import { expect } from 'chai';
import type { Activity, Incoming } from '../../src/bot/activity.ts';
import { seeded } from '../support/faults.ts';
import { journeys } from '../support/journeys.ts';
import { MortalService } from '../support/mortal-service.ts';
import { Person } from '../support/person.ts';
import { brokenPromises, type Traveller } from '../support/promises.ts';
import { amount, isFull, seed, tellRow } from '../support/row.ts';

const saturday = Date.parse('2026-11-21T12:00:00+02:00');
const rounds = amount(1, 50);
const killsEach = 10;
const people = 8;
/** A killed process may have claimed an item for a minute. */
const claimsEnd = 120_000;

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('R6 When the process is killed under load,', function () {
  this.timeout(7_200_000);

  it('all that anybody was told is there, and what is owed to others goes out', async () => {
    const random = seeded(seed);
    const names = Object.keys(journeys);
    const sums = { kills: 0, cutOff: 0, turns: 0, journeys: 0, slowest: 0 };
    const backAfter: number[] = [];

    for (let round = 0; round < rounds; round++) {
      const service = await new MortalService(saturday).start();
      const travellers: Traveller[] = [];
      let isOver = false;
      let born = 0;

      /** A client like ours: what got no answer goes out again under the same name. */
      async function insist(id: string, incoming: Incoming): Promise<Activity[]> {
        const began = performance.now();
        for (;;) {
          const said = await service.say(id, incoming);
          if (said) {
            sums.turns++;
            sums.slowest = Math.max(sums.slowest, performance.now() - began);
            return said;
          }
          await sleep(25);
        }
      }
      async function live(): Promise<void> {
        while (!isOver) {
          const id = `p${round}-${born++}`;
          const wish = names[Math.floor(random() * names.length)]!;
          const person = new Person(id, (incoming) => insist(id, incoming));
          await person.joins();
          await person.goes(wish);
          travellers.push({ person, made: [...(journeys[wish]!.after ?? []), wish] });
          await sleep(50 * random());
        }
      }
      async function kill(): Promise<void> {
        for (let n = 0; n < killsEach && !isOver; n++) {
          await sleep(100 + 500 * random());
          await service.die();
          await service.start();
          while (service.backAfter.length <= n && !isOver) await sleep(5);
        }
      }
      /** None goes on when one has failed. */
      async function together(all: Promise<void>[]): Promise<void> {
        const over = () => {
          isOver = true;
        };
        await Promise.allSettled(all.map((one) => one.catch(over)));
        await Promise.all(all);
      }
      try {
        const lives = Array.from({ length: people }, live);
        const killed = kill().then(() => {
          isOver = true;
        });
        await together([killed, ...lives]);
        await service.sleep(claimsEnd);
        const broken = async () => brokenPromises(await service.stored(), travellers, service.mails());
        for (let tries = 0; tries < 100 && (await broken()).length > 0; tries++) await sleep(200);
        expect(await broken(), `SEED=${seed}`).to.deep.equal([]);
        expect(service.faults).to.deep.equal([]);
      } finally {
        await service.close();
      }
      backAfter.push(...service.backAfter);
      sums.kills += killsEach;
      sums.cutOff += service.cutOff;
      sums.journeys += travellers.length;
    }
    backAfter.sort((one, other) => one - other);
    const seconds = (milliseconds: number) => (milliseconds / 1_000).toFixed(2);
    const [middle, longest] = [backAfter[backAfter.length >> 1]!, backAfter.at(-1)!];
    tellRow(
      `R6 ${sums.kills} × kill -9 under load, ${sums.cutOff} messages cut off, ${sums.turns} answered in ${sums.journeys} journeys: everything told is there, 0 doubled, all delivered; answering again after ${seconds(middle)} s, at most ${seconds(longest)} s; longest wait of a person ${seconds(sums.slowest)} s (seed ${seed})`,
    );
    if (isFull) expect(longest, 'milliseconds until it answered again').to.be.below(3_000);
  });
});
