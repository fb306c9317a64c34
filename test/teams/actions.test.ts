import { expect } from 'chai';
import fc from 'fast-check';
import type { Intake } from '../../src/domain/clients/path.ts';
import { press } from '../../src/teams/actions.ts';
import { acts } from '../../src/teams/acts/offered.ts';
import {
  about,
  aino,
  buttonsOf,
  cases,
  dayOf,
  linnea,
  Office,
  porvoo,
  samira,
  texts,
} from '../support/coach-office.ts';
import { dying, slowly } from '../support/dying-documents.ts';

const team = { routing: { because: { key: 'routing.team' } } };
const coach = (id: string) => porvoo.coaches.find((one) => one.id === id)!;
const newClient = { id: 'client', partition: 'client-1', type: 'client', schema: 1 };

async function stored(office: Office): Promise<Intake> {
  return (await office.documents.get<Intake>(about(cases.intake(''))))!.document;
}

describe('A coach who presses a button of a card', () => {
  it('takes a case: everybody else sees who has it and since when', async () => {
    const office = new Office();
    const intake = cases.intake('x', team);
    await office.documents.create('clients', newClient);
    await office.put(intake, 'intake');
    const id = 'clients|client-1|intake-1';
    expect((await office.card(linnea, id))?.open).to.equal(true);

    const answers = await office.press(linnea, 'take', about(intake));
    await office.relay.sweep();
    expect(answers.at(-1)?.text).to.equal('Ärendet är ditt. Du tog hand om det måndag 23.11 kl. 10.00.');
    expect((await office.card(linnea, id))?.card.actions?.map(({ title }) => title)).to.deep.equal([
      'Avsluta ärendet',
      'Ge vidare',
      'Lämna tillbaka',
    ]);
    const others = await office.card(aino, id);
    expect(others?.open).to.equal(false);
    expect(others?.card.actions).to.equal(undefined);
    expect(JSON.stringify(others)).to.include(
      'Linnea Strandkulla otti tämän hoitaakseen maanantaina 23.11. klo 10.00.',
    );
    expect(await office.client()).to.include({ coach: linnea });
  });

  it('is one of fifty at once, and one wins', async () => {
    for (const pauses of [0, 3]) {
      const office = new Office();
      const intake = cases.intake('x', team);
      await office.put(intake, 'intake');
      let turn = 0;
      const parts = { ...office.parts, documents: slowly(office.documents, () => (turn++ * 7) % (pauses + 1)) };
      const presses = Array.from({ length: 50 }, (_, i) => coach(porvoo.coaches[i % porvoo.coaches.length]!.id));
      const told = await Promise.all(presses.map((who) => press(parts, who, { act: 'take', about: about(intake) })));
      const winner = (await stored(office)).handling.taken!.by;
      for (const [i, { say }] of told.entries()) {
        const key = presses[i]!.id === winner ? 'coach.act.taken' : 'coach.act.takenByOther';
        expect(say).to.deep.include({ key });
        expect(texts.say(say!, 'fi')).to.include(presses[i]!.id === winner ? 'Otit sen' : coach(winner).name);
      }
      // One press, one piece of news.
      const outbox = (await stored(office)).outbox ?? [];
      expect(outbox.filter(({ payload }) => payload.news === 'handled')).to.have.length(1);
    }
  });

  it('gets the same answer when pressing again, and nothing is done twice', async () => {
    const office = new Office();
    const intake = cases.intake('x', team);
    await office.put(intake, 'intake');
    const first = await office.press(aino, 'take', about(intake));
    const before = await stored(office);
    office.clock.time += 3_600_000;
    const again = await office.press(aino, 'take', about(intake));
    expect(again.at(-1)?.text).to.equal(first.at(-1)?.text);
    expect((await stored(office)).handling).to.deep.equal(before.handling);
  });

  it('is told why when the card is old, and nothing changes', async () => {
    const office = new Office();
    const intake = cases.intake('x', team);
    await office.put(intake, 'intake');
    const text = async (who: string, act: string, filled = {}) =>
      (await office.press(who, act, about(intake), filled)).at(-1)?.text;
    expect(await text(aino, 'close', { 'close-outcome': 'job' })).to.include('Ota asia ensin');
    await office.press(aino, 'take', about(intake));
    expect(await text(samira, 'take')).to.equal(
      'Aino Lehtivaara was first and took this on Monday 23 November at 10:00.',
    );
    expect(await text(samira, 'close', { 'close-outcome': 'job' })).to.include('Aino Lehtivaara was first');
    expect(await text(aino, 'close')).to.include('Valitse ensin, miten asia päättyi');
    expect(await text(aino, 'close', { 'close-outcome': 'fame' })).to.include('Valitse ensin, miten asia päättyi');
    expect(await text(aino, 'close', { 'close-outcome': 'job' })).to.include('Lopputulos: työpaikka');
    expect(await text(samira, 'take')).to.include('Aino Lehtivaara closed the matter');
    expect(await text(aino, 'seen')).to.include('Lopputulos: työpaikka');
    expect((await stored(office)).handling.done?.by).to.equal(aino);
  });

  it('sees a cancelled meeting once more after having seen its booking', async () => {
    const office = new Office();
    const id = 'calendars|aino-lehtivaara|2026-12-01|meeting-1';
    const booked = cases.appointment('x');
    await office.put(dayOf(booked), 'booked');
    await office.press(aino, 'seen', about(dayOf(booked), booked.id));
    expect(buttonsOf((await office.card(aino, id))!.card).map(({ data }) => data.act)).to.deep.equal([
      'propose',
      'cancel',
    ]);
    const { document } = (await office.documents.get<ReturnType<typeof dayOf>>(about(dayOf(booked))))!;
    office.clock.time += 60_000;
    const changedAt = new Date(office.clock.time).toISOString();
    await office.put(
      { ...document, appointments: [{ ...document.appointments[0]!, state: 'cancelled-by-client', changedAt }] },
      'cancelled',
    );
    const card = await office.card(aino, id);
    expect(card?.open).to.equal(true);
    expect(buttonsOf(card!.card).map(({ data }) => data.act)).to.deep.equal(['seen']);
    office.clock.time += 60_000;
    await office.press(aino, 'seen', about(document, booked.id));
    expect((await office.card(aino, id))?.open).to.equal(false);
  });

  it('can do nothing with what belongs to another coach, whatever the card says', async () => {
    const office = new Office();
    const meeting = cases.appointment('CANARY');
    await office.put(cases.intake('CANARY'), 'intake');
    await office.put(dayOf(meeting), 'booked');
    for (const foreign of [about(cases.intake('')), about(dayOf(meeting), meeting.id)]) {
      for (const act of acts) {
        const answers = await office.press(samira, act, foreign);
        expect(answers.map(({ text }) => text)).to.deep.equal(['This matter is not yours, so nothing was changed.']);
      }
    }
    expect((await stored(office)).handling).to.deep.equal({});
    expect(JSON.stringify(await office.log(samira))).not.to.include('CANARY');
  });

  it('is refused for what is no case, is gone, or cannot be read', async () => {
    const office = new Office();
    await office.documents.create('clients', newClient);
    const before = await office.client();
    await office.join(aino);
    const about = { collection: 'clients', partition: 'client-1', id: 'client' };
    const wrong: [unknown, unknown][] = [
      ['take', about],
      ['take', { ...about, id: 'nothing' }],
      ['take', { ...about, collection: 'conversations' }],
      ['take', { ...about, collection: 'coaches', partition: aino }],
      ['take', { ...about, id: '../client' }],
      ['take', { ...about, id: 'x'.repeat(300) }],
      ['take', { ...about, partition: ['client-1'] }],
      ['take', { collection: 'calendars', partition: aino, id: '2026-12-01' }],
      ['erase', about],
      ['__proto__', about],
      ['take', null],
    ];
    for (const [act, of] of wrong) {
      const answers = await office.press(aino, act, of);
      expect(answers, JSON.stringify(of)).to.have.length(1);
      expect(answers[0]?.text).to.match(/mitään ei muutettu/);
    }
    expect(await office.client()).to.deep.equal(before);
  });

  it('never changes anything by any data', async () => {
    const office = new Office();
    const intake = cases.intake('x');
    await office.put(intake, 'intake');
    await fc.assert(
      fc.asyncProperty(fc.anything({ withNullPrototype: true }), async (data) => {
        const value = JSON.parse(JSON.stringify({ act: data, about: data }) ?? '{}');
        await office.conversations.receive(`coach-${aino}`, { type: 'message', value });
        expect((await stored(office)).handling).to.deep.equal({});
      }),
      { numRuns: 60 },
    );
  });

  it('loses no news of it when the process dies at any moment', async () => {
    for (let call = 1, last = false; !last; call++) {
      for (const when of ['before', 'after'] as const) {
        const office = new Office();
        const intake = cases.intake('x', team);
        await office.documents.create('clients', newClient);
        await office.put(intake, 'intake');
        const { documents, calls } = dying(office.documents, { call, when });
        const pressing = { act: 'take', about: about(intake) } as const;
        await press({ ...office.parts, documents }, coach(aino), pressing).catch(() => undefined);
        last = calls() < call;
        // The turn is decided again, or the coach presses again.
        await press(office.parts, coach(aino), pressing);
        await office.relay.sweep();
        expect(JSON.stringify(await office.card(samira, 'clients|client-1|intake-1'))).to.include(
          'Aino Lehtivaara took this on',
        );
        expect(await office.client()).to.include({ coach: aino });
      }
    }
  });
});
