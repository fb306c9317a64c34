import { expect } from 'chai';
import { DateTime } from 'luxon';
import type { Activity } from '../../src/bot/activity.ts';
import type { Appointment } from '../../src/domain/appointments/appointment.ts';
import { book } from '../../src/domain/appointments/book.ts';
import { listAppointments } from '../../src/domain/appointments/client-appointments.ts';
import { findFree } from '../../src/domain/appointments/find-free.ts';
import type { ClientAct } from '../../src/domain/clients/client.ts';
import type { CaseRef } from '../../src/domain/notices.ts';
import type { Act } from '../../src/teams/acts/offered.ts';
import { buttonsOf, cardOf } from './coach-office.ts';
import { TalkScene } from './talk-scene.ts';

/** A client with a booked time, and the coach whose it is, in one service. */
export class CoachScene extends TalkScene {
  clientId = '';

  /** The client opens the chat, and books the first free time of the coach in it. */
  async books(coach: string, language = 'en'): Promise<CaseRef> {
    await this.opens(language);
    const [slot] = await this.freeTimes(coach, 1);
    const wish = { topic: 'plan', kind: 'phone', slot: slot!, phone: '0400000007', name: 'Mira' } as const;
    const meeting = await book(this.act('booking'), wish);
    await this.relay.sweep();
    return aboutMeeting(meeting);
  }

  /** The client opens the chat. */
  async opens(language: string): Promise<void> {
    this.language = language;
    await this.chat(this.chatId, { type: 'event', name: 'webchat/join', value: { language } });
    const ref = { collection: 'conversations', partition: this.chatId, id: this.chatId } as const;
    this.clientId = ((await this.documents.get(ref))!.document as unknown as { client: string }).client;
  }

  /** Something that the client does now. */
  act(intent: string): ClientAct {
    const now = DateTime.fromMillis(this.clock.time, { zone: this.parts.municipality.zone });
    const { documents, clientId: client, chatId: conversation, language } = this;
    return { documents, municipality: this.parts.municipality, client, conversation, language, intent, now };
  }

  async freeTimes(coach: string, limit: number) {
    const now = DateTime.fromMillis(this.clock.time, { zone: this.parts.municipality.zone });
    return findFree(this.documents, this.parts.municipality, { topic: 'plan', kind: 'phone', coach, limit }, now);
  }

  /** The client's meetings, the latest first. */
  async meetings(): Promise<Appointment[]> {
    return listAppointments(this.documents, this.clientId);
  }

  /** The card of a case as the coach would get it now. */
  async shows(coach: string, about: CaseRef): Promise<Activity> {
    const answers = await this.press(coach, 'show', about);
    return answers[0]!;
  }

  /** Presses a button of the case's card as it is now, with what is filled in. */
  async presses(coach: string, act: Act, about: CaseRef, filled: Record<string, string> = {}): Promise<Activity[]> {
    const card = cardOf(await this.shows(coach, about));
    const button = buttonsOf(card).find(({ data }) => data.act === act);
    expect(button, `${act} is not on the card`).not.to.equal(undefined);
    const inputs = Object.fromEntries(Object.entries(filled).map(([name, value]) => [`${act}-${name}`, value]));
    const answers = await this.press(coach, act, about, { ...button!.data, ...inputs });
    await this.relay.sweep();
    return answers;
  }
}

/** The reference of a meeting's case. */
export function aboutMeeting({ coach, start, id }: Appointment): CaseRef {
  return { collection: 'calendars', partition: coach, id: start.slice(0, 10), appointment: id };
}
