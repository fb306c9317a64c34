import { expect } from 'chai';
import { journeys } from '../support/journeys.ts';
import { MemoryDocuments } from '../support/memory-documents.ts';
import { Person } from '../support/person.ts';
import { startService } from '../support/service-process.ts';
import { Simulation, through } from '../support/simulation.ts';

/** Counts what a turn asks of the store, without what the deliveries after it do. */
function setUp() {
  const sim = new Simulation(1, Date.parse('2026-11-21T12:00:00+02:00'));
  let calls: string[] = [];
  const documents = through(new MemoryDocuments(sim.now), async (verb, act, place) => {
    // A chunk of old turns moves out now and then; it is counted where that is the matter.
    calls.push(place === 'transcripts' ? 'archive' : verb);
    return act();
  });
  const start = () => {
    const service = startService({ ...sim, documents });
    // Deliveries have costs of their own.
    void service.relay.stop();
    return service;
  };
  const counted = async <T>(act: Promise<T>): Promise<string[]> => {
    calls = [];
    await act;
    return [...calls];
  };
  return { start, service: start(), counted };
}

const reads = (calls: string[]) => calls.filter((verb) => verb === 'get' || verb === 'list').length;
const writes = (calls: string[]) => calls.filter((verb) => !['get', 'list', 'due', 'archive'].includes(verb)).length;

describe('What a turn costs at the store', () => {
  it('is one write and no read for a plain answer in a conversation that the process knows', async () => {
    const { service, counted } = setUp();
    const person = new Person('mira', await service.lineTo('chat'));
    await person.joins();
    await person.sends(person.next(journeys.intake!)!);
    const costs: string[][] = [];
    // Up to the check of the answers.
    for (let next = person.next(journeys.intake!); next; next = person.next(journeys.intake!)) {
      if (person.question.question === 'review') break;
      costs.push(await counted(person.sends(next)));
    }
    expect(costs.length).to.be.greaterThan(20);
    // Ten turns at a time move out of the conversation's document, which is one more write.
    expect(
      costs.filter((calls) => calls.join() !== 'replace').every((calls) => calls.join() === 'archive,replace'),
    ).to.equal(true);
    expect(costs.filter((calls) => calls.length > 1).length).to.be.at.most(Math.ceil(costs.length / 10));
  });

  it('is one read more where another process has the conversation in mind, or none', async () => {
    const { start, service, counted } = setUp();
    const person = new Person('mira', await service.lineTo('chat'));
    await person.joins();
    const other = start();
    person.line = async (incoming) => (await other.conversations.receive('chat', incoming)).activities;
    expect(await counted(person.sends(person.message('?')))).to.deep.equal(['get', 'replace']);
    person.line = async (incoming) => (await service.conversations.receive('chat', incoming)).activities;
    // The write finds out that this one is behind.
    expect(await counted(person.sends(person.message('?')))).to.deep.equal(['replace', 'get', 'replace']);
  });

  it('is nothing at all for a duplicate, and for what changes nothing', async () => {
    const { service, counted } = setUp();
    const person = new Person('mira', await service.lineTo('chat'));
    await person.joins();
    const first = person.next(journeys.intake!)!;
    await person.sends(first);
    expect(await counted(person.sends(first))).to.deep.equal([]);
    expect(await counted(person.sends({ type: 'event', name: 'unknown' }))).to.deep.equal([]);
  });

  it('is two writes of the conversation for a confirmation, around those of what it does', async () => {
    const costs: Record<string, { reads: number; writes: number }> = {};
    for (const [name, journey] of Object.entries(journeys)) {
      const { service, counted } = setUp();
      const person = new Person('mira', await service.lineTo('chat'));
      await person.joins();
      for (const before of journey.after ?? []) await person.goes(before);
      let last: string[] = [];
      for (let next = person.next(journey); next; next = person.next(journey)) last = await counted(person.sends(next));
      costs[name] = { reads: reads(last), writes: writes(last) };
    }
    console.log(`      Store calls of a confirming turn: ${JSON.stringify(costs)}`);
    // The fence, the client's own document, the intake, the draft of the plan; the turn.
    expect(costs.intake!.writes).to.equal(5);
    expect(costs.contact!.writes).to.equal(4);
    // The fence, the pointer, the coach's day; the turn.
    expect(costs.booking!.writes).to.equal(4);
    expect(costs.withdrawing!.writes).to.equal(3);
  });
});
