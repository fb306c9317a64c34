import type { Appointment } from '../../domain/appointments/appointment.ts';
import type { Intake } from '../../domain/clients/path.ts';
import type { Documents, OutboxItem } from '../../domain/documents.ts';
import { caseHappened, type Moment, meetingHappened } from '../../domain/figures/happened.ts';
import type { Case } from '../cases.ts';

/** When the client of a meeting submitted the intake that came before it (ISO 8601). */
export async function intakeBefore(documents: Documents, { client, start }: Appointment): Promise<string | undefined> {
  const intakes = await documents.list<Intake>('clients', client, 'intake');
  const times = intakes.map(({ document }) => document.submittedAt).filter((at) => Date.parse(at) <= Date.parse(start));
  return times.sort((one, other) => Date.parse(other) - Date.parse(one))[0];
}

/** What is counted of an act of a coach; `since` is when the intake before a meeting was submitted. */
export function counted(before: Case, after: Case | undefined, moment: Moment, since?: string): OutboxItem[] {
  if (before.kind === 'intake' && after?.kind === 'intake') return caseHappened(before.of, after.of, moment);
  if (before.kind !== 'appointment' || after?.kind !== 'appointment') return [];
  return before.of.state === after.of.state ? [] : meetingHappened(after.of, moment, since);
}
