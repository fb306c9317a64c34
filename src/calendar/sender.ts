import { DateTime } from 'luxon';
import type { Appointment } from '../domain/appointments/appointment.ts';
import { type CalendarEntry, calendarEntry, entryName } from '../domain/appointments/calendar-entry.ts';
import { dayRef } from '../domain/appointments/coach-day.ts';
import { dayOf } from '../domain/appointments/free.ts';
import { keepJoinLink } from '../domain/appointments/join-link.ts';
import type { Documents, OutboxItem } from '../domain/documents.ts';
import type { Coach, Municipality } from '../domain/municipalities/pack.ts';
import { type CalendarNotice, calendarNotice, type MailNotice } from '../domain/notices.ts';
import type { Translator } from '../i18n/translator.ts';
import { eventWords } from '../notify/event-words.ts';
import type { Outcome, Parcel, Sender, Throttled } from '../notify/sender.ts';
import { createEvents, type EventOutcome, type WantedEvent } from './events.ts';
import type { Graph } from './graph.ts';
import { mailboxOf } from './outlook.ts';

/** What the sender to calendars works with. */
export interface CalendarSenderParts {
  documents: Documents;
  municipality: Municipality;
  t: Translator;
  /** Absent: every entry goes by mail, as an invitation. */
  graph?: Graph;
  mail: Sender;
  /** Epoch milliseconds. */
  now: () => number;
}

/** What Outlook has not taken after so many tries, about half a day, goes by mail. */
const mostTries = 20;
/** After so many failures in a row nobody waits for Outlook for a while, so that other deliveries have room. */
const failuresAtMost = 3;
const restFor = 15_000;
/** The meeting may change while Outlook is at it. */
const roundsAtMost = 3;

/**
 * Makes the sender that brings a coach's calendar in line with a meeting. What should be there is read anew each time, and
 * once more when it is done, so that repeats, late items and two at once all end in the same: one event for each meeting
 * that stands, and none for the others. Where Outlook has no such calendar or does not answer for long, an invitation goes
 * by mail instead.
 */
export function createCalendarSender(parts: CalendarSenderParts): Sender {
  const { documents, municipality, t, graph, mail, now } = parts;
  const events = graph && createEvents(graph);
  let failures = 0;
  let restsUntil = 0;
  const moment = () => DateTime.fromMillis(now(), { zone: municipality.zone });

  return async (parcel) => {
    const parsed = calendarNotice.safeParse(parcel.item.payload);
    const coach = municipality.coaches.find(({ id }) => id === parcel.ref.partition);
    if (!parsed.success) return 'refused';
    // Nobody's calendar: the coach has left the city's roster.
    if (!coach) return 'sent';
    const outcome =
      events && parcel.item.attempts < mostTries ? await inOutlook(parcel, coach, parsed.data) : 'refused';
    return outcome === 'refused' ? byMail(parcel, coach, parsed.data) : outcome;
  };

  function look({ ref }: Parcel, { appointment }: CalendarNotice): Promise<CalendarEntry> {
    const place = { coach: ref.partition, day: ref.id, appointment };
    return calendarEntry(documents, municipality, place, moment());
  }

  async function inOutlook(parcel: Parcel, coach: Coach, about: CalendarNotice): Promise<Outcome | Throttled> {
    const name = await nameOf(parcel, about);
    if (name === undefined) return 'sent';
    let entry = await look(parcel, about);
    for (let round = 0; round < roundsAtMost; round++) {
      if (entry.is === 'none') return 'sent';
      if (entry.is === 'undecided') return 'throttled';
      if (now() < restsUntil) return 'throttled';
      const mailbox = mailboxOf(coach);
      const outcome =
        entry.is === 'gone'
          ? await events!.remove(mailbox, name)
          : await events!.ensure(mailbox, wanted(entry.meeting, coach));
      failures = outcome.is === 'unsure' || outcome.is === 'again' ? failures + 1 : 0;
      if (failures >= failuresAtMost) restsUntil = now() + restFor;
      if (outcome.is !== 'stands' && outcome.is !== 'gone') return outcomeOf(outcome, parcel.item);
      if (entry.is === 'stands' && outcome.is === 'stands' && outcome.joinUrl)
        await keepLink(entry.meeting, outcome.joinUrl);
      const after = await look(parcel, about);
      if (isSame(entry, after)) return 'sent';
      entry = after;
    }
    return 'throttled';
  }

  async function nameOf({ ref, document }: Parcel, { appointment }: CalendarNotice): Promise<string | undefined> {
    const day = document.type === 'day' ? (document as { appointments?: Appointment[] }) : undefined;
    const meeting = ref.collection === 'calendars' && day?.appointments?.find(({ id }) => id === appointment);
    return meeting ? entryName(meeting) : undefined;
  }

  function wanted(meeting: Appointment, coach: Coach): WantedEvent {
    const { id, start, end, kind } = meeting;
    const words = eventWords(meeting, coach, municipality, t);
    return { ...words, name: entryName(meeting), transaction: id, start, end, online: kind === 'teams' };
  }

  function keepLink(meeting: Appointment, link: string): Promise<void> {
    const day = dayRef(meeting.coach, dayOf(meeting.start, municipality));
    return keepJoinLink({ documents, municipality, now: moment() }, day, meeting.id, link);
  }

  function outcomeOf(outcome: EventOutcome, { attempts }: OutboxItem): Outcome | Throttled {
    if (outcome.is === 'unsure') return 'ambiguous';
    if (outcome.is !== 'again') return 'refused';
    if (outcome.after === undefined) return 'throttled';
    // At least as long as the outbox itself would wait: a short pause asked for a whole day uses up all tries.
    const pause = Math.max(outcome.after * 1_000, Math.min(3_600_000, 2_500 * 2 ** attempts));
    return { until: now() + pause };
  }

  async function byMail(parcel: Parcel, coach: Coach, about: CalendarNotice): Promise<Outcome | Throttled> {
    const entry = await look(parcel, about);
    if (entry.is === 'undecided') return 'throttled';
    // The entry of a meeting that was moved within the calendar is changed by the mail about the new time.
    if (entry.is === 'none' || (entry.is === 'stands' && entry.meeting.id !== about.appointment)) return 'sent';
    const { partition, id } = parcel.ref;
    const payload: MailNotice = {
      mail: 'entry',
      coach: coach.id,
      about: { collection: 'calendars', partition, id, appointment: about.appointment },
    };
    const name = `${about.appointment}-${entry.is === 'stands' ? 'invitation' : 'cancellation'}`;
    return mail({ ...parcel, item: { ...parcel.item, id: name, kind: 'mail', payload } });
  }
}

function isSame(one: CalendarEntry, other: CalendarEntry): boolean {
  if (one.is === 'stands' && other.is === 'stands') return one.meeting.id === other.meeting.id;
  return one.is === other.is;
}
