import type { Step } from '../../domain/handling.ts';
import type { Coach, Municipality } from '../../domain/municipalities/pack.ts';
import type { Text } from '../../domain/text.ts';
import { coachName } from '../cards/reader.ts';
import { type Case, handlingOf } from '../cases.ts';
import type { Act } from './offered.ts';

/** What is true of an act now, to one coach: the same words after doing it and when it is pressed again. */
export function explain(found: Case, act: Act, coach: Coach, municipality: Municipality): Text {
  const { taken, seen, done, given, certified } = handlingOf(found);
  const told = (key: string, step: Step, more: Record<string, Text> = {}): Text => {
    const isOwn = step.by === coach.id;
    const values = { coach: coachName(step.by, municipality), at: { at: step.at, as: 'moment' } as const, ...more };
    return { key: `coach.act.${key}${isOwn ? '' : 'ByOther'}`, with: values };
  };
  if (found.kind === 'appointment') {
    const meeting = aboutMeeting(found.of, act, told, municipality);
    if (meeting) return meeting;
  }
  if (act === 'seen' && seen) return told('seen', seen);
  if (found.kind === 'offer' && found.of.closed) {
    const { at, outcome } = found.of.closed;
    const values = { at: { at, as: 'moment' } as const, outcome: { key: `offer.outcomes.${outcome}` } };
    return { key: 'coach.act.placeClosed', with: values };
  }
  if (done?.outcome) {
    const key = done.told === false ? 'closedUntold' : 'closed';
    return told(key, done, { outcome: { key: `cards.outcomes.${done.outcome}` } });
  }
  if (done) return told('done', done);
  if (act === 'endTalk' && found.kind === 'contact' && found.of.handoff?.state === 'ended') {
    return { key: 'coach.act.talkOver' };
  }
  if (act === 'certify' && certified && taken?.by === coach.id) return told('certified', certified);
  if (taken && act !== 'seen' && (act === 'take' || taken.by !== coach.id)) return told('taken', taken);
  if (given && !taken && act !== 'take') {
    const to = given.to === undefined ? undefined : coachName(given.to, municipality);
    return to === undefined ? told('returned', given) : told('given', given, { to });
  }
  const canTake = found.kind === 'intake' || found.kind === 'contact' || found.kind === 'offer';
  return { key: canTake && !taken && act !== 'take' ? 'coach.act.takeFirst' : 'coach.act.oldCard' };
}

function aboutMeeting(
  { state, outcome, proposed, cancelled, phone }: Extract<Case, { kind: 'appointment' }>['of'],
  act: Act,
  told: (key: string, step: Step, more?: Record<string, Text>) => Text,
  { contact }: Municipality,
): Text | undefined {
  if (state === 'cancelled-by-service' && cancelled) {
    if (cancelled.told) return told('cancelled', cancelled);
    return told('cancelledUntold', cancelled, { phone: phone ?? contact.phone });
  }
  if ((act === 'attended' || act === 'noShow') && outcome) {
    return told(state === 'seen' ? 'attended' : 'noShow', outcome);
  }
  if (act === 'propose' && proposed && state === 'booked') {
    const values = { when: { at: proposed.slot.start, as: 'moment' } as const };
    return proposed.kept === undefined ? told('proposed', proposed, values) : { key: 'coach.act.kept', with: values };
  }
  return undefined;
}
