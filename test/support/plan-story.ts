import { submitIntake } from '../../src/domain/clients/submit-intake.ts';
import type { CaseRef } from '../../src/domain/notices.ts';
import { acceptPlan, commentPlan } from '../../src/domain/plans/answer.ts';
import { planRef } from '../../src/domain/plans/plan.ts';
import type { Act } from '../../src/teams/acts/offered.ts';
import { aino, linnea, samira } from './coach-office.ts';
import type { CoachScene } from './coach-scene.ts';

/** A way through the states of a case: who presses what, or what else happens. */
export type Way = (
  | [coach: string, act: Act, inputs?: Record<string, string>]
  | ((scene: CoachScene) => Promise<unknown>)
)[];

/** A kind of case, how it begins, and ways through its states. */
export interface Story {
  name: string;
  begin(scene: CoachScene): Promise<CaseRef>;
  ways: Way[];
}

/** What the forms of a plan's card could send along. */
export const planInputs = {
  'addGoal-what': 'digital',
  'addStep-goal': 'g1',
  'addStep-what': 'cv',
  'addStep-who': 'client',
  'changePart-part': 's1-1',
  'changePart-done': 'true',
  'removePart-part': 'g1',
};

/** A plan that coaches of three languages work on, which the client comments and accepts. */
export const planStory: Story = {
  name: 'plan',
  async begin(scene) {
    await scene.opens('en');
    await submitIntake(scene.act('intake'), { situation: 'unemployed' });
    await scene.relay.sweep();
    const { collection, partition, id } = planRef(scene.clientId);
    return { collection: collection as 'clients', partition, id };
  },
  ways: [
    [
      [aino, 'addGoal', { what: 'training' }],
      [linnea, 'addStep', { goal: 'g1', what: 'jobs', who: 'client' }],
      [samira, 'sendPlan'],
      (scene) => commentPlan(scene.act('comment'), 'Too much'),
      [aino, 'seen'],
      [aino, 'changePart', { part: 's1-1', done: 'true' }],
      [aino, 'removePart', { part: 's1-1' }],
      [aino, 'sendPlan'],
      (scene) => scene.clock.pass(1_000),
      (scene) => acceptPlan(scene.act('accept'), 5),
      [samira, 'seen'],
    ],
  ],
};
