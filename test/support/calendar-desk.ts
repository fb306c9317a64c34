import { DateTime } from 'luxon';
import type { Graph } from '../../src/calendar/graph.ts';
import { createCalendarSender } from '../../src/calendar/sender.ts';
import type { Appointment, CalendarDay, Slot } from '../../src/domain/appointments/appointment.ts';
import { book, cancel } from '../../src/domain/appointments/book.ts';
import { entryName } from '../../src/domain/appointments/calendar-entry.ts';
import { findFree } from '../../src/domain/appointments/find-free.ts';
import { holdsTime } from '../../src/domain/appointments/free.ts';
import type { ClientAct } from '../../src/domain/clients/client.ts';
import type { OutboxItem } from '../../src/domain/documents.ts';
import type { MeetingKind } from '../../src/domain/municipalities/pack.ts';
import type { ChatNotice } from '../../src/domain/notices.ts';
import type { Outcome, Sender } from '../../src/notify/sender.ts';
import { createRelay, type Relay } from '../../src/outbox/relay.ts';
import { HandClock } from './clock.ts';
import { texts } from './coach-office.ts';
import { MemoryDocuments } from './memory-documents.ts';
import { PlayedGraph } from './played-graph.ts';
import { coachOf, smallTown } from './small-town.ts';

/** Clients, coaches and their calendars in Outlook; time goes on only when a test says so. */
export class CalendarDesk {
  readonly clock = new HandClock('2026-01-02T12:00:00+02:00');
  readonly documents = new MemoryDocuments(this.clock.now);
  readonly town = smallTown(
    [coachOf('ada', { language: 'sv' }), coachOf('ben', { upn: 'Ben.Sign-in@town.example' }), coachOf('cid')],
    { limits: { ...smallTown([]).limits, openAppointments: 50 } },
  );
  readonly outlook: PlayedGraph;
  readonly mails: OutboxItem[] = [];
  /** What clients were told in the chat. */
  readonly chat: ChatNotice[] = [];
  readonly logged: string[] = [];
  readonly relays: Relay[] = [];

  constructor(mailboxes = ['ada@town.example', 'ben.sign-in@town.example', 'cid@town.example']) {
    this.outlook = new PlayedGraph(mailboxes);
  }

  /** Starts Outlook, and as many processes as wanted; without Outlook entries go by mail. */
  async start({ processes = 1, timeout = 1_000, withOutlook = true } = {}): Promise<this> {
    await this.outlook.start();
    const write = (record: unknown, message: string) => void this.logged.push(JSON.stringify({ record, message }));
    for (let n = 0; n < processes; n++) {
      const graph: Graph | undefined = withOutlook ? this.outlook.client(this.clock.now, timeout) : undefined;
      const sent = async (): Promise<Outcome> => 'sent';
      const told: Sender = async ({ item }) => {
        this.chat.push(item.payload as ChatNotice);
        return 'sent';
      };
      const calendar = createCalendarSender({
        documents: this.documents,
        municipality: this.town,
        t: texts,
        mail: async ({ item }) => {
          this.mails.push(item);
          return 'sent';
        },
        now: this.clock.now,
        ...(graph && { graph }),
      });
      const relay = createRelay({
        documents: this.documents,
        senders: { coach: sent, mail: sent, chat: told, timer: sent, calendar },
        log: { info() {}, warn: write, error: write },
        now: this.clock.now,
        timers: this.clock.timers,
      });
      this.relays.push(relay);
    }
    return this;
  }

  async stop(): Promise<void> {
    await Promise.all(this.relays.map((relay) => relay.stop()));
    await this.outlook.stop();
  }

  act(client: string, intent: string): ClientAct {
    const now = DateTime.fromMillis(this.clock.time, { zone: this.town.zone });
    return {
      documents: this.documents,
      municipality: this.town,
      client,
      conversation: 'chat',
      language: 'fi',
      intent,
      now,
    };
  }

  /** The first free times of a coach after a number of days. */
  async times(coach: string, days = 3, kind: MeetingKind = 'office'): Promise<Slot[]> {
    const now = DateTime.fromMillis(this.clock.time, { zone: this.town.zone });
    const after = now.plus({ days }).toISODate()!;
    return findFree(this.documents, this.town, { topic: 'plan', kind, coach, after, limit: 40 }, now);
  }

  book(client: string, intent: string, slot: Slot, kind: MeetingKind = 'office', moves?: string): Promise<Appointment> {
    const request = { topic: 'plan' as const, kind, slot, name: 'Kim Esimerkki', phone: '040 000 0000' };
    return book(this.act(client, intent), { ...request, ...(moves !== undefined && { moves }) });
  }

  cancel(client: string, id: string): Promise<Appointment> {
    return cancel(this.act(client, 'cancel'), id);
  }

  /** Every process delivers what is due now. */
  async deliver(): Promise<void> {
    await Promise.all(this.relays.map((relay) => relay.sweep()));
  }

  /** Goes on until nothing of calendars is under way any more. */
  async settle(): Promise<void> {
    for (;;) {
      await this.deliver();
      const waiting = this.days()
        .flatMap(({ outbox = [] }) => outbox)
        .filter(({ kind, givenUp }) => kind === 'calendar' && givenUp === undefined)
        .map(({ nextAt }) => nextAt);
      if (waiting.length === 0) return;
      this.clock.time = Math.max(this.clock.time + 1, Math.min(...waiting));
    }
  }

  days(): CalendarDay[] {
    return this.documents.all<CalendarDay>('calendars');
  }

  /** What is wrong between our own calendar and Outlook, in words; nothing when each meeting is one right event. */
  differences(): string[] {
    const meetings = this.days()
      .flatMap(({ appointments }) => appointments)
      .filter(holdsTime);
    const wrong: string[] = [];
    for (const { id, email, upn } of this.town.coaches) {
      const events = this.outlook.eventsOf(upn ?? email);
      const own = meetings.filter(({ coach }) => coach === id);
      const nameOf = (event: (typeof events)[number]) => event.singleValueExtendedProperties?.[0]?.value;
      for (const meeting of own) {
        const mine = events.filter((event) => nameOf(event) === entryName(meeting));
        if (mine.length !== 1) wrong.push(`${id}: ${mine.length} events for ${meeting.reference}`);
        const [event] = mine;
        const isRight =
          event &&
          Date.parse(`${event.start.dateTime}Z`) === Date.parse(meeting.start) &&
          Date.parse(`${event.end.dateTime}Z`) === Date.parse(meeting.end);
        if (event && !isRight) wrong.push(`${id}: ${meeting.reference} is at another time in Outlook`);
        if (event?.onlineMeeting && meeting.kind === 'teams' && meeting.joinUrl !== event.onlineMeeting.joinUrl)
          wrong.push(`${id}: ${meeting.reference} has another link`);
      }
      for (const event of events)
        if (!own.some((meeting) => entryName(meeting) === nameOf(event)))
          wrong.push(`${id}: ${event.subject} is a ghost`);
    }
    return wrong;
  }
}
