import { expect } from 'chai';
import { DateTime } from 'luxon';
import type { AppointmentTopic, Slot } from '../../src/domain/appointments/appointment.ts';
import { booked } from '../support/clients.ts';
import { type Conversation, converse, texts } from '../support/conversation.ts';

/** Has a time booked for the person that begins at least so many hours from now, and opens it in the chat. */
async function opened(talk: Conversation, hours: number, topic: AppointmentTopic = 'plan'): Promise<Conversation> {
  const { appointments } = talk.world();
  const after = talk.now.plus({ hours }).toISO()!;
  const [slot] = await appointments.free({ topic, kind: 'phone', after, limit: 1 });
  await appointments.book({ topic, kind: 'phone', slot: slot!, phone: '0400000001', name: 'Testi' }, 'earlier');
  await talk.presses('my-path');
  return talk.answersOne('1');
}

/** Lets the time come so close that so many hours are left. */
function wait(talk: Conversation, meeting: Slot, hoursLeft: number): void {
  talk.now = DateTime.fromISO(meeting.start, { zone: talk.municipality.zone }).minus({ hours: hoursLeft });
}

for (const language of texts.languages) {
  describe(`An appointment of one's own (${language})`, () => {
    it('is told with its limits, and saved to a calendar', async () => {
      const talk = await opened(await converse({ language }), 72);
      talk.hears('meeting.when', 'meeting.wayThere.phone', 'meeting.moveUntil', 'meeting.cancelUntil').isAsked('do');
      await talk.presses('calendar');
      talk.hears('appointment.calendar');
      expect(talk.replies.flatMap(({ files = [] }) => files)[0]!.text).to.include('BEGIN:VEVENT');
    });

    it('is cancelled after a question, with a warning when the meeting is statutory', async () => {
      const talk = await opened(await converse({ language }), 72);
      await talk.presses('cancel');
      talk.isAsked('sure').hears('appointment.statutory', 'appointment.askFirst');
      expect(talk.heard).to.include(talk.municipality.contact.phone);
      await talk.presses(true);
      talk.hears('appointment.cancelled', 'appointment.bookAnew').isAsked('menu');
      expect(await booked(talk)).to.deep.equal([]);
    });

    it('is moved: the old time stands until the new one is confirmed', async () => {
      const talk = await opened(await converse({ language }), 72);
      const [old] = await booked(talk);
      await talk.presses('move');
      talk.isAsked('slot').hears('booking.slot.moving', 'booking.slot.own');
      await talk.presses('day');
      await talk.answersOne('5');
      await talk.answersOne('1');
      expect((await booked(talk)).map(({ id }) => id)).to.deep.equal([old!.id]);
      await talk.isAsked('review').presses('submit');
      talk.hears('booking.done.moved');
      const now = await booked(talk);
      expect(now).to.have.length(1);
      expect(now[0]).to.include({ reference: old!.reference, phone: '0400000001', name: 'Testi', topic: 'plan' });
      expect(now[0]!.start).not.to.equal(old!.start);
      expect(talk.replies.flatMap(({ files = [] }) => files)[0]!.text).to.match(/SEQUENCE:1/);
    });

    it('past the limits can be changed only on the phone, and the chat says so', async () => {
      const talk = await opened(await converse({ language }), 72);
      const [meeting] = await booked(talk);
      wait(talk, meeting!, 20);
      await talk.presses('path');
      await talk.answersOne('1');
      talk.hears('meeting.cancelUntil', 'meeting.laterCall').hearsNot('meeting.moveUntil');
      expect(talk.labelOf('move')).to.equal(undefined);
      wait(talk, meeting!, 3);
      await talk.presses('path');
      await talk.answersOne('1');
      talk.hears('meeting.changeByPhone').hearsNot('meeting.cancelUntil');
      expect(talk.labelOf('cancel')).to.equal(undefined);
      expect(talk.heard).to.include(talk.municipality.contact.phone);
    });
  });
}

describe("An appointment of one's own", () => {
  it('is cancelled without a warning when the law asks for no such meeting', async () => {
    const talk = await opened(await converse(), 72, 'training');
    await talk.presses('cancel');
    talk.isAsked('sure').hearsNot('appointment.statutory');
    await talk.presses(true);
    talk.hears('appointment.cancelled', 'appointment.mayBookAnew');
  });

  it('stays when the person thinks better of it', async () => {
    const talk = await opened(await converse(), 72);
    await talk.presses('cancel');
    await talk.presses(false);
    talk.hears('appointment.kept');
    expect(await booked(talk)).to.have.length(1);
  });

  it('stays when the limit passes between the question and the answer', async () => {
    const talk = await opened(await converse(), 72);
    const [meeting] = await booked(talk);
    await talk.presses('cancel');
    wait(talk, meeting!, 1);
    await talk.presses(true);
    talk.hears('appointment.tooLateToCancel');
    expect(await booked(talk)).to.have.length(1);
  });

  it('keeps its time when the limit for moving passes before the confirmation', async () => {
    const talk = await opened(await converse(), 72);
    const [meeting] = await booked(talk);
    await talk.presses('move');
    await talk.presses('day');
    await talk.answersOne('5');
    await talk.answersOne('1');
    wait(talk, meeting!, 23);
    await talk.isAsked('review').presses('submit');
    talk.hears('booking.tooLateToMove');
    expect((await booked(talk)).map(({ id }) => id)).to.deep.equal([meeting!.id]);
  });

  it('is said to be gone when it was cancelled elsewhere meanwhile', async () => {
    const talk = await opened(await converse(), 72);
    const [meeting] = await booked(talk);
    await talk.presses('cancel');
    await talk.world().appointments.cancel(meeting!.id, 'elsewhere');
    await talk.presses(true);
    talk.hears('appointment.cancelled');
    await talk.presses('my-path');
    talk.hears('my-path.noMeetings');
  });
});
