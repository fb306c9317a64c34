import { expect } from 'chai';
import { DateTime } from 'luxon';
import { book } from '../../src/domain/appointments/book.ts';
import { submitIntake } from '../../src/domain/clients/submit-intake.ts';
import type { CaseRef } from '../../src/domain/notices.ts';
import { isDone, type Plan, planRef, stepsOf } from '../../src/domain/plans/plan.ts';
import { aino, linesOf, linnea, texts } from '../support/coach-office.ts';
import { aboutMeeting, CoachScene } from '../support/coach-scene.ts';

const youth = { situation: 'unemployed', topic: 'findWork', ageGroup: '18to24', contactWay: 'here' } as const;

/** A young client who has done the intake in the chat, whose coach is Aino. */
async function begun(language = 'en'): Promise<{ scene: CoachScene; about: CaseRef }> {
  const scene = new CoachScene();
  await scene.opens(language);
  await submitIntake(scene.act('intake'), youth);
  await scene.relay.sweep();
  return { scene, about: planRef(scene.clientId) as CaseRef };
}

const planOf = async ({ documents }: CoachScene, about: CaseRef) => (await documents.get<Plan>(about))!.document;
const cardId = ({ collection, partition, id }: CaseRef) => [collection, partition, id].join('|');

describe('A plan between the client’s chat and the coach’s inbox', () => {
  for (const language of texts.languages) {
    it(`goes to the chat, is accepted there, and the coach hears of it (${language})`, async () => {
      const { scene, about } = await begun(language);
      const say = (key: string) => texts.say({ key }, language);
      await scene.presses(aino, 'sendPlan', about);
      const seen = (await scene.clientSees()).join('\n');
      expect(seen).to.include('Aino Lehtivaara').and.include(say('plan.steps.meet'));
      await scene.types(say('my-plan.do.options.accept'));
      await scene.relay.sweep();
      const card = (await scene.card(aino, cardId(about)))!;
      expect(linesOf(card.card)[0]).to.equal(texts.say({ key: 'plan.card.titles.accepted' }, 'fi'));
      expect(card.open, 'a yes asks for nothing').to.equal(false);
      expect(await scene.card(linnea, cardId(about)).catch(() => undefined)).to.equal(undefined);
    });
  }

  it('waits on the coach’s list when the client wrote something, until the coach has seen it', async () => {
    const { scene, about } = await begun();
    await scene.presses(aino, 'sendPlan', about);
    await scene.types(texts.say({ key: 'my-plan.do.options.comment' }, 'en'));
    await scene.types('Could we begin later?');
    await scene.relay.sweep();
    expect((await scene.card(aino, cardId(about)))!.open).to.equal(true);
    const listed = await scene.say(aino, texts.words('coach.words.todo', 'fi')[0]!);
    expect(JSON.stringify(listed)).to.include('Could we begin later?');
    await scene.clock.pass(1_000);
    await scene.presses(aino, 'seen', about);
    expect((await scene.card(aino, cardId(about)))!.open).to.equal(false);
  });

  it('is found by the coach’s word for plans, among the clients', async () => {
    const { scene, about } = await begun();
    for (const word of ['suunnitelmat', 'planer', 'plans']) {
      expect(JSON.stringify(await scene.say(aino, word)), word).to.include(about.id);
    }
  });

  it('ticks itself when the coach marks a meeting as held, and the client is asked nothing for it', async () => {
    const { scene, about } = await begun();
    const [slot] = await scene.freeTimes(aino, 1);
    const meeting = await book(scene.act('booking'), { topic: 'firstMeeting', kind: 'phone', slot: slot! });
    scene.clock.time = DateTime.fromISO(meeting.end).plus({ minutes: 1 }).toMillis();
    await scene.relay.sweep();
    await scene.presses(aino, 'attended', aboutMeeting(meeting));
    await scene.relay.sweep();
    const done = stepsOf((await planOf(scene, about)).goals).filter(isDone);
    expect(done.map(({ what, tick }) => [what, tick!.by, tick!.fact])).to.deep.equal([['meet', 'meeting', meeting.id]]);
    const lines = linesOf((await scene.shows(aino, about)).attachments![0]!.content as never).join('\n');
    expect(lines).to.include(`${texts.say({ key: 'plan.steps.meet' }, 'fi')}: tehty`);
    expect(scene.logged.join()).not.to.include('failed');
  });
});
