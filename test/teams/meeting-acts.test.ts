import { expect } from 'chai';
import type { CalendarDay } from '../../src/domain/appointments/appointment.ts';
import { aino, buttonsOf, cardOf, linesOf, texts } from '../support/coach-office.ts';
import { aboutMeeting, CoachScene } from '../support/coach-scene.ts';

const hour = 3_600_000;
const name = 'Aino Lehtivaara';

for (const language of texts.languages) {
  const say = (key: string, values = {}) => texts.say({ key, with: values }, language);
  const moment = (at: string) => texts.say({ at, as: 'moment' }, language);

  describe(`A coach’s acts with a meeting, to a client in ${language}`, () => {
    it('cancel it with a reason: the client hears who and why, and the time is not offered to others', async () => {
      const scene = new CoachScene();
      const about = await scene.books(aino, language);
      const [before] = await scene.meetings();
      const told = await scene.presses(aino, 'cancel', about, { reason: 'ill', words: 'Pahoittelut!' });
      expect(told.at(-1)?.text).to.include('Peruit ajan').and.include('Asiakkaalle kerrottiin');
      const [meeting] = await scene.meetings();
      expect(meeting).to.include({ state: 'cancelled-by-service', sequence: before!.sequence + 1 });
      const heard = (await scene.clientSees()).join('\n');
      expect(heard)
        .to.include(say('fromCoach.cancelled.what', { coach: name, when: moment(before!.start) }))
        .and.include(say('fromCoach.cancelled.because.ill'))
        .and.include('Pahoittelut!');
      const free = await scene.freeTimes(aino, 30);
      expect(free.map(({ start }) => start)).not.to.include(before!.start);
      const again = await scene.press(aino, 'cancel', about, { 'cancel-reason': 'ill' });
      expect(again.at(-1)?.text).to.equal(told.at(-1)?.text);
      expect((await scene.clientSees()).join('\n')).to.equal(heard);
    });

    it('propose another time, which the client takes by one press', async () => {
      const scene = new CoachScene();
      const about = await scene.books(aino, language);
      const [old] = await scene.meetings();
      const slot = (await scene.freeTimes(aino, 3))[2]!;
      await scene.presses(aino, 'propose', about, { time: slot.start, words: 'Sopiiko tämä paremmin?' });
      const log = await scene.clientLog();
      expect(log.map(({ text }) => text).join('\n'))
        .to.include(say('fromCoach.proposed', { coach: name, new: moment(slot.start), old: moment(old!.start) }))
        .and.include('Sopiiko tämä paremmin?');
      expect((await scene.meetings())[0]).to.include({ state: 'booked', start: old!.start });
      const [take] = log.at(-1)!.suggestedActions!.actions;
      expect(take!.title).to.equal(say('proposed-time.ways.take', { when: moment(slot.start) }));
      await scene.types(take!.value);
      await scene.relay.sweep();
      const now = (await scene.meetings()).find(({ state }) => state === 'booked');
      expect(Date.parse(now!.start)).to.equal(Date.parse(slot.start));
      // The same button again is explained, and moves nothing.
      const answers = await scene.types(take!.value);
      expect(answers.join('\n').length).to.be.greaterThan(0);
      expect((await scene.meetings()).filter(({ state }) => state === 'booked')).to.have.length(1);
    });

    it('propose another time, which the client does not take: the coach hears so', async () => {
      const scene = new CoachScene();
      const about = await scene.books(aino, language);
      const slot = (await scene.freeTimes(aino, 3))[1]!;
      await scene.presses(aino, 'propose', about, { time: slot.start });
      const [old] = await scene.meetings();
      const answers = await scene.types(say('proposed-time.ways.keep', { when: moment(old!.start) }));
      expect(answers.join()).to.include(say('proposed-time.kept', { when: moment(old!.start) }));
      await scene.relay.sweep();
      const card = cardOf(await scene.shows(aino, about));
      expect(linesOf(card).join('\n')).to.include('Asiakas pitää vanhan ajan');
      expect((await scene.meetings())[0]).to.include({ state: 'booked', start: old!.start });
    });
  });
}

