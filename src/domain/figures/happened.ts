import type { Appointment, AppointmentState } from '../appointments/appointment.ts';
import { dateAt } from '../appointments/wall-clock.ts';
import type { CourseStep } from '../clients/course.ts';
import type { Feedback } from '../clients/feedback.ts';
import type { IntakeAnswers } from '../clients/intake.ts';
import type { ContactRequest, Intake } from '../clients/path.ts';
import type { OutboxItem } from '../documents.ts';
import type { Municipality } from '../municipalities/pack.ts';
import { notice } from '../notices.ts';
import type { Offer } from '../offers/offer.ts';
import type { Plan } from '../plans/plan.ts';
import type { Referral, ReferralState } from '../referrals/referral.ts';
import type { FigureNotice, Happening, Stage } from './figure.ts';
import { groupsOf } from './groups.ts';

/** Where and when something came about: the city with its time zone, and epoch milliseconds. */
export interface Moment {
  municipality: Pick<Municipality, 'slug' | 'zone'>;
  now: number;
}

type Days = Partial<Record<Stage, number>>;
const day = 24 * 3_600_000;

/** An item that lets a change be counted, for the outbox of the same write; a repeat makes the same item. */
function figure(
  id: string,
  what: Happening,
  { municipality, now }: Moment,
  more: Pick<FigureNotice, 'of' | 'days'> = {},
): OutboxItem {
  const { slug: city, zone } = municipality;
  const { of = {}, days = {} } = more;
  const payload = {
    city,
    day: dateAt(now, zone),
    what,
    ...(Object.keys(of).length > 0 && { of }),
    ...(Object.keys(days).length > 0 && { days }),
  };
  return notice('figure', `${id}-figure-${what}`, now, payload);
}

/** Whole days between the local dates of two moments (ISO 8601 or epoch milliseconds), never fewer than none. */
function daysBetween(from: string, to: string | number, zone: string): number {
  const end = typeof to === 'number' ? to : Date.parse(to);
  const dates = [dateAt(Date.parse(from), zone), dateAt(end, zone)];
  const [first, last] = dates.map((date) => Date.parse(`${date}T00:00:00Z`));
  return Math.max(0, Math.round((last! - first!) / day));
}

/** An intake was submitted; who comes is counted by group. */
export function intakeHappened({ id, answers }: Pick<Intake, 'id' | 'answers'>, moment: Moment): OutboxItem {
  return figure(id, 'intake', moment, { of: groupsOf(answers) });
}

/** A coach took a case, or closed it with what came of it; nothing for the other acts. */
export function caseHappened(before: Intake, after: Intake, moment: Moment): OutboxItem[] {
  const { id, submittedAt, answers } = after;
  const passed = daysBetween(submittedAt, moment.now, moment.municipality.zone);
  const { taken, done } = after.handling;
  const items: OutboxItem[] = [];
  // A case that is handed on is taken again, but its client waited only once.
  if (taken && !before.handling.taken && !before.handling.given) {
    items.push(figure(id, 'taken', moment, { days: { intakeToTaken: passed } }));
  }
  if (done?.outcome && !before.handling.done) {
    const of = { ...groupsOf(answers), outcome: done.outcome };
    items.push(figure(id, 'ended', moment, { of, days: { intakeToEnd: passed } }));
  }
  return items;
}

/** A client accepted their plan for the first time; newer versions of it are the same plan. */
export function planHappened({ id, accepted }: Pick<Plan, 'id' | 'accepted'>, moment: Moment): OutboxItem[] {
  return accepted ? [] : [figure(id, 'planAccepted', moment)];
}

/** An employer told of a place, or a client got it; nothing for the other ends of an offer. */
export function offerHappened({ id, closed }: Pick<Offer, 'id' | 'closed'>, moment: Moment): OutboxItem[] {
  if (!closed) return [figure(id, 'offer', moment)];
  return closed.outcome === 'filledByClient' ? [figure(id, 'filled', moment)] : [];
}

