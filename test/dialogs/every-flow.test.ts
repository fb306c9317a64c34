import { expect } from 'chai';
import type { Ask } from '../../dialogs/engine/dialog.ts';
import { fold } from '../../dialogs/engine/fold.ts';
import { flows } from '../../dialogs/index.ts';
import type { Command } from '../../dialogs/interrupts.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { askedTwice, changedBy, toldBefore, unreviewed } from '../support/asked-once.ts';
import { texts } from '../support/conversation.ts';
import { FlowWalk, openAt, placeOf, type Station, samples } from '../support/flow-walk.ts';
import { livedIn } from '../support/lived-in.ts';
import { tellRow } from '../support/row.ts';

/** Which buttons to press where there are many: those that lead to other questions, the first and the last. */
const pressed = 5;
/** A question with the same rules decided is looked at from at most this many sides. */
const sides = process.env.FULL ? 6 : 2;
/** A conversation is kept for 30 days after its last message; until then nothing runs out. */
const pause = 29;

describe('Every flow', () => {
  for (const language of texts.languages) {
    it(`leads through every question and back in ${language}, with nothing lost and no dead end`, async function () {
      this.timeout(120_000);
      const documents = openSqlite(':memory:', { now: Date.now });
      const lived = await livedIn(documents);
      const found = await walk(new FlowWalk(documents, 'client-1'), language, lived.asks);
      const asks = await lived.hearsFromCoach();
      const told = await walk(new FlowWalk(documents, 'client-1'), language, asks, false);
      const fresh = await walk(new FlowWalk(documents, 'client-2'), language);
      const reached = new Set([...found.reached, ...told.reached, ...fresh.reached]);
      const all = flows.flatMap(({ id, questions }) => questions.map(({ ask }) => `${id}.${ask}`));
      expect(all.filter((question) => !reached.has(question))).to.deep.equal([]);
      console.log(
        `      R12 ${language}: ${all.length}/${all.length} questions reached, ${found.stations + told.stations + fresh.stations} stations, ` +
          `${found.messages + told.messages + fresh.messages} messages`,
      );
      await documents.close();
      const unfair = [found, told, fresh].flatMap((one) => one.unfair).concat(found.tellsAgain, told.tellsAgain);
      expect(unfair).to.deep.equal([]);
      tellRow(
        `A6 ${language}: ${sum('forward')} answers, 0 asked twice; ${sum('effects')} effects, 0 binding ones of three answers or more ` +
          `without a check; ${sum('paused')} stations the same after ${pause} days`,
      );

      function sum(name: 'forward' | 'effects' | 'paused'): number {
        return found[name] + told[name] + fresh[name];
      }
    });
  }
});

async function walk(world: FlowWalk, language: string, asks: Ask[] = [], fromMenu = true) {
  const reached = new Set<string>();
  const visited = new Map<string, number>();
  let messages = 0;
  const fair = { forward: 0, effects: 0, paused: 0, unfair: [] as string[], tellsAgain: [] as string[] };
  const note = (list: string[], problem: string | undefined) => {
    if (problem !== undefined && !list.includes(problem)) list.push(problem);
  };
  const say = async (from: Station | undefined, text: string) => {
    messages++;
    const step = await world.say(from, text, language);
    if (step !== 'confirms') checkReplies(step, from);
    return step;
  };
  const start = (await say(undefined, '')) as Station;
  const queue: Station[] = fromMenu ? [start] : [];
  // Looked at last: what they lead to has been seen from the menu by then.
  for (const ask of asks) queue.unshift((await world.hear(start, ask)) as Station);
  for (let station = queue.pop(); station; station = queue.pop()) {
    const place = placeOf(station);
    const times = visited.get(openAt(station)) ?? 0;
    if (visited.has(place) || times >= sides * pressed) continue;
    visited.set(place, 1).set(openAt(station), times + 1);
    reached.add(openAt(station));
    note(fair.tellsAgain, toldBefore(station, { phone: '0400000001' }));
    if (times < 2) {
      await checkInterrupts(station, say);
      note(fair.unfair, changedBy(`${pause} days`, station, (await world.comesBack(station, pause)) as Station));
      fair.paused++;
    }
    for (const text of answersAt(station)) {
      const step = await say(station, text);
      note(fair.unfair, step === 'confirms' ? unreviewed(station) : askedTwice(station, step));
      if (step === 'confirms') fair.effects++;
      else fair.forward++;
      if (step !== 'confirms' && openAt(step) !== 'menu') queue.push(step);
    }
  }
  return { reached, stations: visited.size, messages, ...fair };
}

