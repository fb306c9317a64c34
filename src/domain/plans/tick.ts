import type { DateTime } from 'luxon';
import type { Appointment } from '../appointments/appointment.ts';
import { changeDocument } from '../change-document.ts';
import type { ClientPath } from '../clients/path.ts';
import { readPath } from '../clients/read-path.ts';
import type { Documents } from '../documents.ts';
import type { Municipality, Service } from '../municipalities/pack.ts';
import type { Referral } from '../referrals/referral.ts';
import { isClosed } from '../referrals/states.ts';
import { isDone, type Plan, type PlanGoal, type PlanStep, planRef, type Tick } from './plan.ts';

/** Something that happened to a client and may end a step of the plan. */
export type PlanFact =
  | { by: 'meeting'; id: string; at: string; topic: Appointment['topic'] }
  | { by: 'referral'; id: string; at: string; service: string; came: Referral['state'] };

/** Meetings that were held and referrals that came to an end, the earliest first. */
export function factsOf({ appointments, referrals }: Pick<ClientPath, 'appointments' | 'referrals'>): PlanFact[] {
  const held = appointments
    .filter(({ state }) => state === 'seen')
    .map(({ id, uid = id, start, topic }): PlanFact => ({ by: 'meeting', id: uid, at: start, topic }));
  const closed = referrals
    // A draft that was dropped was never sent to anybody.
    .filter(({ state, history }) => isClosed(state) && history.some((step) => step.state === 'sent'))
    .map(({ id, service, state, history }): PlanFact => {
      return { by: 'referral', id, at: history.at(-1)!.at, service, came: state };
    });
  return [...held, ...closed].sort(
    (one, other) => Date.parse(one.at) - Date.parse(other.at) || (one.id < other.id ? -1 : 1),
  );
}

/** A fact by name; a referral that ends anew, after it expired, is news. */
function nameOf(fact: PlanFact): string {
  return fact.by === 'meeting' ? fact.id : `${fact.id}:${fact.came}`;
}

/**
 * The plan with the steps ticked that the facts end; undefined when all of them were looked at before. A fact ends one step
 * at most, and once: the first open one in the plan that it fits.
 */
export function tickedPlan(plan: Plan, facts: PlanFact[], services: readonly Service[]): Plan | undefined {
  const news = facts.filter((fact) => !plan.heard.includes(nameOf(fact)));
  if (news.length === 0) return undefined;
  return news.reduce((next, fact) => withFact(next, fact, services), plan);
}

function withFact(plan: Plan, fact: PlanFact, services: readonly Service[]): Plan {
  const heard = [...plan.heard, nameOf(fact)];
  const step = stepFor(plan.goals, fact, services) ?? stepFor(plan.shown.goals, fact, services);
  if (!step) return { ...plan, heard };
  const { id, at, by } = fact;
  const tick: Tick = { at, by, fact: id, ...(fact.by === 'referral' && { came: fact.came }) };
  const shown = { ...plan.shown, goals: withTick(plan.shown.goals, step.id, tick) };
  return { ...plan, goals: withTick(plan.goals, step.id, tick), shown, heard };
}

function stepFor(goals: PlanGoal[], fact: PlanFact, services: readonly Service[]): PlanStep | undefined {
  const steps = goals.flatMap((goal) => goal.steps);
  // The same referral once more: it ended another way than it first seemed.
  const known = steps.find(({ tick }) => tick?.fact === fact.id && tick.by === fact.by);
  if (known) return known;
  const open = steps.filter((step) => !isDone(step));
  if (fact.by === 'meeting') {
    return open.find(({ what }) => what === 'meet' || (what === 'followUp' && fact.topic === 'followUp'));
  }
  const needs: readonly string[] = services.find(({ id }) => id === fact.service)?.needs ?? [];
  return (
    open.find(({ service }) => service === fact.service) ??
    open.find(({ what, need }) => what === 'find' && need !== undefined && needs.includes(need))
  );
}

function withTick(goals: PlanGoal[], id: string, tick: Tick): PlanGoal[] {
  return goals.map((goal) => ({
    ...goal,
    steps: goal.steps.map((step) => (step.id === id ? { ...step, tick } : step)),
  }));
}

/** What it takes to bring a client's plan up to date. */
export interface PlanTickAct {
  documents: Documents;
  municipality: Municipality;
  client: string;
  now: DateTime;
}

/**
 * Ticks what has happened to the client by now. Whoever writes down a fact calls this afterwards, and so does whoever makes
 * the plan, after it is there: so no fact is missed, whichever came first. Again changes nothing; without a plan nothing is
 * done.
 */
export async function tickPlan({ documents, municipality, client, now }: PlanTickAct): Promise<void> {
  const path = await readPath(documents, client);
  const facts = factsOf(path);
  if (!path.plan || !tickedPlan(path.plan, facts, municipality.services)) return;
  const expiresAt = now.plus({ days: municipality.retention.clientDays }).toMillis();
  await changeDocument<Plan>(documents, planRef(client), (plan) => {
    const next = plan && tickedPlan(plan, facts, municipality.services);
    return next && { ...next, expiresAt };
  });
}
