import type { Activity, Incoming } from '../../src/bot/activity.ts';
import { PolkuError } from '../../src/errors.ts';
import { journeys } from './journeys.ts';
import { MemoryDocuments } from './memory-documents.ts';
import { Person } from './person.ts';
import type { Traveller } from './promises.ts';
import { type Service, startService } from './service-process.ts';
import { Simulation, through } from './simulation.ts';

/** How bad the weather is: shares of all calls or messages, and times in milliseconds. */
export interface Weather {
  /** Calls to the store that fail before or after they were done. */
  failing: number;
  /** Calls to the store that are never answered; some of them are done after a long while. */
  hanging: number;
  /** Of so many calls in a row exactly one hangs, drawn by the seed: the share is the same for every seed and length. */
  hangsOneIn?: number;
  /** Half of the calls that hang are done all the same, so much later at most; 20 s unless told. */
  doneWithin?: number;
  /** The longest way of a call or of its answer, and the share that takes up to a second more. */
  slowest: number;
  slow?: number;
  /** Messages and answers that are lost on the way. */
  lost: number;
  /** Messages that come twice. */
  doubled: number;
  /** Time between two deaths of a process; 0: they live. */
  deathEvery: number;
}

const clientPatience = 10_000;
const restartAfter = 800;

/** Processes on one store in bad weather, and people who only know what they were told; all of it follows from the seed. */
export class Storm {
  readonly sim: Simulation;
  readonly store: MemoryDocuments;
  readonly mails = new Set<string>();
  readonly faults: string[] = [];
  readonly turns: number[] = [];
  deaths = 0;
  hung = 0;
  isOver = false;
  #calls = 0;
  #hangsAt = 0;
  readonly #weather: Weather;
  readonly #processes: { service: Service; isDead: boolean }[] = [];

  constructor(seed: number, startsAt: number, weather: Weather, processes = 2) {
    this.sim = new Simulation(seed, startsAt);
    this.store = new MemoryDocuments(this.sim.now);
    this.#weather = weather;
    for (let n = 0; n < processes; n++) this.#start(n);
    if (weather.deathEvery > 0) void this.#killing();
  }

