import { expect } from 'chai';
import type { Activity } from '../../src/bot/activity.ts';
import { submitIntake } from '../../src/domain/clients/submit-intake.ts';
import type { Municipality } from '../../src/domain/municipalities/pack.ts';
import type { CaseRef } from '../../src/domain/notices.ts';
import { acts } from '../../src/teams/acts/offered.ts';
import type { ButtonData } from '../../src/teams/cards/buttons.ts';
import { aino, buttonsOf, cardOf, linnea, porvoo, samira, texts } from '../support/coach-office.ts';
import { CoachScene } from '../support/coach-scene.ts';
import { MemoryDocuments } from '../support/memory-documents.ts';
import { lieksa } from '../support/path-scene.ts';
import { planInputs, planStory, type Story } from '../support/plan-story.ts';
import { isFull, tellRow } from '../support/row.ts';
import { endWord } from '../support/talk-scene.ts';

/** Coaches whose cards come in Finnish, Swedish and English. */
const readers: Record<string, string> = { [aino]: 'fi', [linnea]: 'sv', [samira]: 'en' };

/** Every input that a form could send along. */
const filled = {
  'give-to': 'samira-nahari',
  'close-outcome': 'job',
  'certify-what': 'hygiene',
  'certify-from': 'Careeria',
  'certify-on': '2026-11-20',
  'cancel-reason': 'ill',
  'cancel-free': 'true',
  'propose-time': '2026-12-01T10:00:00+02:00',
  ...planInputs,
};

async function pass(scene: CoachScene, until: string): Promise<void> {
  scene.clock.time = Date.parse(until);
  await scene.relay.sweep();
}

/** Everything that is kept of clients and meetings. */
function world(documents: MemoryDocuments): string {
  return JSON.stringify([documents.all('clients'), documents.all('calendars')]);
}

/** A city whose coaches put certificates on their clients' paths. */
const certifying = { ...porvoo, certificates: lieksa.certificates! };

const stories: (Story & { town?: Municipality })[] = [
  {
    name: 'intake',
    async begin(scene) {
      await scene.opens('en');
      const { intake } = await submitIntake(scene.act('intake'), { situation: 'unemployed' });
      await scene.relay.sweep();
      return { collection: 'clients', partition: intake.partition, id: intake.id };
    },
    ways: [
      [
        [aino, 'take'],
        [aino, 'give', { to: linnea }],
        [linnea, 'take'],
        [linnea, 'close', { outcome: 'education' }],
      ],
      [
        [samira, 'take'],
        [samira, 'return'],
        [samira, 'take'],
        [samira, 'return'],
        [linnea, 'take'],
      ],
      [
        [aino, 'take'],
        [aino, 'give', { to: samira }],
        [samira, 'return'],
        [aino, 'take'],
        [aino, 'close', { outcome: 'job' }],
      ],
    ],
  },
  {
    name: 'path',
    town: certifying,
    async begin(scene) {
      await scene.opens('en');
      const { intake } = await submitIntake(scene.act('intake'), { situation: 'unemployed' });
      await scene.relay.sweep();
      return { collection: 'clients', partition: intake.partition, id: intake.id };
    },
    ways: [
      [
        [aino, 'take'],
        [aino, 'certify', { what: 'hygiene', from: 'Careeria', on: '2026-11-20' }],
        [aino, 'certify', { what: 'own', own: 'Kurssi', from: 'Careeria', on: '2026-11-20' }],
        [aino, 'give', { to: linnea }],
        [linnea, 'take'],
        [linnea, 'close', { outcome: 'notNow' }],
      ],
    ],
  },
  {
    name: 'contact',
    begin: (scene) => scene.asksForPerson(),
    ways: [
      [
        [aino, 'take'],
        (scene) => scene.types('Hello'),
        [aino, 'endTalk'],
        [aino, 'return'],
        [linnea, 'take'],
        [linnea, 'done'],
      ],
      [
        (scene) => scene.clock.pass(125_000),
        [samira, 'take'],
        [samira, 'give', { to: aino }],
        [aino, 'take'],
        [aino, 'done'],
      ],
    ],
  },
  planStory,
  {
    name: 'meeting',
    begin: (scene) => scene.books(aino),
    ways: [
      [
        [aino, 'seen'],
        [aino, 'cancel', { reason: 'ill' }],
      ],
      [[aino, 'seen'], (scene) => pass(scene, '2026-11-25T09:00:00+02:00'), [aino, 'noShow'], [aino, 'done']],
      [(scene) => pass(scene, '2026-11-25T09:00:00+02:00'), [aino, 'attended']],
    ],
  },
];

describe('R10 A button of a coach’s card', () => {
  it('pressed again in any later state, by coaches of three languages, changes nothing and is explained', async function () {
    this.timeout(240_000);
    let presses = 0;
    const pressed = new Set<string>();
    for (const { name, town, begin, ways } of stories) {
      for (const way of ways) {
        const documents = new MemoryDocuments(() => scene.clock.time);
        const scene: CoachScene = new CoachScene(documents, town);
        const about = await begin(scene);
        const shown = new Map<string, { coach: string; data: ButtonData }>();
        await remember();
        for (const step of way) {
          if (typeof step === 'function') await step(scene);
          else await scene.presses(step[0], step[1], about, step[2]);
          await scene.relay.sweep();
          await remember();
          for (const { coach, data } of shown.values()) await pressOld(coach, data);
        }
        expect(scene.logged.join()).not.to.include('a turn failed');

        async function current(coach: string): Promise<ButtonData[]> {
          const [card] = await scene.press(coach, 'show', about);
          return card?.attachments ? buttonsOf(cardOf(card)).map(({ data }) => data) : [];
        }
        async function remember(): Promise<void> {
          for (const coach of Object.keys(readers)) {
            for (const data of await current(coach)) shown.set(`${coach} ${data.act} ${data.mark}`, { coach, data });
          }
        }
        async function pressOld(coach: string, data: ButtonData): Promise<void> {
          if ((await current(coach)).some(({ act, mark }) => act === data.act && mark === data.mark)) return;
          const before = world(documents);
          const chat = (await scene.clientSees()).length;
          const answers = await scene.press(coach, data.act, about, { ...filled, mark: data.mark });
          await scene.relay.sweep();
          const where = `${name}: ${coach} presses ${data.act}`;
          expect(world(documents), where).to.equal(before);
          expect((await scene.clientSees()).length, where).to.equal(chat);
          explained(answers, readers[coach]!, where);
          pressed.add(data.act);
          presses++;
        }
      }
    }
    for (const act of acts) expect([...pressed], act).to.include(act);
    tellRow(`R10 ${presses} presses of old buttons of coaches’ cards in 3 languages, 0 wrong effects, each explained`);
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
