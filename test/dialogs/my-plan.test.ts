import { expect } from 'chai';
import type { Plan } from '../../src/domain/plans/plan.ts';
import { moveReferral } from '../../src/domain/referrals/progress.ts';
import { hasIntake } from '../support/clients.ts';
import { converse, texts } from '../support/conversation.ts';
import { Days } from '../support/days.ts';
import { PlanDesk } from '../support/plan-desk.ts';

async function begun(language = 'fi') {
  const talk = await converse({ language });
  await hasIntake(talk);
  const days = new Days(talk);
  await days.deliver();
  return { talk, desk: new PlanDesk(talk), days };
}

/** The coach sends the plan as it is. */
async function sent(language = 'fi') {
  const scene = await begun(language);
  await scene.desk.presses('sendPlan');
  await scene.days.deliver();
  return scene;
}

const accept = ({ shown }: Plan) => `accept-${shown.version}`;
const told = (given: object[]) => given.map((one) => JSON.stringify(one)).join();

for (const language of texts.languages) {
  describe(`My plan (${language})`, () => {
    it('is a draft after the intake, says that it is no decision, and asks for nothing yet', async () => {
      const { talk, desk } = await begun(language);
      await talk.presses('my-path');
      talk.hears('plan.title', 'plan.state.draft');
      await talk.presses('plan');
      talk.hears('plan.goals.together', 'plan.goals.findWork', 'plan.steps.meet', 'plan.notDecision').isAsked('do');
      expect(talk.labelOf(accept(await desk.plan()))).to.equal(undefined);
    });

    it('comes to the chat when the coach sends it, and is accepted there', async () => {
      const { talk, desk, days } = await sent(language);
      talk.hears('plan.sent.first', 'plan.state.sent', 'plan.steps.meet').isAsked('do');
      expect(talk.heard).to.include('Samira Nahari');
      await talk.presses(accept(await desk.plan()));
      talk.hears('my-plan.accepted').isAsked('menu');
      expect((await desk.plan()).accepted!.version).to.equal(1);
      expect(told((await desk.plan()).outbox ?? [])).to.include('"news":"plan"');
      await days.deliver();
      await talk.presses('my-path');
      talk.hears('plan.state.accepted');
    });

    it('takes words to the coach, who reads in which language they are', async () => {
      const { talk, desk } = await sent(language);
      await talk.presses('comment');
      await talk.isAsked('comment').says('Kolme on liikaa – two? två');
      talk.hears('my-plan.commented').isAsked('menu');
      const lines = (await desk.lines()).join('\n');
      expect(lines).to.include('Kolme on liikaa – two? två');
      const { language: reads } = talk.municipality.coaches.find(({ id }) => id === 'samira-nahari')!;
      expect(lines).to.include(texts.say({ key: `answers.writtenIn.${language}` }, reads));
    });

    it('is in the copy of one’s own data, with what one wrote and what the coach has not sent', async () => {
      const { talk, desk } = await sent(language);
      await talk.presses('comment');
      await talk.says('Xyz');
      await desk.presses('addGoal', { what: 'own', words: 'Opin uimaan' });
      await talk.presses('my-path');
      await talk.presses('copy');
      const [{ text = '' } = {}] = talk.replies.flatMap(({ files = [] }) => files);
      expect(text).to.include('Xyz').and.include('Opin uimaan');
      expect(text).to.include(texts.say({ key: 'plan.steps.meet' }, language));
    });
  });
}

