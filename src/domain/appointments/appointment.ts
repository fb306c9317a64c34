import type { Document } from '../documents.ts';
import type { MeetingKind } from '../municipalities/pack.ts';

/** What a meeting is about. */
export const appointmentTopics = ['firstMeeting', 'plan', 'followUp', 'workAbility', 'training', 'other'] as const;
export type AppointmentTopic = (typeof appointmentTopics)[number];

/** States of a meeting; who cancelled is never mixed up. */
export const appointmentStates = [
  'booked',
  'cancelled-by-client',
  'cancelled-by-service',
  'moved',
  'seen',
  'no-show',
] as const;
export type AppointmentState = (typeof appointmentStates)[number];

/** A free time that can be booked; `start` and `end` are ISO 8601 with offset. */
export interface Slot {
  coach: string;
  start: string;
  end: string;
  place: string;
}

/** What the coaches have done about a case; the first `taken` wins. */
export interface Handling {
  taken?: { by: string; at: string };
  seen?: { by: string; at: string };
  done?: { by: string; at: string };
}

/** A meeting in a coach's day. It holds only what the meeting needs. */
export interface Appointment extends Slot {
  /** Made from the intent, so that the same confirmation twice is one appointment. */
  id: string;
  /** Told to the person; names the meeting but opens nothing. */
  reference: string;
  client: string;
  topic: AppointmentTopic;
  kind: MeetingKind;
  state: AppointmentState;
  /** ISO 639-1 of the client's chat. */
  language: string;
  name?: string;
  phone?: string;
  /** Language the interpreter is for, in the person's words or a code; absent when none is wanted. */
  interpreter?: string;
  /** Counts changes, for calendar files. */
  sequence: number;
  bookedAt: string;
  changedAt: string;
  /** Set when `state` is `moved`: where it went. */
  movedTo?: Slot;
  handling: Handling;
}

/** One day of one coach: id is the local date, partition the coach. Meetings stay in it when cancelled. */
export interface CalendarDay extends Document {
  type: 'day';
  appointments: Appointment[];
}
