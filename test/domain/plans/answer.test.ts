import { expect } from 'chai';
import fc from 'fast-check';
import { changeDocument } from '../../../src/domain/change-document.ts';
import type { ClientAct } from '../../../src/domain/clients/client.ts';
import { correctIntake } from '../../../src/domain/clients/correct-intake.ts';
import { submitIntake } from '../../../src/domain/clients/submit-intake.ts';
import { acceptPlan, commentPlan } from '../../../src/domain/plans/answer.ts';
import { changedPlan } from '../../../src/domain/plans/change.ts';
import { mostComments, type Plan, planRef } from '../../../src/domain/plans/plan.ts';
import { sentPlan } from '../../../src/domain/plans/send.ts';
import { anAct } from '../../support/acts.ts';

const reach = { client: 'client-1', hasEmail: false, language: 'fi', mayAsk: true };
const actor = { coach: 'aino', at: '2026-11-23T09:00:00.000Z', press: 'press' };
const answers = { situation: 'unemployed', topic: 'findWork', ageGroup: '18to24', contactWay: 'here' } as const;

const change = (act: ClientAct, next: (plan: Plan) => Plan | undefined) =>
  changeDocument<Plan>(act.documents, planRef(act.client), (plan) => plan && next(plan));
const send = (act: ClientAct) => change(act, (plan) => sentPlan(plan, { id: 'aino', name: 'Aino' }, reach, actor));
const grow = (act: ClientAct) =>
  change(act, (plan) => {
    const next = changedPlan(plan, { do: 'addGoal', what: 'digital' }, actor);
    return typeof next === 'string' ? undefined : next;
  });
const kept = async (act: ClientAct) => (await act.documents.get<Plan>(planRef(act.client)))!.document;
const news = ({ outbox = [] }: Plan) => outbox.filter(({ payload }) => payload.news === 'plan').map(({ id }) => id);

describe('What a client answers about the plan', () => {
  it('holds for the version that was on the screen, and each yes is told once, in whatever order things happen', async () => {
    const wish = fc.oneof(
      fc.constant({ do: 'grow' as const }),
      fc.constant({ do: 'send' as const }),
      fc.record({ do: fc.constant('accept' as const), version: fc.integer({ min: 1, max: 5 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(wish, { maxLength: 15 }), async (wishes) => {
        const act = anAct();
        await submitIntake(act, answers);
        const yes = new Set<number>();
        for (const one of wishes) {
          const before = await kept(act);
          if (one.do === 'grow') await grow(act);
          if (one.do === 'send') await send(act);
          if (one.do !== 'accept') continue;
          const after = await acceptPlan(act, one.version);
          const holds = before.shown.by !== undefined && before.shown.version === one.version;
          if (holds) yes.add(one.version);
          else expect(after).to.deep.equal(before);
          expect(after.accepted?.version).to.equal(holds ? one.version : before.accepted?.version);
        }
        const plan = await kept(act);
        const told = news(plan);
        expect(told.sort()).to.deep.equal([...yes].map((version) => `${plan.id}-accepted-${version}`).sort());
        await act.documents.close();
      }),
      { numRuns: 40 },
    );
  });

  it('is one comment for one intent, and many at once are all kept and told', async () => {
    const act = anAct();
    await submitIntake(act, answers);
    const words = ['a', 'b', 'c', 'd', 'a', 'b'];
    await Promise.all(words.map((text) => commentPlan({ ...act, intent: text }, text)));
    const plan = await kept(act);
    expect(plan.comments.map(({ words: own }) => own.text).sort()).to.deep.equal(['a', 'b', 'c', 'd']);
    expect(news(plan)).to.have.length(4);
  });

  it('keeps the newest comments when there are very many', async () => {
    const act = anAct();
    await submitIntake(act, answers);
    for (let n = 0; n < mostComments + 5; n++) await commentPlan({ ...act, intent: `${n}` }, `words ${n}`);
    const { comments } = await kept(act);
    expect(comments).to.have.length(mostComments);
    expect(comments.at(-1)!.words).to.deep.equal({ text: `words ${mostComments + 4}`, language: 'fi' });
  });

  it('is refused when there is no plan', async () => {
    const act = anAct();
    for (const answer of [acceptPlan(act, 1), commentPlan(act, 'words')]) {
      expect(await answer.catch((error: { code: string }) => error.code)).to.equal('notFound');
    }
  });
});

describe('An intake that was put right', () => {
  it('makes an untouched draft anew, and changes the name alone in a plan that somebody has worked on', async () => {
    for (const isTouched of [false, true]) {
      const act = anAct();
      const { intake } = await submitIntake(act, { ...answers, name: 'Mirja' });
      if (isTouched) await grow(act);
      const right = { ...answers, name: 'Mira', topic: 'training' } as const;
      await correctIntake({ ...act, intent: 'correction' }, intake.id, right);
      const plan = await kept(act);
      expect(plan.name).to.equal('Mira');
      expect(plan.goals[1]!.what).to.equal(isTouched ? 'findWork' : 'training');
      expect(plan.version).to.equal(isTouched ? 2 : 1);
    }
  });
});

describe('A later intake', () => {
  it('makes a draft anew that nobody has worked on, and leaves a plan that somebody has', async () => {
    const other = { ...answers, topic: 'entrepreneurship' } as const;
    const fresh = anAct();
    await submitIntake(fresh, answers);
    await submitIntake({ ...fresh, intent: 'later' }, other);
    expect((await kept(fresh)).goals.map(({ what }) => what)).to.deep.equal(['together', 'entrepreneurship']);
    const touched = anAct();
    await submitIntake(touched, answers);
    await send(touched);
    const before = await kept(touched);
    const later = { ...touched, intent: 'later', now: touched.now.plus({ days: 30 }) };
    await submitIntake(later, { ...other, ageGroup: '55plus' });
    const after = await kept(touched);
    expect(after.goals).to.deep.equal(before.goals);
    expect(after.expiresAt).to.be.greaterThan(before.expiresAt!);
    expect(after.coach, 'another coach, whom the intake led to').not.to.equal(before.coach);
  });
});
