import { expect } from 'chai';
import type { Activity } from '../../src/bot/activity.ts';
import type { Municipality } from '../../src/domain/municipalities/pack.ts';
import type { CaseRef } from '../../src/domain/notices.ts';
import { acts } from '../../src/teams/acts/offered.ts';
import type { ButtonData } from '../../src/teams/cards/buttons.ts';
import { aino, buttonsOf, cardOf, linnea, samira, texts } from '../support/coach-office.ts';
import { CoachScene } from '../support/coach-scene.ts';
import { MemoryDocuments } from '../support/memory-documents.ts';
import { filled, openTown, stories } from '../support/old-button-stories.ts';
import type { Story, Way } from '../support/plan-story.ts';
import { isFull, tellRow } from '../support/row.ts';
import { endWord } from '../support/talk-scene.ts';

/** Coaches who look at every card. */
const team = [aino, linnea, samira];

/** Everything that is kept of clients and meetings. */
function world(documents: MemoryDocuments): string {
  return JSON.stringify([documents.all('clients'), documents.all('calendars')]);
}

/** The city with its three coaches reading in these languages. */
function readingIn(town: Municipality, readers: Record<string, string>): Municipality {
  return { ...town, coaches: town.coaches.map((one) => ({ ...one, language: readers[one.id] ?? one.language })) };
}

/** Messages in the client's chat; a chat in which nobody writes for a month is gone. */
async function chatLength(scene: CoachScene): Promise<number> {
  return (await scene.clientSees().catch(() => [])).length;
}

describe('R10 A button of a coach’s card', () => {
  it('pressed again in any later state, by coaches of three languages, changes nothing and is explained', async function () {
    this.timeout(480_000);
    const pressed = new Set<string>();
    /** Kind, act and language of every old button that was pressed. */
    const covered = new Set<string>();
    let presses = 0;
    let states = 0;
    let skipped = 0;
    for (const turn of texts.languages.keys()) {
      // Each coach reads in each language once, so that each state is met in all of them.
      const readers = Object.fromEntries(team.map((coach, i) => [coach, texts.languages[(i + turn) % 3]!]));
      for (const { name, town = openTown, begin, ways } of stories)
        for (const way of ways) await walk(name, town, begin, way);

      async function walk(name: string, town: Municipality, begin: Story['begin'], way: Way): Promise<void> {
        const documents = new MemoryDocuments(() => scene.clock.time);
        const scene: CoachScene = new CoachScene(documents, readingIn(town, readers));
        const about = await begin(scene);
        const shown = new Map<string, { coach: string; data: ButtonData }>();
        await remember();
        for (const step of way) {
          if (typeof step === 'function') await step(scene);
          else await scene.presses(step[0], step[1], about, step[2]);
          await scene.relay.sweep();
          const open = await remember();
          states++;
          const old = [...shown].filter(([key]) => !open.has(key));
          for (const [, { coach, data }] of old) await pressOld(coach, data);
        }
        expect(scene.logged.join()).not.to.include('a turn failed');

        /** Notes what the cards show now; resolves with the names of these buttons. */
        async function remember(): Promise<Set<string>> {
          const open = new Set<string>();
          for (const coach of team) {
            const [card] = await scene.press(coach, 'show', about);
            for (const { data } of card?.attachments ? buttonsOf(cardOf(card)) : []) {
              const key = `${coach} ${data.act} ${data.mark}`;
              shown.set(key, { coach, data });
              open.add(key);
            }
          }
          return open;
        }
        async function pressOld(coach: string, data: ButtonData): Promise<void> {
          const what = `${name} ${data.act} ${readers[coach]}`;
          // In the everyday cut every kind, act and language, and of the rest each third press.
          if (!isFull && covered.has(what) && ++skipped % 3 > 0) return;
          const before = world(documents);
          const chat = await chatLength(scene);
          const answers = await scene.press(coach, data.act, about, { ...filled, mark: data.mark });
          await scene.relay.sweep();
          const where = `${name}: ${coach} presses ${data.act} after ${JSON.stringify(way)}`;
          expect(world(documents), where).to.equal(before);
          expect(await chatLength(scene), where).to.equal(chat);
          explained(answers, readers[coach]!, where);
          pressed.add(data.act);
          covered.add(what);
          presses++;
        }
      }
    }
    for (const act of acts) expect([...pressed], act).to.include(act);
    const kinds = new Set(stories.map(({ name }) => name));
    for (const kind of kinds)
      for (const language of texts.languages)
        expect(
          [...covered].some((one) => one.startsWith(`${kind} `) && one.endsWith(` ${language}`)),
          kind,
        ).to.equal(true);
    tellRow(
      `R10 ${presses} presses of old buttons of coaches’ cards: ${kinds.size} kinds, ${pressed.size} acts, ${states / 3} states × 3 languages, 0 wrong effects, each explained`,
    );
  });
});

