import { expect } from 'chai';
import fc from 'fast-check';
import { changeDocument } from '../../../src/domain/change-document.ts';
import { clientRef } from '../../../src/domain/clients/client.ts';
import type { Client } from '../../../src/domain/clients/path.ts';
import { readPath } from '../../../src/domain/clients/read-path.ts';
import { submitIntake } from '../../../src/domain/clients/submit-intake.ts';
import { isDone, type Plan, type PlanStep, stepsOf } from '../../../src/domain/plans/plan.ts';
import { factsOf, type PlanFact, tickedPlan, tickPlan } from '../../../src/domain/plans/tick.ts';
import { anAct } from '../../support/acts.ts';
import { porvoo } from '../../support/conversation.ts';
import { dying } from '../../support/dying-documents.ts';
import { tellRow } from '../../support/row.ts';

const service = porvoo.services.find(({ needs, referral }) => referral && needs.includes('training'))!;
const step = (id: string, what: PlanStep['what'], more: Partial<PlanStep> = {}): PlanStep => {
  return { id, what, who: 'client', ...more };
};
const goals = [
  { id: 'g1', what: 'together' as const, steps: [step('a', 'meet'), step('b', 'followUp'), step('c', 'meet')] },
  {
    id: 'g2',
    what: 'training' as const,
    steps: [step('d', 'service', { service: service.id }), step('e', 'find', { need: 'training' }), step('f', 'cv')],
  },
];
const at = '2026-11-23T08:00:00.000Z';
const fresh: Plan = {
  ...{ id: 'plan', partition: 'client-1', type: 'plan', schema: 1, language: 'fi', createdAt: at, handling: {} },
  ...{ intake: { id: 'intake', reference: 'P-INTA-KE' }, goals, version: 1, comments: [], heard: [] },
  shown: { version: 1, at, goals },
};

const someFact = fc.oneof(
  fc.record({
    by: fc.constant('meeting' as const),
    id: fc.constantFrom('m1', 'm2', 'm3', 'm4'),
    at: fc.constant(at),
    topic: fc.constantFrom('firstMeeting' as const, 'followUp' as const),
  }),
  fc.record({
    by: fc.constant('referral' as const),
    id: fc.constantFrom('r1', 'r2', 'r3'),
    at: fc.constant(at),
    service: fc.constantFrom(service.id, 'another'),
    came: fc.constantFrom('completed' as const, 'declined' as const, 'expired' as const),
  }),
);

describe('The steps of a plan', () => {
  it('tick once for each thing that happened, in whatever order and however often they are told', () => {
    fc.assert(
      fc.property(fc.array(fc.array(someFact, { maxLength: 5 }), { maxLength: 12 }), (tellings) => {
        let plan = fresh;
        for (const facts of tellings) {
          const before = plan;
          plan = tickedPlan(plan, facts as PlanFact[], porvoo.services) ?? plan;
          expect(tickedPlan(plan, facts as PlanFact[], porvoo.services)).to.equal(undefined);
          const steps = stepsOf(plan.goals);
          // What is done stays done, and by what it was done.
          for (const old of stepsOf(before.goals).filter(({ tick }) => tick?.by === 'meeting')) {
            expect(steps.find(({ id }) => id === old.id)).to.deep.equal(old);
          }
          const ticking = steps.flatMap(({ tick }) => (tick ? [tick.fact] : []));
          expect(new Set(ticking).size, 'one fact ends one step').to.equal(ticking.length);
          // The client sees the same ticks as the coach.
          expect(stepsOf(plan.shown.goals)).to.deep.equal(steps);
          expect(steps.find(({ id }) => id === 'f')!.tick).to.equal(undefined);
        }
        const told = tellings.flat();
        const meetings = new Set(told.filter(({ by }) => by === 'meeting').map(({ id }) => id)).size;
        const done = stepsOf(plan.goals).filter(({ tick }) => tick?.by === 'meeting').length;
        expect(done).to.be.at.most(meetings);
        if (meetings > 0) expect(done).to.be.greaterThan(0);
      }),
    );
  });

  it('are done by a referral that was completed, and only ended by one that came to nothing', () => {
    const ends = { by: 'referral', id: 'r1', at, service: service.id, came: 'expired' } as const;
    const expired = tickedPlan(fresh, [ends], porvoo.services)!;
    const [open] = stepsOf(expired.goals).filter(({ id }) => id === 'd');
    expect(open!.tick).to.deep.include({ fact: 'r1', came: 'expired' });
    expect(isDone(open!)).to.equal(false);
    // The partner answered late after all: the same referral, and still one step.
    const late = tickedPlan(expired, [{ ...ends, came: 'completed' }], porvoo.services)!;
    expect(
      stepsOf(late.goals)
        .filter(isDone)
        .map(({ id }) => id),
    ).to.deep.equal(['d']);
    expect(stepsOf(late.goals).filter(({ tick }) => tick)).to.have.length(1);
  });

  it('do not tick for a step that is added later', () => {
    const held = { by: 'meeting', id: 'm1', at, topic: 'followUp' } as const;
    const none = { ...fresh, goals: [], shown: { ...fresh.shown, goals: [] } };
    const heard = tickedPlan(none, [held], porvoo.services)!;
    expect(tickedPlan({ ...heard, goals }, [held], porvoo.services)).to.equal(undefined);
  });
});