/** A client paused or stopped their path; going on is no event of its own. */
export function courseHappened({ id, is }: Pick<CourseStep, 'id' | 'is'>, moment: Moment): OutboxItem[] {
  return is === 'on' ? [] : [figure(id, is, moment)];
}

/** Somebody asked for a person. */
export function contactHappened({ id }: Pick<ContactRequest, 'id'>, moment: Moment): OutboxItem {
  return figure(id, 'contact', moment);
}

const meetingHappenings: Record<AppointmentState, Happening> = {
  booked: 'booked',
  moved: 'moved',
  seen: 'seen',
  'no-show': 'noShow',
  'cancelled-by-client': 'cancelledByClient',
  'cancelled-by-service': 'cancelledByService',
};

/**
 * A meeting came into the state that it has; the new time of a move is no booking of its own. `intake` is the one before
 * it, for the wait of the first meeting and whether it was held in time.
 */
export function meetingHappened(
  meeting: Appointment,
  moment: Moment,
  intake?: Pick<Intake, 'submittedAt' | 'meetBy'>,
): OutboxItem[] {
  const { id, state, topic, kind, bookedAt, start, movedFrom } = meeting;
  if (state === 'booked' && movedFrom) return [];
  const { zone } = moment.municipality;
  const days: Days = {};
  const of: FigureNotice['of'] = { topic, kind };
  if (state === 'seen') {
    days.bookingToMeeting = daysBetween(bookedAt, start, zone);
    if (topic === 'firstMeeting' && intake) {
      days.intakeToMeeting = daysBetween(intake.submittedAt, start, zone);
      of.inTime = String(dateAt(Date.parse(start), zone) <= intake.meetBy);
    }
  }
  return [figure(id, meetingHappenings[state], moment, { of, days })];
}

const referralHappenings: Partial<Record<ReferralState, Happening>> = {
  sent: 'sent',
  accepted: 'accepted',
  declined: 'declined',
  started: 'started',
  completed: 'completed',
  'ended-without-help': 'endedWithoutHelp',
  'not-reached': 'notReached',
  withdrawn: 'withdrawn',
  expired: 'expired',
};

/** A referral came into the state that it has; `answers` of the client's intake tell by group who is referred. */
export function referralHappened(referral: Referral, moment: Moment, answers?: Partial<IntakeAnswers>): OutboxItem[] {
  const { id, state, service, history } = referral;
  const what = referralHappenings[state];
  if (what === undefined) return [];
  const { reason, startsOn } = history.at(-1)!;
  const days = referralDays(referral, startsOn ?? moment.now, moment.municipality.zone);
  const of = { ...(answers && groupsOf(answers)), service, ...(reason && { reason }) };
  return [figure(`${id}-${history.length}`, what, moment, { of, days })];
}

function referralDays({ state, history }: Referral, now: string | number, zone: string): Days {
  const at = (wanted: ReferralState) => history.findLast((step) => step.state === wanted);
  const [sent, accepted, started] = [at('sent'), at('accepted'), at('started')];
  if ((state === 'accepted' || state === 'declined') && sent) {
    return { sentToAnswer: daysBetween(sent.at, history.at(-1)!.at, zone) };
  }
  if (state === 'started' && accepted) return { acceptedToStarted: daysBetween(accepted.at, now, zone) };
  if (state === 'completed' && started) {
    return { startedToCompleted: daysBetween(started.startsOn ?? started.at, history.at(-1)!.at, zone) };
  }
  return {};
}

/** A client said how it went; a service is told apart, a coach never is. */
export function feedbackHappened({ id, about, score, helped }: Feedback, moment: Moment): OutboxItem {
  const of = {
    about: about.kind,
    helped: String(helped),
    ...(about.kind === 'referral' && { service: about.of }),
  };
  return figure(id, score, moment, { of });
}
