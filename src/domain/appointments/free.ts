import type { DateTime } from 'luxon';
import { type Coach, type MeetingKind, type Municipality, type Place, weekdays } from '../municipalities/pack.ts';
import type { Appointment, AppointmentTopic, CalendarDay, Slot } from './appointment.ts';
import { dateAt, localTime, type Period, shiftDate, wallClock, without } from './wall-clock.ts';

/** Everything that decides which times of one coach are free on one local date (ISO) for one kind of meeting. */
export interface FreeQuestion {
  municipality: Municipality;
  coach: Coach;
  day: string;
  kind: MeetingKind;
  now: DateTime;
  /** What is booked already; absent when nothing is. */
  calendarDay?: CalendarDay;
}

interface Time extends Period {
  place: string;
}

const minute = 60_000;

/** Tells whether the coach holds meetings of this kind about this topic at all. */
export function offers(coach: Coach, topic: AppointmentTopic, kind: MeetingKind): boolean {
  return coach.topics.includes(topic) && coach.kinds.includes(kind);
}

/** Tells whether the meeting keeps its time from others: one that was cancelled or moved gives it back. */
export function holdsTime({ state }: Appointment): boolean {
  return state === 'booked' || state === 'seen' || state === 'no-show';
}

function suits(kind: MeetingKind, place: Place | undefined): boolean {
  if (kind === 'office' || kind === 'village') return place?.kind === kind;
  // A day in the village is for those who come there; the phone can wait until another day.
  return place?.kind !== 'village';
}

function spansOf(coach: Coach, day: string): { from: string; to: string; place: string }[] {
  const exceptions = coach.exceptions.filter(({ date }) => date === day);
  if (exceptions.length > 0) return exceptions.flatMap(({ spans }) => spans);
  const weekday = weekdays[(new Date(day).getUTCDay() + 6) % 7]!;
  return coach.hours.filter(({ days }) => days.includes(weekday));
}

/** Spans in which the coach could hold meetings of this kind on the date, whatever is booked. */
export function hoursFor({ municipality, coach, day, kind, now }: Omit<FreeQuestion, 'calendarDay'>) {
  const { zone, limits } = municipality;
  if (!coach.kinds.includes(kind) || day > shiftDate(dateAt(now.toMillis(), zone), limits.horizonDays)) return [];
  const spans = spansOf(coach, day).filter((span) => {
    return suits(
      kind,
      municipality.places.find(({ id }) => id === span.place),
    );
  });
  return spans.length > 0 && municipality.isClosed(day) ? [] : spans;
}

/**
 * The coach's grid: meetings one after another with the buffer between, counted from the start of the span and again
 * from the end of each break, since a break is a pause already.
 */
function gridOf(question: FreeQuestion): Time[] {
  const { municipality, coach, day } = question;
  const periodsOf = wallClock(day, municipality.zone);
  const breaks = coach.breaks.flatMap(periodsOf);
  const [length, step] = [coach.slotMinutes * minute, (coach.slotMinutes + coach.bufferMinutes) * minute];
  const times: Time[] = [];
  for (const { place, ...span } of hoursFor(question)) {
    for (const piece of periodsOf(span).flatMap((period) => without(period, breaks))) {
      for (let start = piece.start; start + length <= piece.end; start += step) {
        times.push({ start, end: start + length, place });
      }
    }
  }
  return times.sort((a, b) => a.start - b.start);
}

function freeTimes(question: FreeQuestion): Time[] {
  const { municipality, coach, now, calendarDay } = question;
  const earliest = now.toMillis() + municipality.limits.leadHours * 60 * minute;
  const buffer = coach.bufferMinutes * minute;
  const booked = (calendarDay?.appointments ?? []).filter(holdsTime).map((appointment) => ({
    start: Date.parse(appointment.start) - buffer,
    end: Date.parse(appointment.end) + buffer,
  }));
  const blocked = (calendarDay?.blocks ?? []).map(({ start, end }) => ({
    start: Date.parse(start),
    end: Date.parse(end),
  }));
  const taken = [...booked, ...blocked];
  return gridOf(question).filter(
    ({ start, end }) => start >= earliest && !taken.some((other) => start < other.end && other.start < end),
  );
}

/** Free times of one coach on one local date, in order of time; the offset in them is the one in force at that moment. */
export function freeSlots(question: FreeQuestion): Slot[] {
  const toISO = localTime(question.day, question.municipality.zone);
  return freeTimes(question).map(({ start, end, place }) => ({
    coach: question.coach.id,
    start: toISO(start),
    end: toISO(end),
    place,
  }));
}

/** Tells whether the slot may still be written: the same rules that offered it, with what is booked by now. */
export function isStillFree(slot: Slot, question: FreeQuestion): boolean {
  const [start, end] = [Date.parse(slot.start), Date.parse(slot.end)];
  return (
    slot.coach === question.coach.id &&
    freeTimes(question).some((time) => time.start === start && time.end === end && time.place === slot.place)
  );
}

/** The local date of a moment (ISO 8601) in the municipality; the id of the coach's day that holds it. */
export function dayOf(moment: string, { zone }: Municipality): string {
  return dateAt(Date.parse(moment), zone);
}
