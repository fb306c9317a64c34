import { expect } from 'chai';
import { journeys } from '../support/journeys.ts';
import { brokenPromises } from '../support/promises.ts';
import { amount, seed, tellRow } from '../support/row.ts';
import { Storm } from '../support/storm.ts';

const saturday = Date.parse('2026-11-21T12:00:00+02:00');
/** One call in five hundred is never answered in time, and one in fifty takes up to a second. */
const weather = {
  failing: 0,
  hanging: 0,
  hangsOneIn: 500,
  // As long as a store of ours waits by itself.
  doneWithin: 3_000,
  slowest: 12,
  slow: 0.02,
  lost: 0,
  doubled: 0,
  deathEvery: 0,
};
const people = 20;

describe('R9 When the store stalls,', function () {
  this.timeout(7_200_000);

  it('every turn ends in its time, and nearly all at once', async () => {
    const wanted = amount(3_000, 100_000);
    const turns: number[] = [];
    let hung = 0;
    for (let from = seed; turns.length < wanted; from++) {
      const world = new Storm(from, saturday, weather);
      const { sim } = world;
      const lives = Array.from({ length: people }, (_, n) =>
        world.live(`p${n}`, sim.oneOf(Object.keys(journeys)), () => sim.pick(200, 900)),
      );
      const travellers = await sim.until(Promise.all(lives));
      await world.calm();
      expect(world.bugs, `replay with SEED=${from}`).to.deep.equal([]);
      expect(brokenPromises(world.store, travellers, world.mails), `replay with SEED=${from}`).to.deep.equal([]);
      turns.push(...world.turns);
      hung += world.hung;
    }
    turns.sort((one, other) => one - other);
    const at = (share: number) => turns[Math.floor(turns.length * share)]! / 1_000;
    const slowest = turns.at(-1)! / 1_000;
    // The clock is that of the simulation: what is shown is when turns give up and ask again, not how quick a machine is.
    expect(at(0.99), 'p99 in seconds').to.be.at.most(2);
    expect(slowest, 'the slowest in seconds').to.be.at.most(10);
    tellRow(
      `R9 ${turns.length} turns, ${hung} calls to the store never answered (1 in ${weather.hangsOneIn}), 1 in 50 up to a second late, virtual clock: p50 ${at(0.5).toFixed(3)} s, p99 ${at(0.99).toFixed(2)} s, max ${slowest.toFixed(1)} s (seed ${seed})`,
    );
  });
});
