import type { Appointment } from '../../domain/appointments/appointment.ts';
import { endPath, isNewest } from '../../domain/clients/end-path.ts';
import type { Intake } from '../../domain/clients/path.ts';
import { type Reach, reachOf, toClient } from '../../domain/clients/reach.ts';
import { readPath } from '../../domain/clients/read-path.ts';
import type { Documents, OutboxItem } from '../../domain/documents.ts';
import type { CaseOutcome } from '../../domain/handling.ts';
import type { Coach, Municipality } from '../../domain/municipalities/pack.ts';
import type { Referral } from '../../domain/referrals/referral.ts';
import { openStates } from '../../domain/referrals/withdraw.ts';
import type { Text } from '../../domain/text.ts';

/** What goes on for a client whose path ends, and where they can be told; nothing is ended without being asked. */
export interface LeftOpen {
  reach: Reach;
  meetings: Appointment[];
  referrals: Referral[];
}

/** Reads what goes on; undefined when the client has a newer case, so that closing this one ends nothing. */
export async function leftOpen(documents: Documents, intake: Intake, now: number): Promise<LeftOpen | undefined> {
  if (!(await isNewest(documents, intake))) return undefined;
  const [reach, { appointments, referrals }] = await Promise.all([
    reachOf(documents, intake.partition),
    readPath(documents, intake.partition),
  ]);
  return {
    reach,
    meetings: appointments.filter(({ state, end }) => state === 'booked' && Date.parse(end) > now).reverse(),
    referrals: referrals.filter(({ state }) => state !== 'draft' && openStates.includes(state)),
  };
}

/** What the client hears when a coach ends their path: how, what goes on, what this is not, and how to come back. */
export function tellEnd(
  intake: Intake,
  { outcome, words }: { outcome: CaseOutcome; words?: string },
  { reach, meetings, referrals }: LeftOpen,
  { coach, municipality, now }: { coach: Coach; municipality: Municipality; now: number },
): OutboxItem[] {
  const named = { coach: coach.name };
  const serviceName = (id: string): Text => municipality.services.find((one) => one.id === id)?.name ?? id;
  const open = [
    ...meetings.map(({ start }): Text => ({ key: 'path-ended.meeting', with: { when: { at: start, as: 'moment' } } })),
    ...referrals.map(({ service }): Text => ({ key: 'path-ended.referral', with: { service: serviceName(service) } })),
  ];
  const say: Text[] = [
    { lines: [{ key: `path-ended.told.${outcome}` }, { key: 'path-ended.by', with: named }] },
    ...(words === undefined ? [] : [{ key: 'fromCoach.words', with: { ...named, words } }]),
    open.length > 0
      ? { lines: [{ key: 'path-ended.stays' }, ...open, { key: 'path-ended.cancel' }] }
      : { key: 'path-ended.nothingOpen' },
    { lines: [{ key: 'path-ended.data' }, { key: 'path-ended.notDecision' }] },
    { key: 'path-ended.back', with: { phone: municipality.contact.phone } },
  ];
  const ask = { flow: 'path-ended', given: { ended: new Date(now).toISOString() } };
  return toClient(reach, `${intake.id}-closed`, now, { say, ask, mail: { subject: { key: 'path-ended.subject' } } });
}

/** The end of the case is the end of the path, unless the client has a newer case; again is no error. */
export async function endWith(documents: Documents, intake: Intake): Promise<void> {
  const { done } = intake.handling;
  if (done?.outcome === undefined || !(await isNewest(documents, intake))) return;
  await endPath(documents, intake.partition, { outcome: done.outcome, by: done.by, at: done.at });
}
