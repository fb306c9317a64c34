import type { Document } from '../documents.ts';
import type { Handling, Step } from '../handling.ts';
import type { MeetingKind } from '../municipalities/pack.ts';

export type { Handling };

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

/** What a booking asks for; `moves` names the appointment that it replaces. */
export interface BookingRequest {
  topic: AppointmentTopic;
  kind: MeetingKind;
  slot: Slot;
  phone?: string;
  name?: string;
  interpreter?: string;
  moves?: string;
}

/**
 * Which free times to look for; `coach` undefined means anybody who fits. `day` is a local date. `after` is a local date
 * (times of later days) or the `start` of a slot (later times).
 */
export interface SlotQuery {
  topic: AppointmentTopic;
  kind: MeetingKind;
  coach?: string;
  after?: string;
  day?: string;
  limit: number;
}

/** Why the service cancels a meeting; told to the client in words. */
export const cancelReasons = ['ill', 'urgent', 'room', 'asked', 'other'] as const;
export type CancelReason = (typeof cancelReasons)[number];

/** Another time that the coach proposed; the meeting stays as it is until the client takes it. */
export interface Proposal extends Step {
  slot: Slot;
  /** The client keeps the meeting as it is. */
  kept?: string;
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
  /** Set when the meeting was moved here: where it was, and the id it had there. */
  movedFrom?: Slot & { id: string };
  /** Present while the person waits for an earlier time: since when, and which were offered. */
  waiting?: { since: string; offers: { start: string; at: string }[] };
  /** The newest proposal of another time. */
  proposed?: Proposal;
  /** Set when the service cancelled: why, and whether the client could be told in the chat. */
  cancelled?: Step & { reason: CancelReason; told: boolean };
  /** Who said how it went; set when `state` is `seen` or `no-show`. */
  outcome?: Step;
  /** Names the entry in calendars and stays the same through moves; the `id` of the first appointment when absent. */
  uid?: string;
  /** Where a meeting on Teams is joined; absent until Outlook has made it, and without Outlook. */
  joinUrl?: string;
  handling: Handling;
}

/** A part of a day that a coach keeps for something else; `start` and `end` are ISO 8601 with offset. */
export interface Block {
  id: string;
  start: string;
  end: string;
}

/** One day of one coach: id is the local date, partition the coach. Meetings stay in it when cancelled. */
export interface CalendarDay extends Document {
  type: 'day';
  appointments: Appointment[];
  /** Times that nobody can book. */
  blocks?: Block[];
}
