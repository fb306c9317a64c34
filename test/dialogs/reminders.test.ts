import { expect } from 'chai';
import type { Appointment, AppointmentState, CalendarDay } from '../../src/domain/appointments/appointment.ts';
import { changeDocument } from '../../src/domain/change-document.ts';
import { eraseClient } from '../../src/domain/clients/erase.ts';
import { booked, gammelbacka, hasIntake } from '../support/clients.ts';
import { type Conversation, converse, texts } from '../support/conversation.ts';
import { Days } from '../support/days.ts';

/** Books a meeting that begins at least so many days from now. */
async function books(
  talk: Conversation,
  from: number,
  kind: 'office' | 'phone' = 'office',
  intent = 'b',
): Promise<Appointment> {
  const { appointments } = talk.world();
  const day = talk.now.plus({ days: from - 1 }).toISODate()!;
  const query = { topic: 'plan', kind, coach: 'samira-nahari', after: day, limit: 1 } as const;
  const [slot] = await appointments.free(query);
  return appointments.book({ topic: 'plan', kind, slot: slot!, phone: '0400000001' }, intent);
}

/** A coach notes how the meeting went. */
async function becomes(talk: Conversation, meeting: Appointment, state: AppointmentState): Promise<void> {
  const ref = { collection: 'calendars', partition: meeting.coach, id: meeting.start.slice(0, 10) } as const;
  await changeDocument<CalendarDay>(talk.documents, ref, (day) => ({
    ...day!,
    appointments: day!.appointments.map((one) => (one.id === meeting.id ? { ...one, state } : one)),
  }));
}

const hoursTo = (talk: Conversation, { start }: Appointment) => (Date.parse(start) - talk.now.toMillis()) / 3_600_000;

for (const language of texts.languages) {
  describe(`A reminder (${language})`, () => {
    it('comes once, 48 hours before the meeting, with the way there, and is promised when the time is booked', async () => {
      const talk = await converse({ language });
      const days = new Days(talk);
      await talk.presses('booking');
      await talk.answers({ topic: 'plan', kind: 'office' });
      await talk.presses(talk.dialog.shown!.options.find(({ look }) => look?.days === 0)!.value);
      await talk.presses(talk.dialog.shown!.options.filter(({ look }) => look?.day).at(-1)!.value);
      await talk.presses(talk.dialog.shown!.options[0]!.value);
      await talk.answers({ interpreter: false, name: null });
      await talk.isAsked('review').presses('submit');
      talk.hears('reminder.will.chat');
      const [meeting] = await booked(talk);
      await days.pass({ hours: Math.ceil(hoursTo(talk, meeting!)) - 49 });
      expect(days.told).to.deep.equal([]);
      await days.pass({ hours: 3 });
      talk.isAsked('menu').hears('reminder.meeting', 'meeting.place', 'reminder.change');
      expect(talk.heard).to.include(texts.say({ at: meeting!.start, as: 'moment' }, language));
      days.told.length = 0;
      await days.pass({ hours: 40 });
      expect(days.told).to.deep.equal([]);
      expect(days.mails).to.deep.equal([]);
    });

    it('goes by mail as well when the client gave an address', async () => {
      const talk = await converse({ language });
      const days = new Days(talk);
      await hasIntake(talk, { ...gammelbacka, contactWay: 'email', email: 'mira@example.org' });
      await books(talk, 5, 'phone');
      await days.pass({ days: 6 });
      expect(days.told).to.include('reminder.meeting');
      expect(days.mails).to.deep.equal(['client {"key":"reminder.subject"}']);
    });

    it('asks after a meeting that was held how it went', async () => {
      const talk = await converse({ language });
      const days = new Days(talk);
      const meeting = await books(talk, 3);
      await days.pass({ hours: Math.ceil(hoursTo(talk, meeting)) + 2 });
      await becomes(talk, meeting, 'seen');
      await days.pass({ days: 2 });
      await talk.isAsked('score').hears('feedback.about.meeting').presses('good');
      await talk.answers({ helped: 'unknown', more: 'Selkeä tapaaminen' });
      talk.hears('feedback.done');
      const [given] = (await talk.world().clients.path()).feedback;
      expect(given).to.deep.include({ score: 'good', helped: 'unknown', words: 'Selkeä tapaaminen' });
      expect(given!.about).to.deep.equal({ kind: 'meeting', id: meeting.id, of: meeting.coach });
      days.told.length = 0;
      await days.pass({ days: 10 });
      expect(days.told).to.deep.equal([]);
    });

    it('offers an earlier time to who waits for one, and moves the meeting on a yes', async () => {
      const talk = await converse({ language });
      const other = await converse({ language, documents: talk.documents, client: 'other' });
      const days = new Days(talk, [other]);
      const early = await books(other, 6);
      const late = await books(talk, 15);
      await talk.presses('my-path');
      await talk.presses(late.id);
      await talk.presses('earlier');
      talk.isAsked('menu').hears('earlier.waiting');
      await other.world().appointments.cancel(early.id, 'c');
      await days.deliver();
      talk.isAsked('take').hears('earlier.offer');
      expect(talk.heard).to.include(texts.say({ at: early.start, as: 'moment' }, language));
      await talk.presses(true);
      talk.isAsked('menu').hears('booking.done.moved');
      const [now] = await booked(talk);
      expect(now).to.include({ start: early.start, reference: late.reference });
      expect(now).not.to.have.property('waiting');
    });
  });
}

