import { randomUUID } from 'node:crypto';
import type { Activity, Incoming } from '../../src/bot/activity.ts';
import type { DurableConversations } from '../../src/bot/durable-conversations.ts';
import type { Appointment, CalendarDay } from '../../src/domain/appointments/appointment.ts';
import type { Client, ContactRequest, Intake } from '../../src/domain/clients/path.ts';
import type { Document, Documents } from '../../src/domain/documents.ts';
import type { Municipality } from '../../src/domain/municipalities/pack.ts';
import { type CaseRef, notice, telling } from '../../src/domain/notices.ts';
import type { Referral } from '../../src/domain/referrals/referral.ts';
import { createTranslator } from '../../src/i18n/translator.ts';
import { loadMunicipality } from '../../src/municipalities/load.ts';
import type { Sender } from '../../src/notify/sender.ts';
import type { Relay } from '../../src/outbox/relay.ts';
import { createService } from '../../src/service.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import type { Card } from '../../src/teams/cards/blocks.ts';
import type { ButtonData } from '../../src/teams/cards/buttons.ts';
import { HandClock } from './clock.ts';

/** The pack and the texts that the office works with. */
export const porvoo = loadMunicipality('deploy/municipalities', 'porvoo');
export const texts = createTranslator('locales', porvoo.zone);
/** Coaches whose cards come in Finnish, Swedish and English. */
export const [aino, linnea, samira] = ['aino-lehtivaara', 'linnea-strandkulla', 'samira-nahari'] as const;
export const monday = '2026-11-23T10:00:00+02:00';

const at = '2026-11-23T07:00:00.000Z';
const place = { partition: 'client-1', schema: 1 };

/** Cases in which every free field says `words`; what is told of them can be changed. */
export const cases = {
  intake: (words: string, extra: Partial<Intake> = {}): Intake => ({
    ...place,
    id: 'intake-1',
    type: 'intake',
    reference: 'P-INTA-KE',
    answers: {
      situation: 'unemployed',
      searchStart: '2026-11-02',
      ageGroup: '18to24',
      motherTongue: 'ar',
      languages: ['ar', 'en'],
      interpreter: true,
      interpreterLanguage: words,
      area: 'gammelbacka',
      education: 'unknown',
      lastWork: words,
      wantedWork: words,
      topic: 'findWork',
      helps: ['digital', 'motivation'],
      hinders: null,
      workAbilityConsent: true,
      workAbility: 6,
      benefits: 'labourMarketSubsidy',
      name: words,
      contactWay: 'phone',
      phone: '0501234567',
      email: 'person@example.com',
      contactTime: 'any',
    },
    language: 'sv',
    routing: { coach: aino, rule: 'under-30', because: porvoo.routing.find(({ id }) => id === 'under-30')!.because },
    meetBy: '2026-12-08',
    submittedAt: at,
    handling: {},
    ...extra,
  }),
  contact: (words: string, extra: Partial<ContactRequest> = {}): ContactRequest => ({
    ...place,
    id: 'contact-1',
    type: 'contact',
    reference: 'P-CONT-AC',
    name: words,
    phone: words,
    about: words,
    here: true,
    language: 'en',
    requestedAt: at,
    answerBy: '2026-11-23T14:00:00+02:00',
    handling: {},
    ...extra,
  }),
  referral: (words: string, extra: Partial<Referral> = {}): Referral => ({
    ...place,
    id: 'referral-1',
    type: 'referral',
    reference: 'P-REFE-RR',
    service: porvoo.services.find(({ referral }) => referral)!.id,
    state: 'sent',
    lines: [
      { field: 'name', value: words },
      { field: 'wish', value: words, language: 'en' },
      { field: 'education', value: 'vocational' },
      { field: 'hinders', value: ['health', 'money'] },
      { field: 'work', value: words },
    ],
    consent: { version: '1', language: 'en', at },
    language: 'en',
    coach: aino,
    history: [{ state: 'sent', at, by: 'client' }],
    createdAt: at,
    handling: {},
    ...extra,
  }),
  appointment: (words: string, extra: Partial<Appointment> = {}): Appointment => ({
    id: 'meeting-1',
    coach: aino,
    start: '2026-12-01T10:00:00+02:00',
    end: '2026-12-01T10:45:00+02:00',
    place: 'centre',
    reference: 'P-MEET-NG',
    client: 'client-1',
    topic: 'firstMeeting',
    kind: 'office',
    state: 'booked',
    language: 'fi',
    name: words,
    phone: words,
    interpreter: words,
    sequence: 0,
    bookedAt: at,
    changedAt: at,
    handling: {},
    ...extra,
  }),
};

/** The day that holds the meetings. */
export function dayOf(...appointments: Appointment[]): CalendarDay {
  const [{ coach, start } = cases.appointment('')] = appointments;
  return { id: start.slice(0, 10), partition: coach, type: 'day', schema: 1, appointments };
}

