import { expect } from 'chai';
import type { Slot } from '../../src/domain/appointments/appointment.ts';
import { booked, gammelbacka, hasIntake } from '../support/clients.ts';
import { type Conversation, converse, texts } from '../support/conversation.ts';
import { coachOf, smallTown } from '../support/small-town.ts';

const languages = ['fi', 'sv', 'en'];

/** The times among the buttons. */
const times = (talk: Conversation) => (talk.dialog.shown?.options ?? []).filter(({ at, look }) => at && !look);

async function toTimes(talk: Conversation, kind = 'office'): Promise<Conversation> {
  await talk.presses('booking');
  await talk.answers({ topic: 'plan', kind, phone: '040 000 0002' });
  return talk.isAsked('slot');
}

async function toReview(talk: Conversation, kind = 'office'): Promise<Conversation> {
  await toTimes(talk, kind);
  await talk.presses('day');
  await talk.answersOne('3');
  await talk.answersOne('1');
  await talk.answers({ interpreter: false, name: 'Testi' });
  return talk.isAsked('review');
}

for (const language of languages) {
  describe(`Booking a time (${language})`, () => {
    it('ends with when, where, with whom, what to bring, how to change it, and a calendar file', async () => {
      const talk = await converse({ language });
      await toReview(talk);
      talk.hears('booking.review');
      await talk.presses('submit');
      talk.hears('booking.done.booked', 'meeting.when', 'meeting.with', 'meeting.reference', 'meeting.place');
      talk.hears('booking.done.bring.visit', 'meeting.moveUntil', 'meeting.cancelUntil', 'booking.done.notDecision');
      talk.hears('booking.done.intake', 'booking.next');
      const [meeting] = await booked(talk);
      expect(meeting).to.include({ topic: 'plan', kind: 'office', name: 'Testi', language });
      expect(talk.heard).to.include(meeting!.reference);
      const file = talk.replies.flatMap(({ files = [] }) => files)[0]!;
      expect(file.contentType).to.equal('text/calendar');
      expect(file.name).to.match(/\.ics$/);
      expect(file.text).to.include('BEGIN:VCALENDAR');
    });

    it('understands a typed day and time', async () => {
      const talk = await converse({ language });
      await toTimes(talk, 'phone');
      const chosen = times(talk)[1]!;
      const weekday = texts.say({ at: chosen.at!, as: 'day' }, language);
      const clock = texts.say({ at: chosen.at!, as: 'time' }, language);
      await talk.says(`${weekday.split(' ')[0]} ${clock}`);
      await talk.answers({ interpreter: false, name: null });
      await talk.isAsked('review').presses('submit');
      expect(Date.parse((await booked(talk))[0]!.start)).to.equal(Date.parse(chosen.at!));
    });

    it('shows the times again when somebody was faster, and keeps the other answers', async () => {
      const talk = await converse({ language });
      await toReview(talk);
      const { kind: _, ...slot } = talk.dialog.flow!.answers.slot as Slot & { kind: string };
      const other = await converse({ language, documents: talk.documents, client: 'client-2' });
      await other.world().appointments.book({ topic: 'plan', kind: 'office', slot }, 'faster');
      await talk.presses('submit');
      talk.hears('errors.slotTaken').isAsked('slot');
      expect(times(talk).map(({ at, value }) => [at, (value as Slot).coach])).not.to.deep.include([
        slot.start,
        slot.coach,
      ]);
      await talk.answersOne('1');
      await talk.isAsked('review').presses('submit');
      talk.hears('booking.done.booked');
      expect(await booked(talk)).to.have.length(1);
      expect((await booked(talk))[0]).to.include({ name: 'Testi', topic: 'plan' });
    });

    it('says what is wrong at each question, and goes on when it is right', async () => {
      const talk = await converse({ language });
      await talk.presses('booking');
      await talk.says('qwertyuiop');
      talk.hears('engine.invalid.choice');
      await talk.answersOne('plan');
      await talk.says('99');
      await talk.answersOne('phone');
      await talk.says('12');
      talk.hears('booking.phone.invalid').isAsked('phone');
      await talk.says('040 000 0002');
      // Yesterday, a day long gone, and one that has no times yet.
      for (const day of ['22.11.2026', '1.1.1890', '1.1.2999']) {
        await talk.says(day);
        talk.hears('booking.slot.invalid').isAsked('slot');
      }
      await talk.says('qwertyuiop');
      talk.hears('booking.slot.invalid').isAsked('slot').hearsNot('booking.slot.anybody');
      await talk.answersOne('1');
      await talk.answers({ interpreter: false, name: 'Testi' });
      talk.isAsked('review');
    });

    it('tells when nothing is free, and leads to a person', async () => {
      const town = smallTown([coachOf('ada', { hours: [] })]);
      for (const chosen of ['1', undefined]) {
        const talk = await converse({ language, municipality: town });
        await toTimes(talk);
        talk.hears('booking.slot.nothing');
        await (chosen ? talk.says(chosen) : talk.presses('person'));
        expect(talk.dialog.flow?.id).to.equal('contact');
        expect(talk.dialog.parked?.map(({ id }) => id)).to.deep.equal(['booking']);
      }
    });
  });
}

