import type { Appointment } from '../../domain/appointments/appointment.ts';
import type { Intake } from '../../domain/clients/path.ts';
import type { Documents, OutboxItem } from '../../domain/documents.ts';
import { caseHappened, type Moment, meetingHappened } from '../../domain/figures/happened.ts';
import type { Case } from '../cases.ts';

/** What the wait for a first meeting is counted from. */
export type IntakeBefore = Pick<Intake, 'submittedAt' | 'meetBy'>;

/** The intake of a meeting's client that came before it, the newest of them. */
export async function intakeBefore(
  documents: Documents,
  { client, start }: Appointment,
): Promise<IntakeBefore | undefined> {
  const intakes = await documents.list<Intake>('clients', client, 'intake');
  const before = intakes
    .map(({ document }) => document)
    .filter((one) => Date.parse(one.submittedAt) <= Date.parse(start));
  return before.sort((one, other) => Date.parse(other.submittedAt) - Date.parse(one.submittedAt))[0];
}

/** What is counted of an act of a coach; `intake` is that before a meeting. */
export function counted(before: Case, after: Case | undefined, moment: Moment, intake?: IntakeBefore): OutboxItem[] {
  if (before.kind === 'intake' && after?.kind === 'intake') return caseHappened(before.of, after.of, moment);
  if (before.kind !== 'appointment' || after?.kind !== 'appointment') return [];
  return before.of.state === after.of.state ? [] : meetingHappened(after.of, moment, intake);
}
