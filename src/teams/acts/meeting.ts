import type { Appointment, Block, Slot } from '../../domain/appointments/appointment.ts';
import { calendarItem } from '../../domain/appointments/calendar-item.ts';
import { freedTime } from '../../domain/appointments/meeting-timers.ts';
import { type ForClient, type Reach, toClient } from '../../domain/clients/reach.ts';
import type { OutboxItem } from '../../domain/documents.ts';
import type { Coach } from '../../domain/municipalities/pack.ts';
import type { CaseRef } from '../../domain/notices.ts';
import { tellPlan } from '../../domain/plans/tell-plan.ts';
import type { Text } from '../../domain/text.ts';
import type { Wish } from './wish.ts';

/** What a meeting's acts need to know besides it. */
export interface MeetingAct {
  coach: Coach;
  about: CaseRef;
  /** Where the client can be told. */
  reach: Reach;
  /** The time that is proposed, when it is free. */
  slot?: Slot;
  /** Epoch milliseconds. */
  now: number;
}

/** A meeting after an act, the time that nobody else may have, and what the client hears. */
export interface MeetingDone {
  meeting: Appointment;
  block?: Block;
  items: OutboxItem[];
}

/** Does an act with a meeting; undefined when it is none of a meeting's own. */
export function meetingDone(meeting: Appointment, wish: Wish, act: MeetingAct): MeetingDone | undefined {
  const at = new Date(act.now).toISOString();
  const step = { by: act.coach.id, at };
  switch (wish.act) {
    case 'attended':
    case 'noShow': {
      const state = wish.act === 'attended' ? 'seen' : 'no-show';
      const items = state === 'seen' ? [tellPlan(meeting.client, meeting.id, act.now)] : [];
      return { meeting: { ...meeting, state, outcome: step, changedAt: at }, items };
    }
    case 'propose': {
      const { slot } = act;
      if (!slot) return undefined;
      const ask = { flow: 'proposed-time', given: { appointment: meeting.id, proposed: slot.start } };
      const told = { say: proposal(meeting, slot, wish.input.words, act), ask };
      return {
        meeting: { ...meeting, proposed: { ...step, slot } },
        items: tellClient(`${meeting.id}-proposed-${act.now}`, told, act),
      };
    }
    case 'cancel': {
      const { reason, words, free } = wish.input;
      const say = [...cancellation(meeting, reason, act), ...ownWords(words, act)];
      const subject = { key: 'fromCoach.cancelled.subject', with: { reference: meeting.reference } };
      const items = tellClient(`${meeting.id}-cancelled-by-service`, { say, mail: { subject } }, act);
      const cancelled = { ...step, reason, told: items.length > 0 };
      const ended: Appointment = {
        ...meeting,
        state: 'cancelled-by-service',
        sequence: meeting.sequence + 1,
        changedAt: at,
        cancelled,
      };
      return {
        meeting: ended,
        ...(free === 'false' && { block: { id: meeting.id, start: meeting.start, end: meeting.end } }),
        items: [...items, calendarItem(ended, act.now), ...(free === 'true' ? [freedTime(ended, act.now)] : [])],
      };
    }
    default:
      return undefined;
  }
}

/** What does not reach the client comes back to the coach with the meeting. */
function tellClient(id: string, told: ForClient, { reach, about, now }: MeetingAct): OutboxItem[] {
  return toClient(reach, id, now, told).map((item) => ({ ...item, payload: { ...item.payload, about } }));
}

function proposal({ start }: Appointment, slot: Slot, words: string | undefined, act: MeetingAct): Text[] {
  const moment = (at: string): Text => ({ at, as: 'moment' });
  const values = { coach: act.coach.name, old: moment(start), new: moment(slot.start) };
  return [{ key: 'fromCoach.proposed', with: values }, ...ownWords(words, act)];
}

function cancellation({ start }: Appointment, reason: string, { coach }: MeetingAct): Text[] {
  const why: Text[] = reason === 'other' ? [] : [{ key: `fromCoach.cancelled.because.${reason}` }];
  const what: Text = {
    key: 'fromCoach.cancelled.what',
    with: { coach: coach.name, when: { at: start, as: 'moment' } },
  };
  return [{ lines: [what, ...why] }, { key: 'fromCoach.cancelled.next' }];
}

/** What the coach wrote to the client, as it is. */
function ownWords(words: string | undefined, { coach }: MeetingAct): Text[] {
  return words === undefined ? [] : [{ key: 'fromCoach.words', with: { coach: coach.name, words } }];
}