describe('A meeting that was held', () => {
  const meeting = { coach: 'aino-lehtivaara', date: '2026-11-20', id: 'm1' };
  const answers = { situation: 'unemployed', topic: 'findWork', ageGroup: '18to24', contactWay: 'here' } as const;

  /** The client had a meeting, which was held, before anything else. */
  async function held(act: ReturnType<typeof anAct>): Promise<void> {
    const start = `${meeting.date}T10:00:00+02:00`;
    const appointment = {
      ...{ id: meeting.id, client: act.client, coach: meeting.coach, start, end: `${meeting.date}T10:45:00+02:00` },
      ...{ place: 'centre', reference: 'P-MEET-NG', topic: 'firstMeeting', kind: 'office', state: 'seen' },
      ...{ language: 'fi', sequence: 0, bookedAt: at, changedAt: at, handling: {} },
    };
    const place = { id: meeting.date, partition: meeting.coach, type: 'day', schema: 1 };
    await act.documents.create('calendars', { ...place, appointments: [appointment] } as never);
    await changeDocument<Client>(act.documents, clientRef(act.client), (client) => {
      const fresh = { ...clientRef(act.client), type: 'client', schema: 1, municipality: 'porvoo', language: 'fi' };
      const { collection: _, ...own } = fresh;
      return { ...own, createdAt: at, ...client, appointments: [meeting] } as Client;
    });
  }
  const meetStep = async (act: ReturnType<typeof anAct>) => {
    const { plan } = await readPath(act.documents, act.client);
    return stepsOf(plan!.goals).find(({ what }) => what === 'meet')!;
  };

  it('ticks the step of a plan that is made only afterwards', async () => {
    const act = anAct();
    await held(act);
    await tickPlan(act);
    await submitIntake(act, answers);
    expect((await meetStep(act)).tick).to.deep.include({ by: 'meeting', fact: 'm1' });
  });

  it('ticks it once, wherever a crash came while the plan was made, and in whatever order it was told', async () => {
    const counting = dying(anAct().documents);
    await held(anAct({ documents: counting.documents }));
    const first = counting.calls();
    await submitIntake(anAct({ documents: counting.documents }), answers);
    let crashes = 0;
    for (let call = 1; call <= counting.calls() - first; call++) {
      for (const when of ['before', 'after'] as const) {
        const act = anAct();
        await held(act);
        const crash = dying(act.documents, { call, when });
        await submitIntake({ ...act, documents: crash.documents }, answers).catch(() => {});
        await tickPlan(act);
        await submitIntake(act, answers);
        await tickPlan(act);
        const { plan } = await readPath(act.documents, act.client);
        expect(stepsOf(plan!.goals).filter(({ tick }) => tick)).to.have.length(1);
        expect(plan!.heard).to.deep.equal(['m1']);
        crashes++;
      }
    }
    tellRow(`R5 (plan) ${crashes} crashes while a plan is made for a meeting that was held: ticked once each time`);
  });

  it('is found among the facts of the client, and a withdrawn draft is none', async () => {
    const act = anAct();
    await held(act);
    const path = await readPath(act.documents, act.client);
    expect(factsOf(path).map(({ id }) => id)).to.deep.equal(['m1']);
    const draft = {
      id: 'r',
      state: 'withdrawn',
      history: [
        { state: 'draft', at },
        { state: 'withdrawn', at },
      ],
    };
    expect(factsOf({ appointments: [], referrals: [draft as never] })).to.deep.equal([]);
  });
});
