import { z } from 'zod';
import { words } from '../src/domain/clients/intake.ts';
import type { ClientPath } from '../src/domain/clients/path.ts';
import { awaitsClient, isDone, type Plan } from '../src/domain/plans/plan.ts';
import { openStates } from '../src/domain/referrals/withdraw.ts';
import type { Text } from '../src/domain/text.ts';
import { type Answers, defineFlow, type Option, type Outcome } from './engine/flow.ts';
import { callUs, coming } from './meeting-words.ts';
import { goalTexts, planState } from './plan-words.ts';
import { serviceOf } from './referral-words.ts';
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
      options: async (_, services) => whatToDo(await services.clients.path(), services),
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

/** More buttons than this would hide the answer to the plan. */
const begunHere = 3;

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

function whatToDo(found: ClientPath, services: Services): Option[] {
  const { plan } = found;
  const choice = (value: string): Option => ({ value, label: { key: `my-plan.do.options.${value}` } });
  const path = { ...choice('path'), goes: { flow: 'my-path' } };
  if (!plan) return [{ ...choice('intake'), goes: { flow: 'intake' } }, path];
  const accepts: Option = { value: `${yes}${plan.shown.version}`, label: { key: 'my-plan.do.options.accept' } };
  return [...(awaitsClient(plan) ? [accepts] : []), choice('comment'), ...begins(plan, found, services), path];
}

/** Steps of the plan that can be begun here: a time with the coach, and services that take referrals. */
function begins({ shown }: Plan, found: ClientPath, services: Services): Option[] {
  const open = shown.goals.flatMap(({ what, steps }) => {
    return steps.filter((step) => !isDone(step)).map((step) => ({ goal: what, ...step }));
  });
  const meets = open.some(({ what }) => what === 'meet') && coming(found, services).length === 0;
  const going = found.referrals.filter(({ state }) => openStates.includes(state)).map(({ service }) => service);
  const refers = new Map<string, Option>();
  for (const { service: id, goal } of open) {
    const service = id === undefined ? undefined : serviceOf(id, services);
    if (!service?.referral || going.includes(service.id)) continue;
    const needs = service.needs.filter((need) => need === goal);
    const given = { needs: needs.length > 0 ? needs : service.needs, service: service.id, how: 'refer' };
    const label = { key: 'my-plan.refer', with: { service: service.name } };
    refers.set(service.id, { value: `refer-${service.id}`, label, goes: { flow: 'referral', given } });
  }
  const book: Option = { value: 'book', label: { key: 'my-plan.book' }, goes: { flow: 'booking' } };
  return [...(meets ? [book] : []), ...refers.values()].slice(0, begunHere);
}
