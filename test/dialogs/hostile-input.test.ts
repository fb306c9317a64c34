import { expect } from 'chai';
import fc from 'fast-check';
import type { Ask } from '../../dialogs/engine/dialog.ts';
import { flows } from '../../dialogs/index.ts';
import { type Clean, clean } from '../../src/bot/gate.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { texts } from '../support/conversation.ts';
import { FlowWalk, openAt, placeOf, type Station, samples } from '../support/flow-walk.ts';
import { livedIn } from '../support/lived-in.ts';

const seed = Number(process.env.SEED ?? 20261122);
/** Hostile messages at each open question, in each language. */
const each = process.env.FULL ? 10_000 : 24;

const shapes = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({
    unit: fc.constantFrom('😀', '🏳️‍🌈', '👨‍👩‍👧', '\u0000', '\u202E', '\u2066', '\u200B', 'ä', ' '),
    maxLength: 200,
  }),
  fc.integer({ min: 1, max: 30_000 }).map((length) => '9'.repeat(length)),
  fc.integer({ min: 1, max: 30_000 }).map((length) => 'a '.repeat(length / 2)),
  fc.constantFrom('.', '-', '1.', '1/', ', ', 'ja ', '31.2.', '(').map((part) => part.repeat(7500)),
  fc.constantFrom('<script>alert(1)</script>', '{{name}} $t(engine.done)', '__proto__', '%s%n', '-1', '1e308'),
);

/** A point of a conversation, and the world that it is in. */
interface Place {
  at: Station;
  world: FlowWalk;
}

/** Finds a station at every question that can be come to from the menu or from what the service asks, one each. */
async function look(world: FlowWalk, asks: Ask[], found: Map<string, Place>): Promise<void> {
  const seen = new Set<string>();
  const visits = new Map<string, number>();
  const start = (await world.say(undefined, '')) as Station;
  const queue = [start];
  for (const ask of asks) queue.push((await world.hear(start, ask)) as Station);
  // From both ends in turn: of many choices each is seen alone, and long roads are walked to their end.
  for (let turn = 0; queue.length > 0; turn++) {
    const station = (turn % 2 ? queue.pop() : queue.shift())!;
    const times = visits.get(openAt(station)) ?? 0;
    if (seen.has(placeOf(station)) || times >= 12) continue;
    seen.add(placeOf(station));
    visits.set(openAt(station), times + 1);
    if (!found.has(openAt(station))) found.set(openAt(station), { at: station, world });
    const labels = (station.dialog.shown?.options ?? []).map(({ label }) => label);
    // Where many buttons lead elsewhere, each is pressed; where many are times or places, a few.
    const some = labels.length <= 14 ? labels : [...labels.slice(0, 4), ...labels.slice(-3)];
    for (const text of [...some, ...samples.slice(0, 4)]) {
      const step = await world.say(station, text);
      if (step !== 'confirms') queue.push(step);
    }
  }
}

describe('Hostile input', () => {
  const documents = openSqlite(':memory:', { now: Date.now });
  const places = new Map<string, Place>();
  const all = flows.flatMap(({ id, questions }) => questions.map(({ ask }) => `${id}.${ask}`));
  after(() => documents.close());

  // A client with everything that one can have, and one with nothing yet; each question is attacked once.
  before(async function () {
    this.timeout(120_000);
    const lived = await livedIn(documents);
    const world = new FlowWalk(documents, 'client-1');
    await look(world, lived.asks, places);
    await look(world, await lived.hearsFromCoach(), places);
    await look(new FlowWalk(documents, 'client-2'), [], places);
  });

  it('is said at every question that there is', () => {
    expect(all.filter((question) => !places.has(question))).to.deep.equal([]);
  });

  for (const language of texts.languages) {
    it(`at every question is answered in words, and loses no answer (${language})`, async function () {
      this.timeout(0);
      let worst = 0;
      let turns = 0;
      for (const { at, world } of places.values()) {
        const place = (await world.say(at, texts.words('commands.speak', language)[0]!)) as Station;
        expect([openAt(place), place.dialog.language]).to.deep.equal([openAt(at), language]);
        for (const raw of fc.sample(shapes, { seed, numRuns: each })) {
          const began = process.cpuUsage();
          const { text }: Clean = clean({ type: 'message', text: raw });
          const step = await world.say(place, text);
          const { user, system } = process.cpuUsage(began);
          worst = Math.max(worst, (user + system) / 1000);
          turns++;
          if (step === 'confirms') continue;
          expect(step.replies.length, openAt(place)).to.be.greaterThan(0);
          if (step.dialog.flow?.id !== place.dialog.flow?.id) continue;
          // An answer that is being changed is kept aside.
          const kept = [...Object.keys(step.dialog.flow?.answers ?? {}), step.dialog.flow?.changing?.ask];
          for (const name of Object.keys(place.dialog.flow?.answers ?? {}))
            expect(kept, openAt(place)).to.include(name);
        }
      }
      console.log(
        `      R11 ${language}: ${turns} hostile inputs at ${all.length}/${all.length} questions and ` +
          `${places.size - all.length} other points, 0 unhandled, 0 lost answers, ` +
          `worst turn ${worst.toFixed(1)} ms of CPU (seed ${seed})`,
      );
    });
  }
});
