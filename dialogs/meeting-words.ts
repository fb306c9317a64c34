import { DateTime } from 'luxon';
import type { Appointment, Slot } from '../src/domain/appointments/appointment.ts';
import { joinText } from '../src/domain/appointments/join-text.ts';
import type { ClientPath } from '../src/domain/clients/path.ts';
import type { MeetingKind, Municipality } from '../src/domain/municipalities/pack.ts';
import type { Text } from '../src/domain/text.ts';
import { hoursText } from './opening.ts';
import type { Services } from './services.ts';

/** Kinds of meeting to which the person goes themselves. */
export const visits: readonly MeetingKind[] = ['office', 'village'];

/** Meetings that are still to come, the next one first. */
export function coming({ appointments }: ClientPath, { now }: Services): Appointment[] {
  return appointments
    .filter(({ state, end }) => state === 'booked' && Date.parse(end) > now.toMillis())
    .sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
}

/** A coach's name; the pack may have lost a coach who has meetings. */
export function coachName(coach: string, { coaches }: Municipality): Text {
  return coaches.find(({ id }) => id === coach)?.name ?? { key: 'meeting.someCoach' };
}

/** The name of a place of the pack. */
export function placeName(place: string, { places }: Municipality): Text {
  return places.find(({ id }) => id === place)?.name ?? place;
}

/** A time as it is offered and told back: when, where if the person goes there, with whom if `coach` is to be told. */
export function slotText(slot: Slot & { kind: MeetingKind }, municipality: Municipality, coach = true): Text {
  const parts: Text[] = [{ at: slot.start, as: 'moment' }];
  if (visits.includes(slot.kind)) parts.push(placeName(slot.place, municipality));
  if (coach) parts.push(coachName(slot.coach, municipality));
  return parts.reduce((before, part) => ({ key: 'meeting.and', with: { before, part } }));
}

/** A meeting in one line, as it stands in a list: when, how and with whom. */
export function meetingLine({ start, kind, coach }: Appointment, municipality: Municipality): Text {
  return {
    key: `meeting.line.${kind}`,
    with: { when: { at: start, as: 'moment' }, coach: coachName(coach, municipality) },
  };
}

/** When, with whom, how, and the reference, a line each. */
export function meetingFacts(meeting: Appointment, municipality: Municipality): Text[] {
  const { start, end, coach, kind, topic, reference, interpreter } = meeting;
  return [
    { key: 'meeting.when', with: { from: { at: start, as: 'moment' }, to: { at: end, as: 'time' } } },
    { key: 'meeting.with', with: { coach: coachName(coach, municipality) } },
    { key: 'meeting.how', with: { kind: { key: `booking.kind.options.${kind}` } } },
    { key: 'meeting.about', with: { topic: { key: `booking.topic.options.${topic}` } } },
    ...(interpreter === undefined ? [] : [{ key: 'meeting.interpreter', with: { language: tongueName(interpreter) } }]),
    { key: 'meeting.reference', with: { reference } },
  ];
}

/** How the meeting comes about: the address and the way in, where to join, or who calls where. */
export function wayThere({ kind, place, phone, coach, joinUrl }: Appointment, municipality: Municipality): Text {
  const there = municipality.places.find(({ id }) => id === place);
  if (visits.includes(kind) && there) {
    return { lines: [{ key: 'meeting.place', with: { name: there.name, address: there.address } }, there.access] };
  }
  if (kind === 'teams' && joinUrl) return joinText(joinUrl);
  const key = visits.includes(kind) ? 'meeting.askPlace' : `meeting.wayThere.${kind}`;
  return { key, with: { phone: phone ?? '', coach: coachName(coach, municipality), ours: municipality.contact.phone } };
}

/** Until when the meeting may be moved and cancelled here, and whom to call after that. */
export function changeLimits({ start }: Appointment, { municipality, now }: Services): Text {
  const { limits, contact } = municipality;
  const until = (hours: number): DateTime => DateTime.fromISO(start).minus({ hours });
  const [move, cancel] = [until(limits.moveHours), until(limits.cancelHours)];
  const may = (key: string, last: DateTime): Text[] =>
    last < now ? [] : [{ key, with: { until: { at: last.toISO()!, as: 'moment' } } }];
  return {
    lines: [
      ...may('meeting.moveUntil', move),
      ...may('meeting.cancelUntil', cancel),
      move < now && cancel < now
        ? callUs('meeting.changeByPhone', municipality)
        : { key: 'meeting.laterCall', with: { phone: contact.phone } },
    ],
  };
}

/** Whether the meeting may still be moved or cancelled in the chat. */
export function mayChange({ start }: Appointment, how: 'move' | 'cancel', { municipality, now }: Services): boolean {
  const hours = how === 'move' ? municipality.limits.moveHours : municipality.limits.cancelHours;
  return now.toMillis() <= Date.parse(start) - hours * 3_600_000;
}

/** A sentence that ends in whom to call and when. */
export function callUs(key: string, { contact }: Municipality): Text {
  return { key, with: { phone: contact.phone, hours: hoursText(contact.hours) } };
}

/** Languages that an interpreter is often ordered for (ISO 639-1). */
export const interpreterTongues = ['ar', 'en', 'et', 'fa', 'ku', 'ru', 'so', 'th', 'uk', 'vi'];

/** The name of an interpreter's language; the person's own words as they are. */
export function tongueName(language: string): Text {
  return interpreterTongues.includes(language) ? { key: `booking.interpreterLanguage.options.${language}` } : language;
}