  /** Somebody whose client sends again under the same id until there is an answer. */
  person(name: string, language: string): Person {
    const { sim } = this;
    const conversationId = `chat-${name}`;
    const line = async (incoming: Incoming): Promise<Activity[]> => {
      for (let tries = 0; ; tries++) {
        const answer = await Promise.race([this.#send(conversationId, incoming, language), sim.wait(clientPatience)]);
        if (answer) return answer;
        await sim.wait(Math.min(15_000, 500 * 2 ** tries) * (0.5 + sim.random() / 2));
      }
    };
    return new Person(name, line, language);
  }

  /** Somebody comes after a while and goes a journey to its end, with those before it. */
  async live(name: string, wish: string, pause: () => number): Promise<Traveller> {
    const { sim } = this;
    const person = this.person(name, sim.oneOf(['fi', 'sv', 'en']));
    await sim.wait(sim.pick(0, 8_000));
    await person.joins();
    const made = [...(journeys[wish]!.after ?? []), wish];
    for (const one of made) {
      for (let next = person.next(journeys[one]!); next; next = person.next(journeys[one]!)) {
        await person.sends(next);
        await sim.wait(pause());
      }
    }
    return { person, made };
  }

  /** The weather clears, and what was begun comes to its end. */
  async calm(): Promise<void> {
    this.isOver = true;
    // Longer than an item that a dead process had claimed is left alone.
    await this.sim.pass(180_000);
    await this.sim.until(Promise.all(this.#processes.map(({ service }) => service.relay.stop())));
  }

  #chance(share: number): boolean {
    return !this.isOver && this.sim.random() < share;
  }

  #hangs(): boolean {
    const { hanging, hangsOneIn } = this.#weather;
    if (hangsOneIn === undefined) return this.#chance(hanging);
    const place = this.#calls++ % hangsOneIn;
    if (place === 0) this.#hangsAt = this.sim.pick(0, hangsOneIn - 1);
    return place === this.#hangsAt && !this.isOver;
  }

  /** One try: undefined when nobody hears of it, or the server says to come again. */
  async #send(conversationId: string, incoming: Incoming, language: string): Promise<Activity[] | undefined> {
    const { sim } = this;
    await sim.wait(sim.pick(0, 40));
    if (this.#chance(this.#weather.lost)) return new Promise(() => {});
    if (this.#chance(this.#weather.doubled)) void this.#late(conversationId, incoming);
    const process = sim.oneOf(this.#processes);
    const { service } = process;
    const began = sim.time;
    try {
      await service.conversations.start({ conversationId, userId: `dl_${conversationId}`, language });
      const { activities } = await service.conversations.receive(conversationId, incoming);
      if (this.#chance(this.#weather.lost)) return new Promise(() => {});
      return activities;
    } catch (error) {
      if (!(error instanceof PolkuError) || error.code !== 'storeUnavailable') this.faults.push(String(error));
      return undefined;
    } finally {
      if (!process.isDead) this.turns.push(sim.time - began);
    }
  }

  async #late(conversationId: string, incoming: Incoming): Promise<void> {
    await this.sim.wait(this.sim.pick(0, 60_000));
    const { service } = this.sim.oneOf(this.#processes);
    await service.conversations.receive(conversationId, incoming).catch(() => undefined);
  }

  #start(place: number): void {
    const { sim, store, mails } = this;
    const process = { isDead: false } as { service: Service; isDead: boolean };
    const documents = through(store, async (verb, act) => {
      const { failing, slowest, slow = 0, doneWithin = 20_000 } = this.#weather;
      const fails = verb !== 'due' && this.#chance(failing) ? sim.oneOf(['before', 'after']) : undefined;
      await sim.wait(sim.pick(0, this.#chance(slow) ? 1_000 : slowest));
      if (process.isDead) return new Promise(() => {});
      if (this.#hangs()) {
        this.hung++;
        // It is done after everybody has given up, or never.
        if (sim.random() < 0.5)
          void sim
            .wait(sim.pick(1_000, doneWithin))
            .then(act)
            .catch(() => undefined);
        return new Promise(() => {});
      }
      if (fails === 'before') throw new PolkuError('storeUnavailable', 'made up: before');
      // The clock has its own opinion of who comes first; the store takes what reaches it, also from the dead.
      const done = await act();
      await sim.wait(sim.pick(0, slowest));
      if (process.isDead) return new Promise(() => {});
      if (fails === 'after') throw new PolkuError('storeUnavailable', 'made up: after');
      return done;
    });
    process.service = startService({
      documents,
      now: sim.now,
      timers: sim.timers,
      newId: sim.newId,
      mail: async ({ item }) => {
        mails.add(item.id);
        return this.#chance(this.#weather.failing) ? 'ambiguous' : 'sent';
      },
    });
    process.service.relay.start();
    this.#processes[place] = process;
  }

  async #killing(): Promise<void> {
    const { sim } = this;
    while (!this.isOver) {
      await sim.wait(sim.pick(1, 2 * this.#weather.deathEvery));
      if (this.isOver) return;
      const place = sim.pick(0, this.#processes.length - 1);
      const dying = this.#processes[place]!;
      dying.isDead = true;
      this.faults.push(...dying.service.faults);
      this.deaths++;
      void dying.service.relay.stop();
      await sim.wait(restartAfter);
      this.#start(place);
    }
  }

  /** What the living and the dead have logged as faults of their own; a store that fails is none. */
  get bugs(): string[] {
    const logged = [...this.faults, ...this.#processes.flatMap(({ service }) => service.faults)];
    return logged.filter((one) => !one.includes('storeUnavailable') && !one.includes('"code":"conflict"'));
  }
}
