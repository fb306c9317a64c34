import type { IntakeAnswers } from '../src/domain/clients/intake.ts';
import type { ClientPath } from '../src/domain/clients/path.ts';
import { targetGroupsOf } from '../src/domain/municipalities/routing.ts';
import {
  awaitsClient,
  isDone,
  isUnsent,
  type OwnWords,
  type Plan,
  type PlanGoal,
  stepsOf,
} from '../src/domain/plans/plan.ts';
import { goalText, stepLine } from '../src/domain/plans/tell.ts';
import type { Text } from '../src/domain/text.ts';
import type { Services } from './services.ts';

type Told = Pick<Services, 'municipality' | 'language'>;

/** The goals of a plan with their steps, a message a goal, as the person reads them. */
export function goalTexts(goals: readonly PlanGoal[], plan: Plan, { municipality, language }: Told): Text[] {
  const { coach, shown } = plan;
  // What is new matters as long as it waits for an answer.
  const news = new Set(awaitsClient(plan) ? shown.parts : []);
  return goals.map((goal, n): Text => {
    const steps = goal.steps.map((step) => {
      const line = stepLine(step, { reader: 'client', coach, pack: municipality, isNew: news.has(step.id) });
      return { key: 'plan.item', with: { line: inLanguage(line, step.words, language) } };
    });
    const none: Text[] = steps.length === 0 ? [{ key: 'plan.noSteps' }] : [];
    const named = inLanguage(goalText(goal), goal.words, language);
    return { lines: [{ key: 'plan.goal', with: { number: n + 1, goal: named } }, ...steps, ...none] };
  });
}

/** Own words in another language than the reader's say which it is. */
function inLanguage(text: Text, words: OwnWords | undefined, language: string): Text {
  if (!words || words.language === language) return text;
  return { key: 'plan.inLanguage', with: { line: text, language: { key: `answers.writtenIn.${words.language}` } } };
}

/** How far the plan is between the person and the coach. */
export function planState({ shown, accepted }: Plan): Text {
  if (shown.by === undefined) return { key: 'plan.state.draft' };
  const on = (at: string): Text => ({ at, as: 'date' });
  if (accepted?.version === shown.version) return { key: 'plan.state.accepted', with: { on: on(accepted.at) } };
  return { key: accepted ? 'plan.state.changed' : 'plan.state.sent', with: { on: on(shown.at) } };
}

/** The plan on the person's path: how far it is, and what comes next; nothing as long as there is none. */
export function planOverview({ plan }: ClientPath): Text[] {
  if (!plan) return [];
  const steps = stepsOf(plan.shown.goals);
  const count = { done: steps.filter(isDone).length, all: steps.length };
  const lines: Text[] = [planState(plan), ...(steps.length > 0 ? [{ key: 'plan.count', with: count }] : [])];
  return [{ lines: [{ key: 'plan.title' }, ...lines] }];
}

/** Whether the person has something to say of the plan now. */
export function asksPlan({ plan }: ClientPath): boolean {
  return plan !== undefined && awaitsClient(plan);
}

/** The plan in the copy of one's data: as it was shown, what the coach has not sent yet, the yes, and own comments. */
export function planCopy({ plan }: ClientPath, services: Told): Text[] {
  if (!plan) return [];
  const on = (at: string): Text => ({ at, as: 'date' });
  const unsent = isUnsent(plan) && plan.version > plan.shown.version;
  return [
    '',
    { key: 'plan.copy.title', with: { on: on(plan.createdAt) } },
    planState(plan),
    ...goalTexts(plan.shown.goals, plan, services),
    ...(unsent ? [{ key: 'plan.copy.unsent' }, ...goalTexts(plan.goals, plan, services)] : []),
    ...plan.comments.map(({ words, at }) => ({ key: 'plan.copy.comment', with: { on: on(at), words: words.text } })),
    { key: 'plan.notDecision' },
  ];
}

/** Which of the city's groups the person told to belong to, and what that means; nothing when it is none. */
export function groupText(answers: Partial<IntakeAnswers>, { municipality }: Pick<Told, 'municipality'>): Text[] {
  const ids = targetGroupsOf(municipality, answers);
  const groups = municipality.targetGroups.filter(({ id }) => ids.includes(id));
  const told = groups.filter(({ means }) => means !== undefined);
  if (told.length === 0) return [];
  // Several groups may mean the same: it is said once.
  const meanings = [...new Map(told.map(({ means }) => [means!.fi, means!])).values()];
  const because: Text = { key: 'plan.group', with: { groups: { list: told.map(({ name }) => name) } } };
  return [{ lines: [because, ...meanings] }];
}
