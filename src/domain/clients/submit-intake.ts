import { changeDocument } from '../change-document.ts';
import { intakeHappened } from '../figures/happened.ts';
import { madeId, referenceOf } from '../made-id.ts';
import { route } from '../municipalities/routing.ts';
import { notice, telling } from '../notices.ts';
import { keepDraft } from '../plans/keep.ts';
import { planId } from '../plans/plan.ts';
import { type ClientAct, changeClient } from './client.ts';
import type { IntakeAnswers } from './intake.ts';
import { meetingLimit } from './meeting-limit.ts';
import type { Client, Intake, IntakeDone, Routing } from './path.ts';
import { withRouting } from './responsible.ts';

/**
 * Keeps the answers of an alkukartoitus, finds who is responsible, and tells them in the same write; then makes the draft of
 * a plan from it. One intent is one intake: the same confirmation again resolves with what was kept first.
 */
export async function submitIntake(act: ClientAct, answers: Partial<IntakeAnswers>): Promise<IntakeDone> {
  const { documents, municipality, client } = act;
  const id = await madeId('intake', client, act.intent);
  let coach: string | undefined;
  let routing: Routing | undefined;
  // The client's own document comes first: an intake without it would be found by nobody.
  await changeClient(act, (current) => {
    coach = current.coach;
    routing = routingOf(act, answers, current, id);
    return { language: act.language, ...caseOf(act, current, routing, id) };
  });
  const ref = { collection: 'clients', partition: client, id } as const;
  const stored = await changeDocument<Intake>(documents, ref, (earlier) => {
    return earlier ? undefined : newIntake(act, id, answers, routing!);
  });
  const intake = stored!;
  if (intake.plan !== undefined) await keepDraft(act, intake, coach ?? intake.routing.coach);
  const coachName = municipality.coaches.find((one) => one.id === intake.routing.coach)?.name;
  return { intake, ...(coachName !== undefined && { coachName }) };
}

/** A client keeps the coach who took them over, whatever a new intake would lead to. */
function routingOf(act: ClientAct, answers: Partial<IntakeAnswers>, client: Client, intake: string): Routing {
  const { municipality, now, language } = act;
  const { coach, responsible } = client;
  const routed = () => route(municipality, answers, now.setZone(municipality.zone).toISODate()!, language);
  if (!municipality.coaches.some(({ id }) => id === coach)) return routed();
  // Named by this very intake, before a crash: it is the first one still.
  const isFirst = client.intake === intake && responsible?.length === 1;
  const first = isFirst ? routed() : undefined;
  return first?.coach === coach ? first! : { coach, because: { key: 'intake.done.yourCoach' } };
}

/** What the intake changes of the client's own case, where organisations share clients: somebody is responsible at once. */
function caseOf(act: ClientAct, client: Client, routing: Routing, intake: string): Partial<Client> {
  if (!act.municipality.organisations) return {};
  return { intake, ...withRouting(client, routing, act.municipality, act.now.toUTC().toISO()!) };
}

function newIntake(act: ClientAct, id: string, answers: Partial<IntakeAnswers>, routing: Routing): Intake {
  const { client, municipality, language, now } = act;
  const intake: Intake = {
    id,
    partition: client,
    type: 'intake',
    schema: 1,
    expiresAt: now.plus({ days: municipality.retention.clientDays }).toMillis(),
    reference: referenceOf(id),
    answers,
    language,
    routing,
    meetBy: meetingLimit(municipality, answers, now),
    submittedAt: now.toUTC().toISO()!,
    plan: planId(client),
    handling: {},
  };
  return telling(
    intake,
    notice('coach', `${id}-news`, now.toMillis(), { news: 'intake', by: 'client' }),
    intakeHappened(intake, { municipality, now: now.toMillis() }),
  );
}
