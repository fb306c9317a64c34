import { changeDocument } from '../change-document.ts';
import type { ClientAct } from '../clients/client.ts';
import type { Intake } from '../clients/path.ts';
import type { Documents } from '../documents.ts';
import { draftGoals } from './draft.ts';
import { type Plan, planRef } from './plan.ts';
import { tickPlan } from './tick.ts';

/**
 * Makes the draft of a plan from an intake, for the coach who is responsible. A draft that nobody has worked on yet is made
 * anew by a later intake; what a coach or the client has touched stays as it is. The same intake again changes nothing.
 */
export async function keepDraft(act: ClientAct, intake: Intake, coach: string | undefined): Promise<void> {
  const { documents, client } = act;
  await changeDocument<Plan>(documents, planRef(client), (earlier) => {
    if (earlier?.intake.id === intake.id) return undefined;
    const fresh = newPlan(act, intake, coach);
    if (!earlier || !isTouched(earlier)) return fresh;
    // A later intake may have led to another coach.
    const { coach: _, ...rest } = earlier;
    return { ...rest, ...(coach !== undefined && { coach }), expiresAt: fresh.expiresAt! };
  });
  await tickPlan(act);
}

/**
 * Brings the plan in line with an intake that the client has put right: a draft that nobody has worked on is made anew,
 * otherwise the name alone follows. Again changes nothing that matters.
 */
export async function correctDraft(act: ClientAct, intake: Intake): Promise<void> {
  const { documents, client } = act;
  await changeDocument<Plan>(documents, planRef(client), (plan) => {
    if (plan?.intake.id !== intake.id) return undefined;
    const fresh = { ...newPlan(act, intake, plan.coach), createdAt: plan.createdAt };
    if (!isTouched(plan)) return fresh;
    const { name: _, ...rest } = plan;
    return { ...rest, ...(fresh.name !== undefined && { name: fresh.name }) };
  });
  await tickPlan(act);
}

function isTouched({ version, shown, comments }: Plan): boolean {
  return version > 1 || shown.by !== undefined || comments.length > 0;
}

function newPlan(act: ClientAct, intake: Intake, coach: string | undefined): Plan {
  const { client, municipality, now } = act;
  const { collection: _, ...place } = planRef(client);
  const goals = draftGoals(municipality, intake, now.setZone(municipality.zone).toISODate()!);
  const at = now.toUTC().toISO()!;
  const { name } = intake.answers;
  return {
    ...place,
    type: 'plan',
    schema: 1,
    expiresAt: now.plus({ days: municipality.retention.clientDays }).toMillis(),
    intake: { id: intake.id, reference: intake.reference },
    ...(name != null && { name }),
    ...(coach !== undefined && { coach }),
    language: intake.language,
    goals,
    version: 1,
    shown: { version: 1, at, goals },
    comments: [],
    heard: [],
    createdAt: at,
    handling: {},
  };
}

/** The plan goes with its client to another coach, or to all when that is nobody. */
export async function movePlan(documents: Documents, client: string, coach: string | undefined): Promise<void> {
  await changeDocument<Plan>(documents, planRef(client), (plan) => {
    if (!plan || plan.coach === coach) return undefined;
    const { coach: _, ...free } = plan;
    return coach === undefined ? free : { ...free, coach };
  });
}