describe('A reminder', () => {
  it('is never sent for a meeting that was cancelled, moved or held before, nor to somebody who is erased', async () => {
    for (const end of ['cancel', 'move', 'erase'] as const) {
      const talk = await converse();
      const days = new Days(talk);
      const meeting = await books(talk, 8);
      const { appointments } = talk.world();
      if (end === 'cancel') await appointments.cancel(meeting.id, 'c');
      if (end === 'erase') {
        const { documents, municipality, client, language, now } = talk;
        await eraseClient({ documents, municipality, client, language, intent: 'e', now });
      }
      if (end === 'move') {
        const [slot] = await appointments.free({ topic: 'plan', kind: 'office', after: meeting.start, limit: 1 });
        await appointments.book({ topic: 'plan', kind: 'office', slot: slot!, moves: meeting.id }, 'm');
        await days.pass({ hours: Math.ceil(hoursTo(talk, meeting)) - 40 });
        expect(days.told.filter((key) => key === 'reminder.meeting').length).to.be.at.most(1);
        continue;
      }
      await days.pass({ days: 9 });
      expect(days.told, end).to.deep.equal([]);
    }
  });

  it('is not promised, and not sent, when the meeting is nearer than that', async () => {
    const talk = await converse();
    const days = new Days(talk);
    await books(talk, 1);
    await days.pass({ days: 3 });
    expect(days.told).to.deep.equal([]);
  });

  it('for a moved meeting comes for the new time only', async () => {
    const talk = await converse();
    const days = new Days(talk);
    const meeting = await books(talk, 5);
    const { appointments } = talk.world();
    const after = talk.now.plus({ days: 12 }).toISODate()!;
    const [slot] = await appointments.free({ topic: 'plan', kind: 'office', after, limit: 1 });
    const moved = await appointments.book({ topic: 'plan', kind: 'office', slot: slot!, moves: meeting.id }, 'm');
    await days.pass({ days: 8 });
    expect(days.told).to.deep.equal([]);
    await days.pass({ hours: Math.ceil(hoursTo(talk, moved)) - 40 });
    expect(days.told.filter((key) => key === 'reminder.meeting')).to.have.length(1);
  });

  it('asks nothing after a meeting that was not held, or of which nobody has said anything', async () => {
    for (const state of ['no-show', 'booked', 'cancelled-by-service'] as const) {
      const talk = await converse();
      const days = new Days(talk);
      const meeting = await books(talk, 1);
      await becomes(talk, meeting, state);
      await days.pass({ days: 12 });
      expect(days.told, state).to.deep.equal([]);
      const { outbox = [] } = (await talk.documents.list('calendars', meeting.coach, 'day'))[0]!.document;
      expect(
        outbox.filter(({ kind }) => kind === 'timer'),
        state,
      ).to.deep.equal([]);
    }
  });
});

