import { expect } from 'chai';
import type { Documents } from '../../src/domain/documents.ts';
import type { CaseRef } from '../../src/domain/notices.ts';
import { aino, monday, porvoo } from '../support/coach-office.ts';
import { dying } from '../support/dying-documents.ts';
import { MemoryDocuments } from '../support/memory-documents.ts';
import { endWord, TalkScene } from '../support/talk-scene.ts';

const minute = 60_000;
const name = porvoo.coaches.find(({ id }) => id === aino)!.name;
/** Every so many calls a process dies; the whole is every one. */
const every = process.env.FULL ? 1 : 2;

/** What the two do, each under the id that a channel sends again with. */
const steps: ((scene: TalkScene, about: CaseRef) => Promise<unknown>)[] = [
  (scene, about) => coach(scene, 'k1', { value: { act: 'take', about } }),
  (scene) => scene.types('one', 'k2'),
  (scene) => coach(scene, 'k3', { text: 'two' }),
  (scene) => scene.types('three', 'k4'),
  (scene) => coach(scene, 'k5', { text: 'four' }),
  (scene) => scene.types(endWord('en'), 'k6'),
];

function coach(scene: TalkScene, clientActivityID: string, said: object) {
  const message = { type: 'message' as const, ...said, channelData: { clientActivityID } };
  return scene.conversations.receive(`coach-${aino}`, message);
}

/** A process on the store, at a moment. */
function started(documents: Documents, time: number): TalkScene {
  const scene = new TalkScene(documents);
  scene.clock.time = time;
  return scene;
}

async function until(scene: TalkScene, about: CaseRef, from: number, to: number): Promise<void> {
  for (const step of steps.slice(from, to)) {
    await step(scene, about);
    await scene.relay.sweep();
  }
}

/** What was said since the person asked, on each side; how the bot leads on is its own. */
async function seen(scene: TalkScene) {
  const client = (await scene.clientSees()).join('\n');
  const coachLines = (await scene.coachSees(aino)).join('\n');
  const order = (text: string, parts: string[]) => parts.map((part) => text.split('\n').indexOf(part));
  return {
    client: order(client, ['one', `${name}: two`, 'three', `${name}: four`]),
    coach: order(coachLines, ['Mira: one', 'two', 'Mira: three', 'four']),
    clientTimes: times(client, [' is here now', '\none', ': two', '\nthree', ': four', 'You ended the talk']),
    coachTimes: times(coachLines, ['nyt yhteydessä', ': one', '\ntwo', ': three', '\nfour', 'Asiakas päätti']),
  };
}

function times(text: string, parts: string[]): number[] {
  return parts.map((part) => `\n${text}\n`.split(part).length - 1);
}

describe('A talk whose process dies', () => {
  it('loses no line, doubles none and keeps their order, at whichever call to the store it was', async function () {
    this.timeout(240_000);
    let time = Date.parse(monday);
    const now = () => time;
    const before = new MemoryDocuments(now);
    const about = await started(before, time).asksForPerson();
    let crashes = 0;
    for (let step = 0; step < steps.length; step++) {
      for (let call = 1, last = false; !last; call += every) {
        for (const when of ['before', 'after'] as const) {
          time = Date.parse(monday);
          const store = before.fork(now);
          await until(started(store, time), about, 0, step);
          const death = dying(store, { call, when });
          const dead = started(death.documents, time);
          await until(dead, about, step, step + 1).catch(() => undefined);
          await dead.relay.stop();
          last = death.calls() < call;
          crashes++;
          // Somebody else goes on when the claims of the dead are over; the channel sends again what had no answer.
          time += 70_000;
          const next = started(store, time);
          await next.conversations.finishCrashed();
          await next.relay.sweep();
          await until(next, about, step, steps.length);
          time += 3 * minute;
          next.clock.time = time;
          await next.relay.sweep();
          const where = `step ${step}, ${when} call ${call}`;
          const { client, coach: coachOrder, clientTimes, coachTimes } = await seen(next);
          expect(clientTimes, where).to.deep.equal([1, 1, 1, 1, 1, 1]);
          expect(coachTimes, where).to.deep.equal([1, 1, 1, 1, 1, 1]);
          for (const order of [client, coachOrder])
            expect(order, where).to.deep.equal([...order].sort((a, b) => a - b));
          expect((await next.request())!.outbox ?? [], where).to.deep.equal([]);
        }
      }
    }
    console.log(
      `      R5 (talks) ${crashes} crashes in ${steps.length} steps: 0 lines lost, 0 doubled, 0 out of order`,
    );
  });
});
