import {
  type Doer,
  type GoalKind,
  isDone,
  mostGoals,
  mostSteps,
  type OwnWords,
  type Plan,
  type PlanGoal,
  type PlanStep,
  type StepKind,
  stepsOf,
} from './plan.ts';

/** A change of a plan's content by a coach. */
export type PlanChange =
  | { do: 'addGoal'; what: GoalKind; words?: OwnWords }
  | { do: 'addStep'; goal: string; what: StepKind; service?: string; words?: OwnWords; who: Doer; by?: string }
  | { do: 'changePart'; part: string; words?: OwnWords; who?: Doer; by?: string; done?: boolean }
  | { do: 'removePart'; part: string };

/** Why a change cannot be made: the part is not there, there is no room, or nothing would be different. */
export type PlanRefusal = 'gone' | 'full' | 'nothing';

/** Who makes a change, and when (ISO 8601); `press` marks the press, so that the same one again is known. */
export interface PlanActor {
  coach: string;
  at: string;
  press: string;
}

/**
 * The plan after a change, or why it cannot be made. Ids of parts are never used again, so that a change never means
 * another part than the one it was made for.
 */
export function changedPlan(plan: Plan, change: PlanChange, actor: PlanActor): Plan | PlanRefusal {
  const { coach: by, at, press } = actor;
  const version = plan.version + 1;
  const goals = changedGoals(plan.goals, change, `${version}`, at);
  if (typeof goals === 'string') return goals;
  return { ...plan, goals, version, changed: { by, at, press } };
}

function changedGoals(goals: PlanGoal[], change: PlanChange, made: string, at: string): PlanGoal[] | PlanRefusal {
  switch (change.do) {
    case 'addGoal': {
      if (goals.length >= mostGoals) return 'full';
      const { what, words } = change;
      return [...goals, { id: `g-${made}`, what, ...(words && { words }), steps: [] }];
    }
    case 'addStep': {
      const { goal: id, do: _, ...rest } = change;
      if (!goals.some((goal) => goal.id === id)) return 'gone';
      if (stepsOf(goals).length >= mostSteps) return 'full';
      const step: PlanStep = { id: `s-${made}`, ...rest };
      return goals.map((goal) => (goal.id === id ? { ...goal, steps: [...goal.steps, step] } : goal));
    }
    case 'changePart': {
      const goal = goals.find(({ id }) => id === change.part);
      if (goal)
        return change.words ? goals.map((one) => (one === goal ? withWords(one, change.words!) : one)) : 'nothing';
      const step = stepsOf(goals).find(({ id }) => id === change.part);
      const next = step && changedStep(step, change, at);
      if (!step || !next) return step ? 'nothing' : 'gone';
      return goals.map((one) => ({ ...one, steps: one.steps.map((old) => (old === step ? next : old)) }));
    }
    case 'removePart': {
      const rest = goals
        .filter(({ id }) => id !== change.part)
        .map((goal) => ({ ...goal, steps: goal.steps.filter(({ id }) => id !== change.part) }));
      const size = (all: PlanGoal[]) => all.length + stepsOf(all).length;
      return size(rest) === size(goals) ? 'gone' : rest;
    }
  }
}

/** A goal in other words is told in them alone. */
function withWords({ id, steps }: PlanGoal, words: OwnWords): PlanGoal {
  return { id, what: 'own', words, steps };
}

function changedStep(
  step: PlanStep,
  { words, who, by, done }: Extract<PlanChange, { do: 'changePart' }>,
  at: string,
): PlanStep | undefined {
  const next: PlanStep = {
    ...step,
    ...(words && { words }),
    ...(who && { who }),
    ...(by !== undefined && { by }),
    ...(done && !isDone(step) && { tick: { at, by: 'coach' as const } }),
  };
  return JSON.stringify(next) === JSON.stringify(step) ? undefined : next;
}

/** Ids of goals and steps that are new or different against the goals before; how far a step is does not count. */
export function changedParts(before: readonly PlanGoal[], after: readonly PlanGoal[]): string[] {
  const known = new Set([...before, ...stepsOf(before)].map(contentOf));
  return [...after, ...stepsOf(after)].filter((part) => !known.has(contentOf(part))).map(({ id }) => id);
}

function contentOf(part: PlanGoal | PlanStep): string {
  const { tick: _, steps: __, ...content } = part as PlanGoal & PlanStep;
  return JSON.stringify(Object.entries(content).sort(([one], [other]) => (one < other ? -1 : 1)));
}