describe('The waiting list', () => {
  /** People who wait for an earlier time with the same coach, the first of them in the chat that is looked at. */
  async function waiting(count: number, from = 15) {
    const talk = await converse();
    const all = [talk];
    for (let i = 1; i < count; i++) all.push(await converse({ documents: talk.documents, client: `waits-${i}` }));
    for (const one of all) {
      const { id } = await books(one, from);
      await one.world().appointments.wantEarlier(id, true, 'w');
    }
    const holder = await converse({ documents: talk.documents, client: 'holder' });
    return { talk, all, holder, days: new Days(talk, [...all.slice(1), holder]) };
  }

  async function frees(holder: Conversation, from: number, intent: string): Promise<Appointment> {
    const meeting = await books(holder, from, 'office', intent);
    return holder.world().appointments.cancel(meeting.id, `${intent}-c`);
  }

  it('gives the time to the first yes, and tells the others kindly that they keep their own', async () => {
    const { all, holder, days } = await waiting(3);
    const freed = await frees(holder, 6, 'f');
    await days.deliver();
    for (const one of all) one.isAsked('take');
    await all[1]!.presses(true);
    all[1]!.hears('booking.done.moved');
    for (const late of [all[0]!, all[2]!]) {
      const [own] = await booked(late);
      await late.presses(true);
      late.isAsked('menu').hears('earlier.lost', 'earlier.left').hearsNot('errors.slotTaken');
      expect(late.heard).to.include(texts.say({ at: own!.start, as: 'moment' }, late.language));
      expect((await booked(late))[0]!.start).to.equal(own!.start);
    }
    const winners = await Promise.all(all.map(booked));
    expect(winners.flat().filter(({ start }) => start === freed.start)).to.have.length(1);
  });

  it('offers three times at most, and nothing to who has left it', async () => {
    const { talk, holder, days } = await waiting(1, 30);
    for (let i = 0; i < 5; i++) {
      await frees(holder, 20 - i * 2, `f${i}`);
      await days.deliver();
      if (talk.asked === 'take') await talk.presses(false);
    }
    expect(days.told.filter((one) => one === 'ask earlier')).to.have.length(3);
    const again = await waiting(1, 30);
    await frees(again.holder, 10, 'f');
    await again.days.deliver();
    await again.talk.isAsked('take').presses('stop');
    again.talk.hears('earlier.stopped');
    await frees(again.holder, 8, 'g');
    await again.days.deliver();
    expect(again.days.told.filter((one) => one === 'ask earlier')).to.have.length(1);
  });

  it('offers nothing in the last two days, nothing later, and nothing to who did not ask', async () => {
    const soon = await waiting(1);
    await frees(soon.holder, 1, 'f');
    await frees(soon.holder, 20, 'g');
    await soon.days.deliver();
    expect(soon.days.told).to.deep.equal([]);
    const talk = await converse();
    await books(talk, 15);
    const holder = await converse({ documents: talk.documents, client: 'holder' });
    const days = new Days(talk, [holder]);
    await frees(holder, 6, 'f');
    await days.deliver();
    expect(days.told).to.deep.equal([]);
  });

  it('is open only to who has to wait longer than a week', async () => {
    for (const [from, may] of [
      [5, false],
      [12, true],
    ] as const) {
      const talk = await converse();
      const { id } = await books(talk, from);
      await talk.presses('my-path');
      await talk.presses(id);
      expect(talk.labelOf('earlier') !== undefined).to.equal(may);
    }
  });

  it('can be left where it was joined', async () => {
    const talk = await converse();
    const { id } = await books(talk, 15);
    for (const [press, heard] of [
      ['earlier', 'earlier.waiting'],
      ['notEarlier', 'earlier.stopped'],
    ] as const) {
      await talk.presses('my-path');
      await talk.presses(id);
      await talk.presses(press);
      talk.isAsked('menu').hears(heard);
    }
    expect((await booked(talk))[0]).not.to.have.property('waiting');
  });

  it('says plainly that an offer is over when the own time has changed meanwhile', async () => {
    const { talk, holder, days } = await waiting(1);
    await frees(holder, 6, 'f');
    await days.deliver();
    const [own] = await booked(talk);
    await talk.world().appointments.cancel(own!.id, 'c');
    await talk.isAsked('take').presses(true);
    talk.isAsked('menu').hears('earlier.over');
  });
});