/** The reference of a document's case. */
export function about(document: Document, appointment?: string): CaseRef {
  const collection = document.type === 'day' ? ('calendars' as const) : ('clients' as const);
  const { partition, id } = document;
  return { collection, partition, id, ...(appointment !== undefined && { appointment }) };
}

/** The parts around the coaches, put together as in the service, on a store in memory and a clock moved by hand. */
export class Office {
  readonly clock = new HandClock(monday);
  readonly documents: Documents;
  readonly logged: string[] = [];
  readonly parts;
  readonly conversations: DurableConversations;
  readonly relay: Relay;

  constructor(mail: Sender = async () => 'sent', documents?: Documents, municipality: Municipality = porvoo) {
    this.documents = documents ?? openSqlite(':memory:', { now: this.clock.now });
    this.parts = { documents: this.documents, municipality, t: texts, now: this.clock.now };
    const write = (record: unknown, message?: unknown) => {
      this.logged.push(JSON.stringify({ record, message }));
    };
    const service = createService({
      ...this.parts,
      log: { info: write, warn: write, error: write },
      mail,
      timers: this.clock.timers,
      newId: randomUUID,
      hasInbox: true,
    });
    this.conversations = service.conversations;
    this.relay = service.relay;
  }

  /** Keeps a case with its news, and delivers them. */
  async put(
    document: Intake | ContactRequest | Referral | CalendarDay,
    news: 'intake' | 'contact' | 'referral' | 'booked' | 'cancelled',
  ): Promise<void> {
    const of = document.type === 'day' ? document.appointments[0]?.id : undefined;
    const item = notice('coach', `${of ?? document.id}-${news}-${this.clock.time}`, this.clock.time, {
      news,
      about: about(document, of),
    });
    const ref = about(document);
    const before = await this.documents.get(ref);
    if (before) await this.documents.replace(ref.collection, telling(document, item), before.version);
    else await this.documents.create(ref.collection, telling(document, item));
    await this.relay.sweep();
  }

  async client(): Promise<Client | undefined> {
    return (await this.documents.get<Client>({ collection: 'clients', partition: 'client-1', id: 'client' }))?.document;
  }

  async join(coach: string): Promise<Activity[]> {
    return this.receive(coach, { type: 'event', name: 'webchat/join', value: { language: 'en' } });
  }

  async say(coach: string, text: string): Promise<Activity[]> {
    return this.receive(coach, { type: 'message', text });
  }

  /** Presses a button; `more` is the mark of its card, and what was filled in. */
  async press(coach: string, act: unknown, of: unknown, more: object = {}): Promise<Activity[]> {
    return this.receive(coach, { type: 'message', value: { ...more, act, about: of } });
  }

  /** A client types in a chat of their own. */
  async chat(id: string, incoming: Incoming): Promise<Activity[]> {
    await this.conversations.start({ conversationId: id, userId: `dl_${id}`, language: 'en' });
    const { activities } = await this.conversations.receive(id, incoming);
    return activities.filter(({ from }) => from.role === 'bot');
  }

  /** What the bot answered. */
  private async receive(
    coach: string,
    incoming: Parameters<typeof this.conversations.receive>[1],
  ): Promise<Activity[]> {
    const conversationId = `coach-${coach}`;
    await this.conversations.start({ conversationId, userId: `dl_${conversationId}`, language: 'en', coach });
    const { activities } = await this.conversations.receive(conversationId, incoming);
    return activities.filter(({ from }) => from.role === 'bot');
  }

  /** The coach's whole log as it reads now; empty when nobody has written to the coach yet. */
  async log(coach: string): Promise<Activity[]> {
    const id = `coach-${coach}`;
    return (await this.conversations.exists(id)) ? (await this.conversations.since(id, 0)).activities : [];
  }

  /** The card that the coach sees of a case now: the last of its id. */
  async card(coach: string, id: string): Promise<{ card: Card; open: boolean } | undefined> {
    const last = (await this.log(coach)).findLast(({ channelData }) => channelData?.card?.id === id);
    return last && { card: cardOf(last), open: last.channelData!.card!.open };
  }
}

/** The card of a message. */
export function cardOf({ attachments }: Activity): Card {
  return attachments?.[0]?.content as Card;
}

/** Everything that a card shows, a line each. */
export function linesOf(card: Card): string[] {
  return card.body.flatMap((block) => {
    if ('inlines' in block) return [block.inlines.map(({ text }) => text).join('')];
    return 'text' in block ? [block.text] : [];
  });
}

/** Every button of a card that sends something, those of its forms and lists as well. */
export function buttonsOf(card: Card): { title: string; data: ButtonData }[] {
  const all = [...(card.actions ?? []), ...card.body.flatMap((block) => ('actions' in block ? block.actions : []))];
  return all
    .flatMap((one) => (one.type === 'Action.ShowCard' ? one.card.actions : [one]))
    .flatMap((one) => {
      return one.type === 'Action.Submit' ? [{ title: one.title, data: one.data }] : [];
    });
}
