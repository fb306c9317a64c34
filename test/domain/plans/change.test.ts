import { expect } from 'chai';
import fc from 'fast-check';
import { changedParts, changedPlan, type PlanChange } from '../../../src/domain/plans/change.ts';
import type { GoalKind, Plan, PlanGoal, StepKind } from '../../../src/domain/plans/plan.ts';
import { isUnsent, mostGoals, mostSteps, stepsOf } from '../../../src/domain/plans/plan.ts';
import { sentPlan } from '../../../src/domain/plans/send.ts';

const goals: PlanGoal[] = [
  { id: 'g1', what: 'together', steps: [{ id: 's1-1', what: 'meet', who: 'client', by: '2026-12-08' }] },
  { id: 'g2', what: 'findWork', steps: [{ id: 's2-1', what: 'cv', who: 'client' }] },
];
const at = '2026-11-23T08:00:00.000Z';
const fresh: Plan = {
  ...{ id: 'plan', partition: 'client-1', type: 'plan', schema: 1, language: 'fi', createdAt: at, handling: {} },
  ...{ intake: { id: 'intake', reference: 'P-INTA-KE' }, goals, version: 1, comments: [], heard: [] },
  shown: { version: 1, at, goals },
};
const actor = { coach: 'aino', at, press: 'press' };
const reach = { client: 'client-1', hasEmail: false, language: 'fi', mayAsk: true };
const words = { text: 'Xyz', language: 'fi' };

/** Something that a coach may do: a number chooses among the parts that there are, or one that is gone. */
const wish = fc.oneof(
  fc.record({ do: fc.constant('addGoal' as const), what: fc.constantFrom<GoalKind>('training', 'own') }),
  fc.record({
    do: fc.constant('addStep' as const),
    which: fc.nat(8),
    what: fc.constantFrom<StepKind>('own', 'studies', 'meet'),
    who: fc.constantFrom('client' as const, 'coach' as const),
  }),
  fc.record({
    do: fc.constant('changePart' as const),
    which: fc.nat(40),
    by: fc.constantFrom('2026-12-24', undefined),
    done: fc.boolean(),
    own: fc.boolean(),
  }),
  fc.record({ do: fc.constant('removePart' as const), which: fc.nat(60) }),
  fc.constant({ do: 'send' as const }),
);

function changeOf(one: Exclude<typeof wish extends fc.Arbitrary<infer T> ? T : never, { do: 'send' }>, plan: Plan) {
  const parts = [...plan.goals, ...stepsOf(plan.goals)].map(({ id }) => id);
  const pick = (which: number, from: string[]) => from[which] ?? 'gone';
  switch (one.do) {
    case 'addGoal':
      return { ...one, words } satisfies PlanChange;
    case 'addStep': {
      const goal = pick(
        one.which,
        plan.goals.map(({ id }) => id),
      );
      return { do: 'addStep', goal, what: one.what, who: one.who, words } satisfies PlanChange;
    }
    case 'changePart': {
      const { by, done, own } = one;
      const change = { ...(by && { by }), ...(done && { done }), ...(own && { words }) };
      return { do: 'changePart', part: pick(one.which, parts), ...change } satisfies PlanChange;
    }
    case 'removePart':
      return { do: 'removePart', part: pick(one.which, parts) } satisfies PlanChange;
  }
}

describe('A plan that a coach works on', () => {
  it('stays whole whatever is changed, and the client sees what was sent last and nothing else', () => {
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 60 }), (wishes) => {
        let plan = fresh;
        let seen = fresh.shown.goals;
        const used = new Set([...goals, ...stepsOf(goals)].map(({ id }) => id));
        for (const one of wishes) {
          const before = plan;
          if (one.do === 'send') {
            plan = sentPlan(plan, { id: 'aino', name: 'Aino' }, reach, actor);
            seen = plan.goals;
            expect(plan.goals).to.deep.equal(before.goals);
            expect(isUnsent(plan)).to.equal(false);
          } else {
            const change = changeOf(one, plan);
            const next = changedPlan(plan, change, actor);
            if (typeof next === 'string') {
              if (next === 'gone') expect(JSON.stringify(plan.goals)).not.to.include('"gone"');
              continue;
            }
            plan = next;
            expect(plan.version).to.equal(before.version + 1);
            expect(isUnsent(plan)).to.equal(true);
            // A part that comes new has a name that nothing ever had.
            for (const { id } of [...plan.goals, ...stepsOf(plan.goals)]) {
              if ([...before.goals, ...stepsOf(before.goals)].every((old) => old.id !== id)) {
                expect(used.has(id), id).to.equal(false);
                used.add(id);
              }
            }
          }
          expect(plan.shown.goals).to.deep.equal(seen);
          expect(plan.goals.length).to.be.at.most(mostGoals);
          expect(stepsOf(plan.goals).length).to.be.at.most(mostSteps);
        }
      }),
    );
  });

  it('says which parts are new or different when it is sent again, and not which are done', () => {
    const first = sentPlan(fresh, { id: 'aino', name: 'Aino' }, reach, actor);
    const moved = changedPlan(first, { do: 'changePart', part: 's1-1', by: '2026-12-10' }, actor) as Plan;
    const ticked = changedPlan(moved, { do: 'changePart', part: 's2-1', done: true }, actor) as Plan;
    const grown = changedPlan(ticked, { do: 'addStep', goal: 'g2', what: 'jobs', who: 'client' }, actor) as Plan;
    expect(first.shown.parts).to.deep.equal([]);
    expect(changedParts(first.shown.goals, grown.goals)).to.deep.equal(['s1-1', 's-4']);
    expect(sentPlan(grown, { id: 'aino', name: 'Aino' }, reach, actor).shown.parts).to.deep.equal(['s1-1', 's-4']);
  });

  it('is not changed by a change that changes nothing, or of a part that is gone', () => {
    expect(changedPlan(fresh, { do: 'changePart', part: 's1-1', by: '2026-12-08' }, actor)).to.equal('nothing');
    expect(changedPlan(fresh, { do: 'changePart', part: 'g1' }, actor)).to.equal('nothing');
    expect(changedPlan(fresh, { do: 'changePart', part: 'other', done: true }, actor)).to.equal('gone');
    expect(changedPlan(fresh, { do: 'removePart', part: 'other' }, actor)).to.equal('gone');
    expect(changedPlan(fresh, { do: 'addStep', goal: 's1-1', what: 'cv', who: 'client' }, actor)).to.equal('gone');
  });
});
