import { expect } from 'chai';
import { journeys } from '../support/journeys.ts';
import { brokenPromises } from '../support/promises.ts';
import { amount, seed, tellRow } from '../support/row.ts';
import { Storm } from '../support/storm.ts';

const saturday = Date.parse('2026-11-21T12:00:00+02:00');
const people = ['mira', 'noor', 'otto'];
const weather = { failing: 0.04, hanging: 0.01, slowest: 25, lost: 0.04, doubled: 0.08, deathEvery: 12_000 };

/** Three people want something at once, in a world where everything goes wrong that may. */
async function storm(from: number) {
  const world = new Storm(from, saturday, weather);
  const { sim } = world;
  const pause = () => sim.pick(200, 3_000);
  const lives = people.map((name) => world.live(name, sim.oneOf(Object.keys(journeys)), pause));
  const travellers = await sim.until(Promise.all(lives));
  await world.calm();
  return { world, travellers };
}

describe('R3 In a simulated world that reorders, drops, doubles, fails and crashes,', function () {
  this.timeout(7_200_000);

  it('everybody gets what they came for, once, and is told nothing untrue', async () => {
    const seeds = process.env.SEED ? 1 : amount(60, 50_000);
    const sums = { turns: 0, deaths: 0, slowest: 0 };
    for (let n = 0; n < seeds; n++) {
      const from = seed + n;
      const { world, travellers } = await storm(from).catch((error: unknown) => {
        throw new Error(`replay with SEED=${from}`, { cause: error });
      });
      expect(world.bugs, `replay with SEED=${from}`).to.deep.equal([]);
      expect(brokenPromises(world.store, travellers, world.mails), `replay with SEED=${from}`).to.deep.equal([]);
      sums.turns += world.turns.length;
      sums.deaths += world.deaths;
      sums.slowest = Math.max(sums.slowest, ...world.turns);
    }
    expect(sums.slowest).to.be.at.most(10_000);
    tellRow(
      `R3 ${seeds}/${seeds} seeds without a broken invariant: ${sums.turns} messages, ${sums.deaths} crashes, slowest turn ${(sums.slowest / 1000).toFixed(1)} s (seed ${seed})`,
    );
  });
});
