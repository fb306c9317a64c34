import { z } from 'zod';
import { words } from '../src/domain/clients/intake.ts';
import { awaitsClient, type Plan } from '../src/domain/plans/plan.ts';
import type { Text } from '../src/domain/text.ts';
import { type Answers, defineFlow, type Option, type Outcome } from './engine/flow.ts';
import { callUs } from './meeting-words.ts';
import { goalTexts, planState } from './plan-words.ts';
import type { Services } from './services.ts';

/** The person's employment plan: see it, say yes to what the coach sent, or write to the coach about it. */
export const myPlan = defineFlow({
  id: 'my-plan',
  answers: z.object({ do: z.string(), comment: words }),
  // Asked in the chat when a coach has sent a version (`version`), as long as that one waits for an answer.
  wanted: async (given, services) => {
    const plan = await planOf(services);
    return plan !== undefined && awaitsClient(plan) && plan.shown.version === (given as Answers).version;
  },
  questions: [
    {
      ask: 'do',
      tell: async (_, services) => whatItIs(await planOf(services), services),
      options: async (_, services) => whatToDo(await planOf(services)),
    },
    { ask: 'comment', when: { do: 'comment' } },
  ],
  review: false,
  async complete(answers, services, intent) {
    if (answers.do === 'comment') {
      await services.plan.comment(answers.comment, intent);
      return { say: [{ key: 'my-plan.commented' }] };
    }
    return accept(Number(answers.do.slice(yes.length)), services, intent);
  },
});

/** A yes names the version that was on the screen. */
const yes = 'accept-';

async function planOf({ clients }: Services): Promise<Plan | undefined> {
  return (await clients.path()).plan;
}

async function accept(version: number, services: Services, intent: string): Promise<Outcome> {
  const { accepted, shown } = await services.plan.accept(version, intent);
  if (accepted?.version !== shown.version) return { again: 'do', because: { key: 'my-plan.changedMeanwhile' } };
  return { say: [{ key: 'my-plan.accepted' }, callUs('my-plan.changeIt', services.municipality)] };
}

function whatItIs(plan: Plan | undefined, services: Services): Text[] {
  if (!plan) return [{ key: 'my-plan.none' }];
  return [
    { lines: [{ key: 'plan.title' }, planState(plan)] },
    ...goalTexts(plan.shown.goals, plan, services),
    { key: 'plan.notDecision' },
  ];
}

function whatToDo(plan: Plan | undefined): Option[] {
  const choice = (value: string): Option => ({ value, label: { key: `my-plan.do.options.${value}` } });
  const path = { ...choice('path'), goes: { flow: 'my-path' } };
  if (!plan) return [{ ...choice('intake'), goes: { flow: 'intake' } }, path];
  const accepts: Option = { value: `${yes}${plan.shown.version}`, label: { key: 'my-plan.do.options.accept' } };
  return [...(awaitsClient(plan) ? [accepts] : []), choice('comment'), path];
}
