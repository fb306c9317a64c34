import { changeDocument } from '../change-document.ts';
import type { Documents, Reading } from '../documents.ts';
import type { CaseOutcome } from '../handling.ts';
import { caseOutcomes } from '../handling.ts';
import type { Municipality } from '../municipalities/pack.ts';
import { clientRef } from './client.ts';
import type { Client, ClientPath, Intake, PathEnd } from './path.ts';

/** How a path may end in this city, in the order to show. */
export function endStatesOf({ endStates }: Municipality): readonly CaseOutcome[] {
  return endStates ?? caseOutcomes;
}

/** Whether the intake is the client's newest: closing an earlier one ends nothing. */
export async function isNewest(documents: Reading, intake: Intake): Promise<boolean> {
  const intakes = await documents.list<Intake>('clients', intake.partition, 'intake');
  return intakes.every(({ document }) => Date.parse(document.submittedAt) <= Date.parse(intake.submittedAt));
}

/** Keeps how the client's path ended; again is no error, and who was erased stays so. */
export async function endPath(documents: Documents, client: string, end: PathEnd): Promise<void> {
  await changeDocument<Client>(documents, clientRef(client), (current) => {
    if (!current || (current.ended && Date.parse(current.ended.at) >= Date.parse(end.at))) return undefined;
    return { ...current, ended: end };
  });
}

/** How the path ended; undefined while it goes on, and when the client has begun anew since with another intake. */
export function endOf({ client, intakes }: Pick<ClientPath, 'client' | 'intakes'>): PathEnd | undefined {
  const { ended } = client ?? {};
  const begun = intakes.some(({ submittedAt }) => ended && Date.parse(submittedAt) > Date.parse(ended.at));
  return begun ? undefined : ended;
}