describe('A plan that was accepted', () => {
  it('is asked for anew after a change, which is marked, and the earlier yes does not hold', async () => {
    const { talk, desk, days } = await sent();
    await talk.presses(accept(await desk.plan()));
    const goal = (await desk.plan()).goals[1]!.id;
    await desk.presses('addStep', {
      goal,
      what: 'own',
      words: 'Soitan taimitarhalle',
      who: 'client',
      by: '2026-12-01',
    });
    await days.deliver();
    // Not sent yet: the client sees what they accepted.
    await talk.presses('my-path');
    talk.hears('plan.state.accepted');
    await talk.commands('menu');
    await desk.presses('sendPlan');
    await days.deliver();
    talk.hears('plan.sent.again', 'plan.state.changed', 'plan.line.new').isAsked('do');
    expect(talk.heard).to.include('Soitan taimitarhalle').and.include('1. joulukuuta 2026');
    const plan = await desk.plan();
    expect(plan.accepted!.version).to.be.lessThan(plan.shown.version);
    await talk.presses(accept(plan));
    expect((await desk.plan()).accepted!.version).to.equal(plan.shown.version);
  });

  it('is not accepted unseen: a yes to a version that was changed meanwhile shows the new one', async () => {
    const { talk, desk, days } = await sent();
    const old = talk.labelOf(accept(await desk.plan()))!;
    await desk.presses('addGoal', { what: 'digital' });
    await desk.presses('sendPlan');
    // The person presses before the news of the new version has come to the chat.
    await talk.says(old);
    talk.hears('my-plan.changedMeanwhile', 'plan.goals.digital').isAsked('do');
    expect((await desk.plan()).accepted).to.equal(undefined);
    await talk.presses(accept(await desk.plan()));
    expect((await desk.plan()).accepted!.version).to.equal(2);
    await days.deliver();
  });
});

describe('My plan', () => {
  it('is told to somebody without an intake as what it will be, and leads there', async () => {
    const talk = await converse();
    await talk.isTold({ say: [], ask: { flow: 'my-plan', given: { version: 1 } } });
    // Nothing was sent, so nothing is asked.
    talk.isAsked('menu');
  });

  it('leads to a time with the coach and to a service, as long as neither is under way', async () => {
    const { talk } = await begun();
    const { plan } = await talk.world().clients.path();
    const { service } = plan!.goals.flatMap(({ steps }) => steps).find(({ what }) => what === 'service')!;
    await talk.presses('my-path');
    await talk.presses('plan');
    await talk.presses('book');
    expect(talk.dialog.flow?.id).to.equal('booking');
    await talk.commands('menu');
    await talk.presses('my-path');
    await talk.presses('plan');
    await talk.presses(`refer-${service}`);
    expect(talk.isAsked('lines').dialog.flow?.answers).to.include({ service, how: 'refer' });
    const request = { service: service!, lines: [], consent: true, consentVersion: '1' };
    await talk.world().referrals.submit(request, 'referral');
    const [slot] = await talk.world().appointments.free({ topic: 'firstMeeting', kind: 'office', limit: 1 });
    await talk.world().appointments.book({ topic: 'firstMeeting', kind: 'office', slot: slot! }, 'meeting');
    await talk.commands('menu');
    await talk.presses('my-path');
    await talk.presses('plan');
    expect([talk.labelOf('book'), talk.labelOf(`refer-${service}`)]).to.deep.equal([undefined, undefined]);
  });

  it('ticks itself when a meeting was held and when a service was completed', async () => {
    const { talk, desk, days } = await sent();
    await talk.presses(accept(await desk.plan()));
    const step = (await desk.plan()).goals.flatMap(({ steps }) => steps).find(({ what }) => what === 'service')!;
    const act = { documents: talk.documents, municipality: talk.municipality, client: talk.client, now: talk.now };
    const request = { service: step.service!, lines: [], consent: true, consentVersion: '1' };
    const { id } = await talk.world().referrals.submit(request, 'referral');
    await moveReferral(act, id, { state: 'accepted', by: 'partner' }, 1);
    await moveReferral(act, id, { state: 'completed', by: 'partner' }, 2);
    await days.deliver();
    await days.deliver();
    const done = (await desk.plan()).goals.flatMap(({ steps }) => steps).find((one) => one.id === step.id)!;
    expect(done.tick).to.deep.include({ by: 'referral', fact: id, came: 'completed' });
    expect((await desk.plan()).accepted, 'a tick asks nobody anew').not.to.equal(undefined);
  });

  it('goes with everything when the person deletes it, and nothing that comes later brings it back', async () => {
    const { talk, days } = await sent();
    const partition = talk.client;
    await talk.world().clients.erase('erase');
    expect(await talk.documents.list('clients', partition)).to.deep.equal([]);
    const { words } = await new PlanDesk(talk, 'samira-nahari').sends({ act: 'addGoal' }, { what: 'digital' });
    expect(words).to.equal(texts.say({ key: 'coach.act.gone' }, 'en'));
    await days.deliver();
    expect(await talk.documents.list('clients', partition)).to.deep.equal([]);
  });
});
