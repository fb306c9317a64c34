import { expect } from 'chai';
import type { Incoming } from '../../src/bot/activity.ts';
import { journeys } from '../support/journeys.ts';
import { MemoryDocuments } from '../support/memory-documents.ts';
import { type Memory, Person } from '../support/person.ts';
import { isFull, tellRow } from '../support/row.ts';
import { type Service, startService } from '../support/service-process.ts';
import { Simulation, through } from '../support/simulation.ts';
import { type WorldState, worldState } from '../support/world-state.ts';

/** So early that every time that is free can still be moved. */
const saturday = Date.parse('2026-11-21T12:00:00+02:00');

/** A world with its store, the mails that went out, and the processes that are started in it. */
class World {
  readonly sim: Simulation;
  readonly store: MemoryDocuments;
  readonly mails: Set<string>;

  constructor(time = saturday, from?: World) {
    this.sim = new Simulation(5, time);
    this.store = from?.store.fork(this.sim.now) ?? new MemoryDocuments(this.sim.now);
    this.mails = new Set(from?.mails);
  }

  /** A process; it dies at the given call to the store or mail, before or after it was done. */
  start(death?: { call: number; when: 'before' | 'after' }): Service & { calls: () => number } {
    const { sim, store, mails } = this;
    let calls = 0;
    async function call(act: () => Promise<unknown>): Promise<unknown> {
      calls++;
      if (!death || calls < death.call) return act();
      if (calls === death.call && death.when === 'after') await act();
      return new Promise(() => {});
    }
    const documents = through(store, (_, act) => call(act));
    const mail = (item: { id: string }) => call(async () => void mails.add(item.id)).then(() => 'sent' as const);
    const { now, timers } = sim;
    // Names made after a crash differ from those made before.
    const newId = () => `${sim.newId()}${death ? 'a' : 'b'}`;
    const service = startService({ documents, now, timers, newId, mail: ({ item }) => mail(item) });
    return { ...service, calls: () => calls };
  }

  person(service: Service, memory?: Memory): Person {
    const person = new Person('mira', async (incoming) => {
      return (await service.conversations.receive('chat', incoming)).activities;
    });
    return memory ? person.recall(memory) : person;
  }

  state(): WorldState {
    const state = worldState(this.store, this.mails);
    // News of a withdrawal that was part of erasing: where the process lives on, the news of erasing overtakes it.
    return { ...state, news: state.news.filter((one) => state.clients > 0 || !one.endsWith('-withdrawn-news')) };
  }
}

/** One activity of a journey, with the world before it. */
interface Stage {
  world: World;
  memory: Memory;
  incoming: Incoming;
  /** What the world comes to when nothing goes wrong, before and after this activity. */
  before: WorldState;
  after: WorldState;
}

/** Makes a journey without a crash, and keeps the world before each activity. */
async function record(name: string): Promise<{ stages: Stage[]; final: WorldState }> {
  const journey = journeys[name]!;
  let world = new World();
  const { sim } = world;
  const service = world.start();
  await sim.until(service.conversations.start({ conversationId: 'chat', userId: 'dl_chat', language: 'fi' }));
  const person = world.person(service);
  await sim.until(person.joins());
  for (const before of journey.after ?? []) await sim.until(person.goes(before));
  await sim.pass(5_000);
  const stages: Stage[] = [];
  for (let incoming = person.next(journey); incoming; incoming = person.next(journey)) {
    const memory = person.memory;
    const before = world.state();
    const start = new World(sim.time, world);
    await sim.until(person.sends(incoming));
    await sim.pass(5_000);
    stages.push({ world: start, memory, incoming, before, after: world.state() });
    expect(stages.length, person.lastWords).to.be.lessThan(60);
  }
  world = new World(sim.time, world);
  return { stages, final: world.state() };
}

/** How many calls the activity takes in a process that has just started. */
async function callsOf({ world, memory, incoming }: Stage): Promise<number> {
  const copy = new World(world.sim.time, world);
  const service = copy.start();
  await copy.sim.until(copy.person(service, memory).sends(incoming));
  await copy.sim.pass(5_000);
  return service.calls();
}

/** What nobody may be told here, since nobody else wants anything. */
const refusals = ['slotTaken', 'notFound', 'tooManyAppointments', 'unexpected'].map((code) => `errors.${code}`);

type Comeback = 'sends it again' | 'opens the chat again' | 'never comes back';
const comebacks: Comeback[] = ['sends it again', 'opens the chat again', 'never comes back'];

/** The process dies; another one goes on, and so does the person. */
async function crash(
  stage: Stage,
  death: { call: number; when: 'before' | 'after' },
  comeback: Comeback,
  name: string,
) {
  const world = new World(stage.world.sim.time, stage.world);
  const { sim, store } = world;
  const first = world.person(world.start(death), stage.memory);
  let answered = false;
  first.sends(stage.incoming).then(
    () => {
      answered = true;
    },
    () => {},
  );
  await sim.pass(50);
  const isConfirmed = store.all('conversations').some((one) => 'pending' in one);
  const service = world.start();
  service.relay.start();
  const person = world.person(service, answered ? first.memory : stage.memory);
  if (comeback === 'sends it again' && !answered) await sim.until(person.sends(stage.incoming));
  if (comeback === 'opens the chat again') {
    await sim.pass(6_000);
    const seen = Number(person.heard.at(-1)?.id.split('|')[1] ?? -1) + 1;
    const { activities } = await sim.until(service.conversations.since('chat', seen));
    person.heard.push(...activities.filter(({ from }) => from.role === 'bot'));
  }
  if (comeback !== 'never comes back') await sim.until(person.goes(name, 1));
  await sim.pass(70_000);
  const state = world.state();
  await service.relay.stop();
  return { person, state, isConfirmed, faults: service.faults };
}

describe('R5 When the process dies at any call to the store, before or after it was done,', function () {
  this.timeout(120_000);
  const sums = { crashes: 0, journeys: 0 };

  for (const name of Object.keys(journeys)) {
    it(`${name} ends as if nothing had happened, and nobody is told anything untrue`, async () => {
      const { stages, final } = await record(name);
      sums.journeys++;
      for (const [place, stage] of stages.entries()) {
        const calls = await callsOf(stage);
        for (let call = 1; call <= calls; call++) {
          for (const when of ['before', 'after'] as const) {
            // Every day each point is tried with one of them, in the whole run with all.
            const tried = isFull ? comebacks : [comebacks[sums.crashes % comebacks.length]!];
            for (const comeback of tried) {
              const where = `${name}, activity ${place}, ${when} call ${call} of ${calls}, the person ${comeback}`;
              const { person, state, isConfirmed, faults } = await crash(stage, { call, when }, comeback, name);
              sums.crashes++;
              expect(faults, where).to.deep.equal([]);
              expect(state.waiting, where).to.deep.equal([]);
              if (comeback === 'never comes back') {
                const wanted = isConfirmed ? [stage.after] : [stage.before, stage.after];
                expect(
                  wanted.map((one) => JSON.stringify(one)),
                  where,
                ).to.include(JSON.stringify(state));
              } else {
                expect(state, where).to.deep.equal(final);
                expect(person.told(...journeys[name]!.ends).length, where).to.be.greaterThan(0);
                expect(person.told(...refusals), where).to.deep.equal([]);
              }
            }
          }
        }
      }
    });
  }

  after(() => {
    tellRow(
      `R5 ${sums.crashes}/${sums.crashes} crashes, before and after every call of ${sums.journeys} journeys: 0 lost, 0 doubled, 0 wrong answers (enumerated)`,
    );
  });
});
