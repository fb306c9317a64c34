import { type Reach, toClient } from '../clients/reach.ts';
import type { Coach } from '../municipalities/pack.ts';
import { telling } from '../notices.ts';
import { changedParts, type PlanActor } from './change.ts';
import type { Plan } from './plan.ts';

/**
 * The plan as it is now goes to the client, who is asked in the chat whether it is right; a yes to an earlier version does
 * not hold for this one. `told` says whether the client could be reached anywhere; they see it in My path all the same.
 */
export function sentPlan(plan: Plan, coach: Pick<Coach, 'id' | 'name'>, reach: Reach, actor: PlanActor): Plan {
  const { id, version, goals, shown } = plan;
  const { at, press } = actor;
  const first = shown.by === undefined;
  const ask = { flow: 'my-plan', given: { version } };
  const key = first ? 'plan.sent.first' : 'plan.sent.again';
  const say = [{ key, with: { coach: coach.name } }];
  const mail = { subject: { key: 'plan.sent.subject' }, say: [...say, { key: 'news.answerHere' }] };
  const items = toClient(reach, `${id}-sent-${version}`, Date.parse(at), { say, ask, mail });
  const parts = first ? [] : changedParts(shown.goals, goals);
  const next: Plan = {
    ...plan,
    shown: { version, at, goals, by: coach.id, parts, told: items.length > 0 },
    changed: { by: coach.id, at, press },
  };
  return telling(next, ...items);
}
