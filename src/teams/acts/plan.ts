import { changeDocument } from '../../domain/change-document.ts';
import { type Reach, reachOf } from '../../domain/clients/reach.ts';
import { madeId } from '../../domain/made-id.ts';
import type { Coach, Municipality } from '../../domain/municipalities/pack.ts';
import type { CaseRef } from '../../domain/notices.ts';
import { changedPlan, type PlanActor, type PlanChange } from '../../domain/plans/change.ts';
import type { Plan } from '../../domain/plans/plan.ts';
import { sentPlan } from '../../domain/plans/send.ts';
import type { Text } from '../../domain/text.ts';
import type { Pressing } from '../actions.ts';
import { caseIn, coachesOf, handlingOf } from '../cases.ts';
import type { CardParts } from '../present.ts';
import { type Act, actsOf, markOf } from './offered.ts';
import { readPlanChange } from './plan-wish.ts';

/** What a press wants of a plan. */
type PlanWish = PlanChange | { do: 'sendPlan'; reach: Reach } | { do: 'seen' };

/**
 * Does what a coach pressed on the card of a plan, by compare-and-set. What the button was made for must still be so: a
 * press from an older card changes nothing and is explained, and the same press again gets the same answer.
 */
export async function pressPlan(
  { documents, municipality, now }: CardParts,
  coach: Coach,
  { act, about, mark, data }: { act: Act; about: CaseRef; mark: string | undefined; data: Record<string, unknown> },
): Promise<Pressing> {
  const change = readPlanChange(act, data, coach.language, municipality);
  const wish = await wishOf();
  const press = madeId(act, mark ?? '', JSON.stringify(change ?? null));
  const at = new Date(now()).toISOString();
  let refusal: Text | undefined;
  const after = await changeDocument<Plan>(documents, about, (plan) => {
    const found = caseIn(plan, about);
    refusal = undefined;
    if (!plan || found?.kind !== 'plan') refusal = { key: 'coach.act.gone' };
    else if (!coachesOf(found, municipality).includes(coach.id)) refusal = { key: 'coach.act.notYours' };
    if (!plan || found?.kind !== 'plan' || refusal || plan.changed?.press === press) return undefined;
    const isOffered = actsOf(found, coach.id, now(), municipality).includes(act);
    if (!isOffered || (mark !== undefined && mark !== markOf(found))) return undefined;
    if (change && 'missing' in change) refusal = change.missing;
    const next = wish && !refusal ? done(plan, wish, coach, { coach: coach.id, at, press }) : undefined;
    if (typeof next !== 'string') return next && { ...next, expiresAt: now() + lifeOf(municipality) };
    refusal = { key: `plan.refused.${next}` };
    return undefined;
  });
  const found = caseIn(after, about);
  if (found?.kind !== 'plan') return { say: { key: 'coach.act.gone' } };
  if (!coachesOf(found, municipality).includes(coach.id)) return { say: { key: 'coach.act.notYours' } };
  return { say: refusal ?? explained(found.of, act, press, municipality), about };

  async function wishOf(): Promise<PlanWish | undefined> {
    if (act === 'sendPlan') return { do: 'sendPlan', reach: await reachOf(documents, about.partition) };
    if (act === 'seen') return { do: 'seen' };
    return change && 'do' in change ? change : undefined;
  }
}

function lifeOf({ retention }: Municipality): number {
  return retention.clientDays * 24 * 3_600_000;
}

function done(plan: Plan, wish: PlanWish, coach: Coach, actor: PlanActor) {
  if (wish.do === 'sendPlan') return sentPlan(plan, coach, wish.reach, actor);
  if (wish.do !== 'seen') return changedPlan(plan, wish, actor);
  return { ...plan, handling: { ...plan.handling, seen: { by: coach.id, at: actor.at } } };
}

/** What is true of the plan after a press: the same words when it is pressed again. */
function explained(plan: Plan, act: Act, press: string, { coaches }: Municipality): Text {
  const { seen } = handlingOf({ kind: 'plan', of: plan });
  const step = act === 'seen' ? seen : plan.changed?.press === press ? plan.changed : undefined;
  if (!step) return { key: 'coach.act.oldCard' };
  const who = coaches.find(({ id }) => id === step.by)?.name ?? step.by;
  const values = { coach: who, at: { at: step.at, as: 'moment' as const } };
  if (act === 'seen') return { key: 'plan.act.seen', with: values };
  if (act !== 'sendPlan') return { key: 'plan.act.changed', with: values };
  return { key: plan.shown.told === false ? 'plan.act.sentUntold' : 'plan.act.sent', with: values };
}
