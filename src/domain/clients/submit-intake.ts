import { changeDocument } from '../change-document.ts';
import { intakeHappened } from '../figures/happened.ts';
import { madeId, referenceOf } from '../made-id.ts';
import { route } from '../municipalities/routing.ts';
import { notice, telling } from '../notices.ts';
import { type ClientAct, changeClient } from './client.ts';
import type { IntakeAnswers } from './intake.ts';
import { meetingLimit } from './meeting-limit.ts';
import type { Intake, IntakeDone, Routing } from './path.ts';

/**
 * Keeps the answers of an alkukartoitus, finds who is responsible, and tells them in the same write. One intent is one
 * intake: the same confirmation again resolves with what was kept first.
 */
export async function submitIntake(act: ClientAct, answers: Partial<IntakeAnswers>): Promise<IntakeDone> {
  const { documents, municipality, client } = act;
  const id = await madeId('intake', client, act.intent);
  let coach: string | undefined;
  // The client's own document comes first: an intake without it would be found by nobody.
  await changeClient(act, (current) => {
    coach = current.coach;
    return { language: act.language };
  });
  const ref = { collection: 'clients', partition: client, id } as const;
  const stored = await changeDocument<Intake>(documents, ref, (earlier) => {
    return earlier ? undefined : newIntake(act, id, answers, routingOf(act, answers, coach));
  });
  const intake = stored!;
  const coachName = municipality.coaches.find((one) => one.id === intake.routing.coach)?.name;
  return { intake, ...(coachName !== undefined && { coachName }) };
}

/** A client keeps the coach who took them over, whatever a new intake would lead to. */
function routingOf(act: ClientAct, answers: Partial<IntakeAnswers>, coach: string | undefined): Routing {
  const { municipality, now, language } = act;
  if (municipality.coaches.some(({ id }) => id === coach)) return { coach, because: { key: 'intake.done.yourCoach' } };
  return route(municipality, answers, now.setZone(municipality.zone).toISODate()!, language);
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
    handling: {},
  };
  return telling(
    intake,
    notice('coach', `${id}-news`, now.toMillis(), { news: 'intake', by: 'client' }),
    intakeHappened(intake, { municipality, now: now.toMillis() }),
  );
}
