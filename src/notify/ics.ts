import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  ICalEventBusyStatus,
  ICalEventStatus,
} from 'ical-generator';
import { DateTime } from 'luxon';
import type { Appointment } from '../domain/appointments/appointment.ts';
import { vtimezone } from './vtimezone.ts';

/** What an entry in a calendar says; all of it may hold words of people. */
export interface CalendarWords {
  summary: string;
  description: string;
  location: string;
}

/** Line breaks and characters that cannot be seen have no place in a name or an address. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}

/** Text of several lines; what some readers take for a line break becomes one that is escaped. */
function lines(text: string): string {
  return text.replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n').replace(/[^\P{Cc}\n\t]/gu, '');
}

/** Whether the clock on the wall showed this time already, an hour earlier, before it was turned back. */
function isSecondPass(moment: DateTime): boolean {
  return (moment.getPossibleOffsets()[0]?.toMillis() ?? moment.toMillis()) < moment.toMillis();
}

/** How a calendar file is made; with `attendee` it is an invitation, which puts itself into that person's calendar. */
export interface CalendarFileParts {
  zone: string;
  words: CalendarWords;
  organizer: { name: string; email: string };
  attendee?: { name: string; email: string };
}

/**
 * Calendar file (RFC 5545) of one meeting, in force or, when it no longer stands, cancelled. A moved meeting has the
 * same UID and a higher SEQUENCE, so that it changes the entry that is there.
 */
export function calendarFile(
  appointment: Appointment,
  { zone, words, organizer, attendee }: CalendarFileParts,
): string {
  const [start, end] = [appointment.start, appointment.end].map((moment) => DateTime.fromISO(moment, { zone }));
  const { joinUrl } = appointment;
  const stands = appointment.state === 'booked' || appointment.state === 'seen';
  // Local time cannot tell which of two equal hours is meant: there, and only there, UTC is written.
  const timezone = isSecondPass(start!) || isSecondPass(end!) ? null : zone;
  const calendar = ical({
    prodId: { company: 'Polku', product: 'Polku', language: appointment.language.toUpperCase() },
    method: !stands ? ICalCalendarMethod.CANCEL : attendee ? ICalCalendarMethod.REQUEST : ICalCalendarMethod.PUBLISH,
    timezone: {
      name: null,
      generator: () => vtimezone(zone, { start: start!.toMillis(), end: end!.toMillis() }),
    },
  });
  calendar.createEvent({
    id: `${appointment.uid ?? appointment.id}@polku`,
    sequence: appointment.sequence,
    stamp: DateTime.fromISO(appointment.changedAt, { zone: 'utc' }),
    start: start!,
    end: end!,
    timezone,
    summary: oneLine(words.summary),
    description: lines(words.description),
    location: oneLine(words.location),
    organizer: { name: oneLine(organizer.name), email: oneLine(organizer.email) },
    // Nobody waits for an answer: the meeting stands already.
    ...(attendee && {
      attendees: [
        {
          name: oneLine(attendee.name),
          email: oneLine(attendee.email),
          rsvp: false,
          role: ICalAttendeeRole.REQ,
          status: ICalAttendeeStatus.ACCEPTED,
        },
      ],
    }),
    ...(joinUrl !== undefined && { url: joinUrl }),
    status: stands ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
    busystatus: stands ? ICalEventBusyStatus.BUSY : ICalEventBusyStatus.FREE,
  });
  // Every line ends with a line break, the last one too.
  return `${calendar.toString().trimEnd()}\r\n`;
}
