import { z } from 'zod';

/** What is counted, once each time that it comes about. */
export const happenings = [
  'intake',
  'taken',
  'contact',
  'booked',
  'moved',
  'seen',
  'noShow',
  'cancelledByClient',
  'cancelledByService',
  'sent',
  'accepted',
  'declined',
  'started',
  'completed',
  'endedWithoutHelp',
  'notReached',
  'withdrawn',
  'expired',
  'good',
  'fair',
  'bad',
  'ended',
  'planAccepted',
  'offer',
  'filled',
  'paused',
  'stopped',
] as const;
export type Happening = (typeof happenings)[number];

/** What a happening is told apart by; each is counted by itself, never two of them crossed. */
export const facets = [
  'age',
  'tongue',
  'benefits',
  'area',
  'situation',
  'education',
  'topic',
  'kind',
  'service',
  'reason',
  'outcome',
  'helped',
  'inTime',
  'about',
] as const;
export type Facet = (typeof facets)[number];

/** Steps whose length is followed, in whole days between two local dates. */
export const stages = [
  'intakeToTaken',
  'intakeToMeeting',
  'bookingToMeeting',
  'sentToAnswer',
  'acceptedToStarted',
  'startedToCompleted',
  'intakeToEnd',
] as const;
export type Stage = (typeof stages)[number];

/** What the service knows by itself of how a city's targets are met. */
export const measures = [
  'daysToFirstMeeting',
  'firstMeetingsInTime',
  'daysToAnswer',
  'missedMeetings',
  'goodFeedback',
  'endedInWork',
  'endedInEducation',
  'foreignTongue',
  'under30',
] as const;
export type Measure = (typeof measures)[number];

const code = z.string().regex(/^[\w-]{1,80}$/);

/** Payload of kind `figure`: codes, days and a date; nothing that names or points at a person. */
export const figureNotice = z.strictObject({
  /** Slug of the municipality. */
  city: code,
  /** Local date on which it came about. */
  day: z.iso.date(),
  what: z.enum(happenings),
  of: z.partialRecord(z.enum(facets), code).optional(),
  days: z.partialRecord(z.enum(stages), z.int().min(0).max(9999)).optional(),
});
export type FigureNotice = z.infer<typeof figureNotice>;

/** Name of a count: of a happening, or of a happening by one code of a facet. */
export function countName(what: Happening, facet?: Facet, value?: string): string {
  return facet === undefined ? what : `${what}/${facet}/${value}`;
}