describe('Booking a time', () => {
  it('offers the own coach first, and knows from the intake what it tells', async () => {
    const talk = await converse();
    await hasIntake(talk);
    await talk.presses('booking');
    await talk.answers({ topic: 'firstMeeting', kind: 'phone' });
    await talk.isAsked('phone').presses('0400000001');
    talk.hears('booking.slot.own');
    expect(new Set(times(talk).map(({ value }) => (value as Slot).coach))).to.deep.equal(new Set(['samira-nahari']));
    await talk.presses('anybody');
    expect(new Set(times(talk).map(({ value }) => (value as Slot).coach)))
      .to.have.property('size')
      .above(1);
    await talk.presses('own');
    await talk.answersOne('1');
    talk.isAsked('review').hearsNot('booking.interpreter.label');
    await talk.presses('submit');
    talk.hears('booking.done.booked').hearsNot('booking.done.intake');
    expect((await booked(talk))[0]).to.include({ coach: 'samira-nahari', name: 'Mira', phone: '0400000001' });
  });

  it('orders the interpreter of the intake without asking again', async () => {
    const talk = await converse();
    await hasIntake(talk, { ...gammelbacka, motherTongue: 'so', interpreter: true });
    await toTimes(talk);
    await talk.answersOne('1');
    talk.isAsked('review').hears('booking.interpreterLanguage.options.so');
    await talk.presses('submit');
    expect((await booked(talk))[0]!.interpreter).to.equal('so');
  });

  it('asks about an interpreter when the chat or the mother tongue suggests one', async () => {
    const english = await converse({ language: 'en' });
    await toTimes(english);
    await english.answersOne('1');
    await english.isAsked('interpreter').answersOne(true);
    await english.isAsked('interpreterLanguage').says('tigrinya');
    await english.answers({ name: null });
    await english.presses('submit');
    expect((await booked(english))[0]!.interpreter).to.equal('tigrinya');
    const finnish = await converse({ language: 'fi' });
    await hasIntake(finnish, { ...gammelbacka, motherTongue: 'ru', interpreter: 'unknown' });
    await toTimes(finnish);
    await finnish.answersOne('1');
    expect(finnish.isAsked('interpreter').dialog.flow?.answers.tongue).to.equal('ru');
    await finnish.answersOne(true);
    expect(finnish.dialog.shown?.options[0]?.value).to.equal('ru');
  });

  it('shows later times, other days and the times of a day, and comes back from each', async () => {
    const talk = await converse();
    await toTimes(talk);
    const first = times(talk).map(({ at }) => at!);
    await talk.presses('more');
    expect(times(talk)[0]!.at! > first.at(-1)!).to.equal(true);
    await talk.commands('back');
    expect(times(talk).map(({ at }) => at)).to.deep.equal(first);
    await talk.presses('day');
    const days = talk.dialog.shown!.options.filter(({ at }) => at).map(({ at }) => at!);
    expect(days).to.have.length(6);
    await talk.presses('later');
    const later = talk.dialog.shown!.options.filter(({ at }) => at).map(({ at }) => at!);
    expect(later[0]! > days.at(-1)!).to.equal(true);
    await talk.presses(later[0]);
    expect(new Set(times(talk).map(({ at }) => at!.slice(0, 10)))).to.deep.equal(new Set([later[0]]));
  });

  it('asks for the time anew when the way to meet is changed in the review, and keeps the rest', async () => {
    const talk = await converse();
    await toReview(talk);
    await talk.presses('change');
    await talk.presses('kind');
    await talk.answersOne('teams');
    await talk.isAsked('phone').says('040 000 0003');
    talk.hears('booking.slot.anybody').isAsked('slot');
    await talk.answersOne('2');
    talk.isAsked('review');
    await talk.presses('submit');
    talk.hears('meeting.wayThere.teams');
    expect((await booked(talk))[0]).to.include({ kind: 'teams', name: 'Testi', phone: '0400000003' });
  });

  it('goes back answer by answer and forgets nothing but the last', async () => {
    const talk = await converse();
    await toReview(talk);
    for (const question of ['name', 'slot', 'kind', 'topic']) {
      await talk.commands('back');
      talk.isAsked(question);
    }
    await talk.commands('back');
    talk.isAsked('menu');
  });

  it('keeps the answers when the language changes in the middle', async () => {
    const talk = await converse({ language: 'fi' });
    await toTimes(talk);
    await talk.speaks('sv');
    talk.isAsked('slot').hears('engine.languageIs', 'booking.slot.anybody');
    await talk.answersOne('1');
    await talk.answers({ name: 'Testi' });
    await talk.presses('submit');
    expect((await booked(talk))[0]).to.include({ language: 'sv', topic: 'plan' });
  });

  it('tells the address and the way in, also of a village', async () => {
    const talk = await converse();
    await toReview(talk, 'village');
    await talk.presses('submit');
    const [meeting] = await booked(talk);
    const place = talk.municipality.places.find(({ id }) => id === meeting!.place)!;
    expect(place.kind).to.equal('village');
    expect(talk.heard).to.include(place.address.fi).and.include(place.access.fi);
  });

  it('does once what is confirmed twice', async () => {
    const talk = await converse();
    await toReview(talk);
    const label = talk.labelOf('submit')!;
    await talk.says(label);
    await talk.says(label);
    talk.hears('engine.alreadyDone', 'booking.done.booked');
    expect(await booked(talk)).to.have.length(1);
  });

  it('says so when the person holds as many times as allowed', async () => {
    const talk = await converse({ municipality: smallTown([coachOf('ada')]) });
    for (let i = 0; i < 2; i++) await (await toReview(talk)).presses('submit');
    await (await toReview(talk)).presses('submit');
    talk.hears('errors.tooManyAppointments', 'booking.call').isAsked('menu');
    expect(await booked(talk)).to.have.length(2);
  });

  it('lets the way to meet be chosen anew when that way has no times', async () => {
    const village = coachOf('ada', { kinds: ['village', 'phone'] });
    const talk = await converse({ municipality: smallTown([village]) });
    await toTimes(talk, 'village');
    talk.hears('booking.slot.nothing');
    await talk.presses('kind');
    expect(talk.isAsked('kind').dialog.flow?.answers.topic).to.equal('plan');
    await talk.answers({ kind: 'phone', phone: '040 000 0002' });
    talk.hears('booking.slot.anybody');
  });
});
