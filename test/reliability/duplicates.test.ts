import { expect } from 'chai';
import { fold } from '../../dialogs/engine/fold.ts';
import { isPlainWord } from '../../dialogs/engine/read-answer.ts';
import type { Activity, Incoming } from '../../src/bot/activity.ts';
import type { Sender } from '../../src/notify/sender.ts';
import { texts } from '../support/conversation.ts';
import { seeded } from '../support/faults.ts';
import { journeys } from '../support/journeys.ts';
import { MemoryDocuments } from '../support/memory-documents.ts';
import { Person } from '../support/person.ts';
import { amount, seed, tellRow } from '../support/row.ts';
import { startService } from '../support/service-process.ts';
import { Simulation, through } from '../support/simulation.ts';
import { worldState } from '../support/world-state.ts';

const saturday = Date.parse('2026-11-21T12:00:00+02:00');
const late = 60_000;

/** What is told to each activity, and what came about. */
interface Course {
  replies: string[][];
  state: ReturnType<typeof worldState>;
  deliveries: number;
  /** What was said to presses that came again under a new id. */
  toAgain: string[];
}

const words = (said: Activity[]) =>
  said.filter(({ from }) => from.role === 'bot').map(({ text = '' }) => text.replace(/P-\w{4}-\w{2}/g, 'P-…'));

/**
 * Somebody goes a journey over two processes; each activity is delivered `copies()` times. A copy with a new id comes when
 * the first has been answered. Without marks (a client that does not tell which question a button belonged to) only presses
 * come again under a new id, where their words do not answer what is open by then. Nowhere does the same button of the
 * same question come again that is open by then: whoever presses it means it.
 */
async function goes(name: string, marks: boolean, from: number, copies: () => number): Promise<Course> {
  const sim = new Simulation(from, saturday);
  const store = new MemoryDocuments(sim.now);
  const mails = new Set<string>();
  const slow = through(store, async (_, act) => {
    await sim.wait(sim.pick(0, 4));
    return act();
  });
  const { now, timers, newId } = sim;
  const mail: Sender = async ({ item }) => {
    mails.add(item.id);
    return 'sent';
  };
  const processes = [1, 2].map(() => startService({ documents: slow, now, timers, newId, mail }));
  const thinks = seeded(from);
  const replies: string[][] = [];
  const toAgain: string[] = [];
  const others: Promise<unknown>[] = [];
  let deliveries = 0;
  let renamed = 0;
  const seen = new Set<string>();
  const person = new Person('mira', (incoming) => deliver(incoming), 'fi', marks);

  function hear(activities: Activity[]): Activity[] {
    const fresh = activities.filter(({ id }) => !seen.has(id));
    for (const { id } of fresh) seen.add(id);
    return fresh;
  }
  async function give(incoming: Incoming): Promise<Activity[]> {
    deliveries++;
    const { activities } = await sim.oneOf(processes).conversations.receive('chat', incoming);
    return activities;
  }
  function mayComeAgain({ text = '', channelData, type }: Incoming): boolean {
    const { flow, question, choices } = person.question;
    if (type !== 'message') return false;
    // In the menu a button pressed again is a wish again, and means no harm.
    if (channelData?.question === undefined && flow === undefined) return false;
    // Nobody could tell it from a press of what is open now.
    if (channelData?.question === question && channelData?.flow === flow) return false;
    if (marks && channelData?.question !== undefined) return true;
    const wasButton = person.heard.some((one) => one.suggestedActions?.actions.some(({ value }) => value === text));
    return wasButton && !choices.includes(text) && !isPlainWord(fold(text), texts);
  }
  async function again(incoming: Incoming): Promise<void> {
    if (!mayComeAgain(incoming)) return;
    const { channelData } = incoming;
    const copy = { ...incoming, channelData: { ...channelData, clientActivityID: `again-${renamed++}` } };
    const said = hear(await give(copy)).filter((one) => one.from.role === 'bot');
    toAgain.push(...words(said));
    person.heard.push(...said);
  }
  /** What was said is said again, unless the person had it all deleted. */
  async function same(incoming: Incoming, first: Promise<Activity[]>): Promise<void> {
    const said = await give(incoming);
    if (said.length > 0 || name !== 'erasing') expect(said).to.deep.equal(await first);
  }
  async function deliver(incoming: Incoming): Promise<Activity[]> {
    const first = give(incoming);
    const rest = Array.from({ length: copies() - 1 }, () => ({
      isNew: sim.random() < 0.5,
      isLate: sim.random() < 0.5,
    }));
    for (const { isNew, isLate } of rest) {
      const when = isLate ? sim.wait(late) : isNew ? first : Promise.resolve();
      const copy = when.then(async () => {
        if (isNew) await again(incoming);
        else await same(incoming, first);
      });
      others.push(copy);
      // A person who sees an answer to what came twice reads on before going on.
      if (!isLate) await copy;
    }
    const said = await first;
    replies.push(words(said));
    return hear(said);
  }

  async function course(): Promise<void> {
    await processes[0]!.conversations.start({ conversationId: 'chat', userId: 'dl_chat', language: 'fi' });
    await person.joins();
    for (const one of [...(journeys[name]!.after ?? []), name]) {
      for (let next = person.next(journeys[one]!); next; next = person.next(journeys[one]!)) {
        expect(replies.length, person.lastWords).to.be.lessThan(90);
        await person.sends(next);
        await sim.wait(4_000 + 100 * Math.floor(thinks() * 100));
      }
    }
    await Promise.all(others);
  }
  await sim.until(course());
  // What is due within a minute of the last message is done in every run, however long its copies took.
  await sim.pass(60_000);
  await sim.until(processes[0]!.relay.sweep());
  await sim.pass(1_000);
  expect(processes.flatMap(({ faults }) => faults)).to.deep.equal([]);
  return { replies, state: worldState(store, mails), deliveries, toAgain };
}

describe('R2 When every activity comes one to five times, at once or a minute late, half of them with a new id,', function () {
  this.timeout(3_600_000);
  const sums = { journeys: 0, deliveries: 0, again: 0 };
  const each = Math.ceil(amount(120, 10_000) / Object.keys(journeys).length);

  for (const name of Object.keys(journeys)) {
    it(`${name} has one effect, and the replies are those of a single delivery`, async () => {
      for (let n = 0; n < each; n++) {
        const from = seed + n;
        const marks = n % 2 === 0;
        const random = seeded(from);
        const once = await goes(name, marks, from, () => 1);
        const often = await goes(name, marks, from, () => 1 + Math.floor(random() * 5));
        expect(often.state, `seed ${from}`).to.deep.equal(once.state);
        expect(often.replies, `seed ${from}`).to.deep.equal(once.replies);
        sums.journeys++;
        sums.deliveries += often.deliveries;
        sums.again += often.toAgain.length;
      }
    });
  }

  after(() => {
    tellRow(
      `R2 ${sums.journeys}/${sums.journeys} journeys with one effect each, ${sums.deliveries} deliveries, same replies as single delivery (seed ${seed})`,
    );
  });
});