/** What a person could say here: a few of the buttons, and typed words where they are taken. */
function answersAt({ dialog }: Station): string[] {
  const labels = (dialog.shown?.options ?? []).map(({ label }) => label);
  const some = labels.length <= 9 ? labels : [...labels.slice(0, pressed), ...labels.slice(-3)];
  return dialog.flow ? [...some, ...samples] : labels;
}

/** Every message is in the language of the talk, says something, and ends in a way to go on. */
function checkReplies(station: Station, from: Station | undefined): void {
  const where = `${from ? openAt(from) : 'start'} after “${station.way.slice(-4).join('” “')}”`;
  expect(station.replies.length, where).to.be.greaterThan(0);
  const spoken = station.dialog.language;
  for (const reply of station.replies) {
    expect(reply.text.trim(), where).not.to.equal('');
    expect(reply.text, where).not.to.match(/\{\{|undefined|\[object|NaN|Invalid/);
    if (reply.mark) expect(reply.mark.step, where).to.be.within(1, reply.mark.of);
    if (reply.mark?.question === 'review') expect(reply.mark.step, where).to.equal(reply.mark.of);
    if (reply.language !== spoken) expect(reply.language, where).to.equal(from?.dialog.language);
  }
  const last = station.replies.at(-1)!;
  expect(last.choices, `a dead end: ${where}`).to.be.an('array').that.is.not.empty;
  expect(new Set(last.choices!.map(fold)).size, `two buttons of one label: ${where}: ${last.choices}`).to.equal(
    last.choices!.length,
  );
}

async function checkInterrupts(at: Station, say: (from: Station, text: string) => Promise<Station | 'confirms'>) {
  const language = at.dialog.language!;
  const command = (name: Command | 'speak', spoken = language) => texts.words(`commands.${name}`, spoken)[0]!;
  const go = async (text: string) => {
    const step = await say(at, text);
    expect(step, `${text} at ${openAt(at)}`).not.to.equal('confirms');
    return step as Station;
  };
  const answers = (station: Station) => station.dialog.flow?.answers ?? {};
  const same = async (text: string) => {
    const step = await go(text);
    expect(openAt(step), `${text} at ${openAt(at)}`).to.equal(openAt(at));
    expect(answers(step)).to.deep.equal(answers(at));
    return step;
  };
  await same(command('help'));
  await same(command('why'));
  await same('');
  await same('😀😀');
  for (const other of texts.languages) {
    const step = await same(command('speak', other));
    expect(step.dialog.language).to.equal(other);
    expect(step.replies.at(-1)!.language).to.equal(other);
  }
  const left = await go(command('cancel'));
  expect(openAt(left)).to.equal('menu');
  if (at.dialog.flow && Object.keys(answers(at)).length > 0) {
    const again = (await say(
      left,
      at.dialog.flow.id === 'intake'
        ? texts.say({ key: 'menu.goOn', with: { name: { key: 'intake.menu' } } }, language)
        : '',
    )) as Station;
    if (at.dialog.flow.id === 'intake') expect(answers(again)).to.deep.include(answers(at));
  }
  if (at.dialog.flow?.id !== 'contact') expect(openAt(await go(command('person')))).to.match(/^contact\./);
  const back = await go(command('back'));
  // Going back from a change restores the answer that was being changed.
  const restored = at.dialog.flow?.changing ? 1 : 0;
  expect(Object.keys(answers(back)).length).to.be.at.most(Object.keys(answers(at)).length + restored);
  await go(command('startOver'));
  const asked = await go(command('language'));
  expect(asked.replies.at(-1)!.choices).to.include(command('speak', 'sv'));
}