describe('A meeting', () => {
  it('may be moved to the coach’s own proposal however late it is', async () => {
    const scene = new CoachScene();
    const about = await scene.books(aino);
    const [old] = await scene.meetings();
    scene.clock.time = Date.parse(old!.start) - 3 * hour;
    const slot = (await scene.freeTimes(aino, 2))[1]!;
    await scene.presses(aino, 'propose', about, { time: slot.start });
    await scene.types((await scene.clientLog()).at(-1)!.suggestedActions!.actions[0]!.value);
    expect((await scene.meetings()).find(({ state }) => state === 'booked')?.start).to.equal(slot.start);
  });

  it('is not moved to a proposal that somebody else has booked, and stays as it was', async () => {
    const scene = new CoachScene();
    const about = await scene.books(aino);
    const [old] = await scene.meetings();
    const slot = (await scene.freeTimes(aino, 2))[1]!;
    await scene.presses(aino, 'propose', about, { time: slot.start });
    const { value } = (await scene.clientLog()).at(-1)!.suggestedActions!.actions[0]!;
    const ref = { collection: 'calendars', partition: aino, id: slot.start.slice(0, 10) } as const;
    const read = await scene.documents.get<CalendarDay>(ref);
    const other = { ...old!, id: 'other', client: 'client-2', start: slot.start, end: slot.end };
    const day = read?.document ?? { ...ref, type: 'day' as const, schema: 1, appointments: [] };
    const full = { ...day, appointments: [...day.appointments, other] };
    if (read) await scene.documents.replace('calendars', full, read.version);
    else await scene.documents.create('calendars', full);
    expect((await scene.types(value)).join()).to.include('Somebody booked the proposed time first');
    expect((await scene.meetings())[0]).to.include({ state: 'booked', start: old!.start });
  });

  it('is proposed no time that is not free, whatever the card says', async () => {
    const scene = new CoachScene();
    const about = await scene.books(aino);
    for (const time of ['2020-01-01T10:00:00+02:00', '2026-12-24T03:00:00+02:00', 'tomorrow', '']) {
      const answers = await scene.presses(aino, 'propose', about, { time });
      expect(answers.at(-1)?.text, time).to.match(/ei ole enää vapaa|Valitse ensin aika/);
    }
    expect((await scene.meetings())[0]!.proposed).to.equal(undefined);
  });

  it('that is over is a case until the coach says how it went', async () => {
    for (const [act, state] of [
      ['attended', 'seen'],
      ['noShow', 'no-show'],
    ] as const) {
      const scene = new CoachScene();
      const about = await scene.books(aino);
      const [meeting] = await scene.meetings();
      expect((await scene.say(aino, 'toimenpiteet')).length).to.equal(1);
      scene.clock.time = Date.parse(meeting!.end);
      await scene.relay.sweep();
      // It comes of itself, once.
      const id = `calendars|${about.partition}|${about.id}|${about.appointment}`;
      const cards = (await scene.log(aino)).filter(({ channelData }) => channelData?.card?.id === id);
      expect(cards).to.have.length(2);
      expect(linesOf(cardOf(cards.at(-1)!))[0]).to.equal('Miten tapaaminen sujui?');
      expect((await scene.say(aino, 'toimenpiteet')).length).to.equal(2);
      await scene.presses(aino, act, about);
      expect((await scene.meetings())[0]).to.include({ state });
      // Who did not come waits for the coach; who came does not.
      const waits = (await scene.say(aino, 'toimenpiteet')).length;
      expect(waits).to.equal(state === 'seen' ? 1 : 2);
      if (state === 'no-show') await scene.presses(aino, 'done', about);
      expect((await scene.say(aino, 'toimenpiteet')).length).to.equal(1);
    }
  });

  it('that was cancelled is no question when its time has passed', async () => {
    const scene = new CoachScene();
    const about = await scene.books(aino);
    const [meeting] = await scene.meetings();
    await scene.presses(aino, 'cancel', about, { reason: 'room', free: 'true' });
    const free = await scene.freeTimes(aino, 30);
    expect(free.map(({ start }) => start)).to.include(meeting!.start);
    const before = (await scene.log(aino)).length;
    scene.clock.time = Date.parse(meeting!.end) + hour;
    await scene.relay.sweep();
    expect(await scene.log(aino)).to.have.length(before);
  });

  it('whose client has no chat any more comes back to the coach, to be called', async () => {
    const scene = new CoachScene();
    const about = await scene.books(aino);
    await scene.documents.delete({ collection: 'conversations', partition: scene.chatId, id: scene.chatId });
    // Another process, which has not kept the chat in mind.
    const next = new CoachScene(scene.documents);
    await next.presses(aino, 'cancel', about, { reason: 'ill' });
    const card = cardOf(await next.shows(aino, about));
    expect(linesOf(card).join('\n')).to.include('Soita asiakkaalle');
    expect(buttonsOf(card).map(({ data }) => data.act)).to.deep.equal(['done']);
    expect((await next.say(aino, 'toimenpiteet')).length).to.equal(2);
  });

  it('is done with by nobody but its coach', async () => {
    const scene = new CoachScene();
    await scene.books(aino);
    const [meeting] = await scene.meetings();
    const answers = await scene.press('samira-nahari', 'cancel', aboutMeeting(meeting!), { 'cancel-reason': 'ill' });
    expect(answers.map(({ text }) => text)).to.deep.equal(['This matter is not yours, so nothing was changed.']);
    expect((await scene.meetings())[0]).to.include({ state: 'booked' });
  });
});