function explained(answers: Activity[], language: string, where: string): void {
  const words = answers.flatMap(({ text }) => (text ? [text] : []));
  expect(words, where).to.have.length(1);
  expect(words[0]!.length, where).to.be.greaterThan(20);
  for (const { locale } of answers) expect(locale, where).to.equal(language);
  expect(words[0], where).not.to.match(/\{\{|undefined/);
}

describe('R10 A button of the client’s chat', () => {
  it('pressed again in any later state changes nothing and is explained', async function () {
    this.timeout(240_000);
    let presses = 0;
    for (const language of texts.languages) {
      const say = (key: string, values = {}) => texts.say({ key, with: values }, language);
      const clock = { time: 0 };
      const documents = new MemoryDocuments(() => clock.time);
      const scene = new CoachScene(documents);
      clock.time = scene.clock.time;
      let seen: Activity[] = [];
      const shown = new Set<string>();
      const about = await scene.books(aino, language);
      const [slot] = await scene.freeTimes(aino, 3);
      const journey: (() => Promise<unknown>)[] = [
        () => scene.presses(aino, 'propose', about, { time: slot!.start }),
        () => scene.types(lastChoices(seen)[0]!),
        () => scene.types(say('contact.menu')),
        () => scene.types(say('contact.how.options.here')),
        () => scene.types(say('engine.options.skip')),
        () => scene.types(say('engine.options.skip')),
        () => scene.types(say('contact.submit')),
        () => takeContact(scene),
        () => scene.types('Hei'),
        () => scene.types(endWord(language)),
        () => cancelMoved(scene),
        () => scene.types(say('referral.menu')),
        () => scene.types('1'),
      ];
      for (const step of journey) {
        seen = await scene.clientLog();
        await step();
        await scene.relay.sweep();
        const log = await scene.clientLog();
        for (const { suggestedActions } of log)
          for (const { value } of suggestedActions?.actions ?? []) shown.add(value);
        const open = new Set(lastChoices(log));
        const old = [...shown].filter((label) => !open.has(label));
        for (const [i, label] of old.entries()) {
          if (isFull || i % 3 === presses % 3) await pressOld(label);
        }
      }

      async function pressOld(label: string): Promise<void> {
        const copy = documents.fork();
        const later = new CoachScene(copy);
        later.clock.time = clock.time;
        const before = world(copy);
        const coachSaw = (await later.coachSees(aino)).length;
        const answers = await later.chat(scene.chatId, {
          type: 'message',
          text: label,
          channelData: { question: 'an-old-one', flow: 'gone' },
        });
        expect(answers.map(({ text = '' }) => text).join('').length, label).to.be.greaterThan(0);
        expect(world(copy), label).to.equal(before);
        expect((await later.coachSees(aino)).length, label).to.equal(coachSaw);
        expect(later.logged.join()).not.to.include('a turn failed');
        presses++;
      }
    }
    tellRow(
      `R10 ${presses} presses of old buttons of the client’s chat in 3 languages, 0 wrong effects, each answered`,
    );
  });
});

function lastChoices(log: Activity[]): string[] {
  const last = log.findLast(({ suggestedActions }) => suggestedActions);
  return last?.suggestedActions?.actions.map(({ value }) => value) ?? [];
}

async function takeContact(scene: CoachScene): Promise<void> {
  const { partition, id } = (await scene.request())!;
  await scene.presses(aino, 'take', { collection: 'clients', partition, id });
}

async function cancelMoved(scene: CoachScene): Promise<void> {
  const meeting = (await scene.meetings()).find(({ state }) => state === 'booked')!;
  const about = { collection: 'calendars', partition: aino, id: meeting.start.slice(0, 10), appointment: meeting.id };
  await scene.presses(aino, 'cancel', about as CaseRef, { reason: 'urgent' });
}
