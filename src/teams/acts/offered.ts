import type { Appointment } from '../../domain/appointments/appointment.ts';
import type { Client } from '../../domain/clients/path.ts';
import { isLeft, responsibleFor } from '../../domain/clients/responsible.ts';
import { madeId } from '../../domain/made-id.ts';
import type { Municipality } from '../../domain/municipalities/pack.ts';
import { heardFromClient, isUnsent, type Plan } from '../../domain/plans/plan.ts';
import { type Case, coachesOf, handlingOf, isUntoldOver, lost } from '../cases.ts';

/** What a coach can do with a case. */
export const acts = [
  'take',
  'seen',
  'done',
  'close',
  'certify',
  'give',
  'return',
  'attended',
  'noShow',
  'propose',
  'cancel',
  'endTalk',
  'sendPlan',
  'addStep',
  'changePart',
  'addGoal',
  'removePart',
  'suggestPlace',
  'closeOffer',
  'order',
  'refuseOrder',
  'handOver',
  'acceptClient',
  'declineClient',
  'keepClient',
] as const;
export type Act = (typeof acts)[number];

/** Whether the meeting is over and nobody has said how it went. */
export function awaitsOutcome({ state, end, handling }: Appointment, now: number): boolean {
  return state === 'booked' && Date.parse(end) <= now && handling.done === undefined;
}

/** What this coach can do with the case now: the buttons of the card, and all that is accepted of them. */
export function actsOf(found: Case, coach: string, now: number, municipality: Municipality): Act[] {
  const { certificates, organisations } = municipality;
  const { taken, seen, done, given } = handlingOf(found);
  if (done) return [];
  switch (found.kind) {
    case 'intake':
    case 'contact':
      // Where organisations share clients, somebody is responsible at every moment: the client is handed over, not the case.
      if (!taken) return given?.to === coach && !organisations ? ['take', 'return'] : ['take'];
      if (taken.by !== coach) return [];
      if (found.kind === 'intake') {
        const certify: Act[] = certificates ? ['certify'] : [];
        return [...certify, 'close', ...(organisations ? [] : (['give', 'return'] as const))];
      }
      return found.of.handoff?.state === 'open' ? ['endTalk'] : ['done', 'give', 'return'];
    case 'referral':
      if (found.of.state === 'awaits-order') return ['order', 'refuseOrder'];
      if (lost(found.of, 'mail').length > 0 || found.of.task) return ['done'];
      return seen ? [] : ['seen'];
    case 'suggestion':
      if (isUntoldOver(found.of)) return ['done'];
      return (found.of.declinedAt !== undefined || found.of.accepted) && !seen ? ['seen'] : [];
    case 'offer':
      if (found.of.closed) return seen ? [] : ['seen'];
      if (!taken) return given?.to === coach ? ['take', 'return'] : ['take'];
      return taken.by === coach ? ['suggestPlace', 'closeOffer', 'give', 'return'] : [];
    case 'course':
      return isLeft(found.of, municipality) ? ['acceptClient'] : courseActs(found.of, coach);
    case 'plan':
      return planActs(found.of, seen !== undefined);
    case 'erasure':
      return ['done'];
    case 'appointment':
      if (found.untold && found.of.state === 'cancelled-by-service') return ['done'];
      return meetingActs(found.of, seen !== undefined, now);
  }
}

/** What the client has said is seen once; the rest is work on the plan. */
function planActs(plan: Plan, isSeen: boolean): Act[] {
  return [
    ...(isSeen || heardFromClient(plan) === undefined ? [] : (['seen'] as const)),
    ...(isUnsent(plan) ? (['sendPlan'] as const) : []),
    ...(plan.goals.length > 0 ? (['addStep', 'changePart'] as const) : []),
    'addGoal',
    ...(plan.goals.length > 0 ? (['removePart'] as const) : []),
  ];
}

/** The responsible coach offers the client and may take the offer back; the receiver answers. */
function courseActs(client: Client, coach: string): Act[] {
  const own = responsibleFor(client);
  if (!own) return [];
  if (client.handOver?.to === coach) return ['acceptClient', 'declineClient'];
  if (own.coach !== coach) return [];
  return client.handOver ? ['keepClient'] : ['handOver'];
}

function meetingActs(meeting: Appointment, seen: boolean, now: number): Act[] {
  switch (meeting.state) {
    case 'booked':
      if (Date.parse(meeting.start) <= now) return ['attended', 'noShow'];
      return [...(seen ? [] : (['seen'] as const)), 'propose', 'cancel'];
    case 'cancelled-by-client':
      return seen ? [] : ['seen'];
    case 'no-show':
      return ['done'];
    default:
      return [];
  }
}

/** Whether the case waits for this coach. A new time and a new referral are told, but ask for nothing. */
export function isOpen(found: Case, coach: string, now: number, municipality: Municipality): boolean {
  const { taken, seen, done } = handlingOf(found);
  if (done || !coachesOf(found, municipality).includes(coach)) return false;
  switch (found.kind) {
    case 'intake':
    case 'contact':
      return !taken || taken.by === coach;
    case 'referral':
      return lost(found.of, 'mail').length > 0 || found.of.task !== undefined || found.of.state === 'awaits-order';
    // A "no" is told; who said yes waits for the coach, as long as the place is open.
    case 'suggestion':
      return isUntoldOver(found.of) || (found.of.accepted !== undefined && !found.of.over && !seen);
    case 'offer':
      return !found.of.closed && (!taken || taken.by === coach);
    case 'course':
      return found.of.handOver?.to === coach || isLeft(found.of, municipality);
    // A yes is told; words of the client wait for somebody to read them.
    case 'plan':
      return found.of.comments.length > 0 && (seen?.at ?? '') < found.of.comments.at(-1)!.at;
    case 'erasure':
      return lost(found.of, 'mail').length > 0;
    case 'appointment':
      return (
        (found.of.state === 'cancelled-by-client' && !seen) ||
        (found.untold && found.of.state === 'cancelled-by-service') ||
        found.of.state === 'no-show' ||
        awaitsOutcome(found.of, now)
      );
  }
}

/**
 * A short mark of the case as a card shows it. A button carries it, so that one of an older card changes nothing, also when
 * the same button has been put there anew.
 */
export function markOf(found: Case): string {
  const { of, kind } = found;
  const shown: unknown[] = [kind, handlingOf(found)];
  if (kind === 'appointment') shown.push(of.state, of.start, of.sequence, of.proposed, found.untold === true);
  if (kind === 'contact') shown.push(of.handoff?.state === 'open');
  if (kind === 'referral') shown.push(of.state, of.task, lost(of, 'mail').length);
  if (kind === 'erasure') shown.push(lost(of, 'mail').length);
  if (kind === 'suggestion') shown.push(of.declinedAt, ...(of.accepted ? [of.accepted.at] : []));
  if (kind === 'offer') shown.push(of.closed);
  if (kind === 'course') shown.push(of.responsible?.length, of.handOver);
  if (kind === 'plan') shown.push(of.version, of.shown.version, of.accepted, of.comments.length, of.heard.length);
  return madeId(JSON.stringify(shown)).slice(0, 8);
}
