import type { Appointment } from '../appointments/appointment.ts';
import type { LeadStep, Municipality } from '../municipalities/pack.ts';
import type { Referral, ReferralState } from '../referrals/referral.ts';
import type { Client, ClientPath, Intake } from './path.ts';

/** How long one step of a client's path takes (moments are ISO 8601); without `until` it goes on. */
export interface LeadTime {
  step: LeadStep;
  /** The service of a referral. */
  service?: string;
  /** Days that the step usually takes, as the city tells. */
  usual: number;
  since: string;
  until?: string;
}

/** The times of the steps of a path, in the order they began; none where the city does not tell its usual days. */
export function leadTimes(path: ClientPath, municipality: Municipality): LeadTime[] {
  const { client, intakes, appointments, referrals } = path;
  const days = municipality.ownPath?.days;
  const [intake] = intakes;
  if (!days) return [];
  const first = appointments.findLast(({ state, start, changedAt }) => {
    return state === 'seen' && intake && Date.parse(start) >= Date.parse(intake.submittedAt) && changedAt;
  });
  const ours: LeadTime[] = intake
    ? [
        step('coach', days.coach, intake.submittedAt, takenAt(intake, client, first)),
        step('firstMeeting', days.firstMeeting, intake.submittedAt, first?.start),
      ]
    : [];
  const theirs = referrals.toReversed().flatMap((referral) => ofReferral(referral, municipality));
  return [...ours, ...theirs];
}

/** When a coach first had the case: took it, accepted the client, met them or closed it, whichever came first. */
function takenAt({ submittedAt, handling }: Intake, client?: Client, met?: Appointment): string | undefined {
  const accepted = client?.responsible?.find(({ since }) => Date.parse(since) > Date.parse(submittedAt))?.since;
  const all = [handling.taken?.at, accepted, met?.start, handling.done?.at].filter((at) => at !== undefined);
  return all.sort((one, other) => Date.parse(one) - Date.parse(other))[0];
}

function ofReferral(referral: Referral, { ownPath, services }: Municipality): LeadTime[] {
  const { service, history } = referral;
  const at = (...states: ReferralState[]) => history.find(({ state }) => states.includes(state))?.at;
  const days = ownPath!.days;
  const process = services.find(({ id }) => id === service)?.process;
  const whole = process?.reduce((sum, one) => sum + one.days, 0) ?? days.service;
  const ended = at('withdrawn');
  const [sent, accepted, started] = [at('sent'), at('accepted'), at('started')];
  const over = at('completed', 'ended-without-help', 'not-reached');
  return [
    ...(sent ? [step('answer', days.answer, sent, at('accepted', 'declined', 'expired') ?? ended)] : []),
    ...(accepted ? [step('start', days.start, accepted, started ?? over ?? ended)] : []),
    ...(started ? [step('service', whole, started, over ?? ended)] : []),
  ].map((one) => ({ ...one, service }));
}

function step(name: LeadStep, usual: number, since: string, until: string | undefined): LeadTime {
  return { step: name, usual, since, ...(until !== undefined && { until }) };
}

/** Whole days between two moments (ISO 8601), at least 0. */
export function daysBetween(since: string, until: string): number {
  return Math.max(0, Math.floor((Date.parse(until) - Date.parse(since)) / 86_400_000));
}
