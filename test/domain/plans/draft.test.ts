import { expect } from 'chai';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { draftGoals } from '../../../src/domain/plans/draft.ts';
import { mostGoals, mostSteps, stepsOf } from '../../../src/domain/plans/plan.ts';
import { doerText, goalText, stepLine } from '../../../src/domain/plans/tell.ts';
import { porvoo, texts } from '../../support/conversation.ts';
import { someAnswers } from '../../support/intake-answers.ts';

const today = '2026-11-23';
const meetBy = '2026-12-08';
const draft = (answers: object, municipality = porvoo) =>
  draftGoals(municipality, { answers, language: 'fi', meetBy }, today);

describe('The draft of a plan', () => {
  it('has goals and steps for whatever somebody tells, each with who does it and by when', () => {
    fc.assert(
      fc.property(someAnswers, (answers) => {
        const goals = draft(answers);
        const steps = stepsOf(goals);
        expect(goals.length).to.be.within(1, mostGoals);
        expect(steps.length).to.be.within(2, mostSteps);
        const ids = [...goals, ...steps].map(({ id }) => id);
        expect(new Set(ids).size).to.equal(ids.length);
        for (const { by, who } of steps) {
          expect(['client', 'coach', 'partner']).to.include(who);
          const day = DateTime.fromISO(by!);
          expect(by! > today && day.weekday <= 5, by).to.equal(true);
        }
        expect(draft(answers)).to.deep.equal(goals);
      }),
    );
  });

  it('reads in every language for the client and the coach', () => {
    fc.assert(
      fc.property(someAnswers, fc.constantFrom(...texts.languages), (answers, language) => {
        for (const reader of ['client', 'coach'] as const) {
          for (const goal of draft(answers)) {
            const lines = goal.steps.map((step) => stepLine(step, { reader, coach: undefined, pack: porvoo }));
            const said = [goalText(goal), ...lines].map((text) => texts.say(text, language)).join('\n');
            expect(said).not.to.match(/\{\{|undefined|\(, /);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('follows what the person told: registering, an interpreter, a service that fits and its provider by name', () => {
    const goals = draft({ searchStart: 'notYet', topic: 'training', hinders: ['money'], interpreter: true });
    expect(goals.map(({ what }) => what)).to.deep.equal(['together', 'training', 'money']);
    expect(goals[0]!.steps.map(({ what }) => what)).to.deep.equal(['register', 'meet', 'interpreter', 'followUp']);
    expect(goals[2]!.steps[0]!.what).to.equal('kela');
    const service = goals[1]!.steps.find(({ what }) => what === 'service')!;
    const found = porvoo.services.find(({ id }) => id === service.service)!;
    expect(found.needs).to.include('training');
    expect(doerText(service, 'client', undefined, porvoo)).to.equal(found.provider);
  });

  it('begins with choosing a goal when the person named none', () => {
    const [goal, ...more] = draft({ topic: 'unknown', hinders: ['none'] });
    expect(goal!.steps.map(({ what }) => what)).to.deep.equal(['meet', 'goal', 'followUp']);
    expect(more).to.deep.equal([]);
  });

  it('counts working days, by the pack where it says otherwise', () => {
    const slow = { ...porvoo, plan: { workingDays: { cv: 9 } } };
    const cv = (municipality = porvoo) =>
      stepsOf(draft({ topic: 'findWork' }, municipality)).find(({ what }) => what === 'cv')!.by;
    // Independence Day is a Sunday in 2026; ten working days on is Monday in two weeks.
    expect(cv()).to.equal('2026-12-07');
    expect(cv(slow)).to.equal('2026-12-04');
  });
});
