import { barriers, intakeTopics } from '../../domain/clients/intake.ts';
import { type GoalKind, type StepKind, stepKinds } from '../../domain/plans/plan.ts';

/** Goals that a coach can add, own words first. */
export const goalKinds = ['own', ...new Set([...intakeTopics, ...barriers.filter((one) => one !== 'none')])] as [
  GoalKind,
  ...GoalKind[],
];

/** Steps that a coach can add, own words first; those that need a topic come from the intake alone. */
export const addedSteps: readonly StepKind[] = [
  'own',
  ...stepKinds.filter((kind) => !['own', 'talk', 'find'].includes(kind)),
];
