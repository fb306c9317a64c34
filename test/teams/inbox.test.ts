import { expect } from 'chai';
import { notice, telling } from '../../src/domain/notices.ts';
import { about, aino, cardOf, cases, dayOf, linesOf, linnea, Office, porvoo, samira } from '../support/coach-office.ts';

const team = { routing: { because: { key: 'routing.team' } } };

describe('A coach’s inbox', () => {
  it('greets in the coach’s language with what waits, once a day', async () => {
    const office = new Office();
    await office.put(cases.contact('x'), 'contact');
    const texts = async (coach: string) => (await office.join(coach)).map(({ text }) => text);
    expect(await texts(aino)).to.deep.equal([
      'Hei Aino Lehtivaara! Tässä näet asiakkaidesi asiat.\nYksi asia odottaa sinua.',
    ]);
    expect(await texts(linnea)).to.deep.equal([
      'Hej Linnea Strandkulla! Här ser du dina klienters ärenden.\nEtt ärende väntar på dig.',
    ]);
    expect(await texts(aino)).to.deep.equal([]);
    office.clock.time += 24 * 3_600_000;
    expect(await texts(aino)).to.have.length(1);
  });

  it('gets a card of each case that concerns the coach, and of no other', async () => {
    const office = new Office();
    const elsewhere = cases.appointment('x', { id: 'meeting-2', coach: samira });
    await office.put(cases.intake('x'), 'intake');
    await office.put(cases.referral('x'), 'referral');
    await office.put(dayOf(cases.appointment('x')), 'booked');
    await office.put(dayOf(elsewhere), 'booked');
    await office.put(cases.contact('x'), 'contact');
    const titles = async (coach: string) => (await office.log(coach)).map((activity) => linesOf(cardOf(activity))[0]);
    expect(await titles(aino)).to.deep.equal([
      'Uusi alkukartoitus',
      'Uusi ohjaus palveluun',
      'Uusi ajanvaraus',
      'Asiakas haluaa puhua ihmisen kanssa',
    ]);
    expect(await titles(samira)).to.deep.equal(['New appointment', 'A client wants to talk to a person']);
    expect(await titles(linnea)).to.deep.equal(['En klient vill tala med en människa']);
  });

  it('sends a case of the team to every coach', async () => {
    const office = new Office();
    await office.put(cases.intake('x', team), 'intake');
    for (const { id } of porvoo.coaches) expect(await office.log(id)).to.have.length(1);
  });

  it('lists what waits when asked in any of the languages, the most urgent first', async () => {
    const office = new Office();
    await office.put(cases.intake('x'), 'intake');
    await office.put(cases.contact('x'), 'contact');
    await office.put(dayOf(cases.appointment('x', { state: 'cancelled-by-client' })), 'cancelled');
    await office.put(cases.referral('x'), 'referral');
    for (const words of ['toimenpiteet', 'Att göra', 'ACTION REQUIRED']) {
      const answers = await office.say(aino, words);
      expect(answers.map(({ channelData }) => channelData?.card?.open)).to.deep.equal([true, true, true, undefined]);
      expect(answers.slice(0, -1).map((one) => linesOf(cardOf(one))[0])).to.deep.equal([
        'Asiakas haluaa puhua ihmisen kanssa',
        'Asiakas perui ajan',
        'Uusi alkukartoitus',
      ]);
      expect(answers.at(-1)?.text).to.equal('3 asiaa odottaa sinua.');
    }
  });

  it('drops what is done from the list, and keeps a taken case with the one who took it', async () => {
    const office = new Office();
    const intake = cases.intake('x', team);
    await office.put(intake, 'intake');
    const count = async (coach: string) => (await office.say(coach, 'todo')).length - 1;
    expect([await count(aino), await count(samira)]).to.deep.equal([1, 1]);
    await office.press(aino, 'take', about(intake));
    expect([await count(aino), await count(samira)]).to.deep.equal([1, 0]);
    await office.press(aino, 'close', about(intake), { 'close-outcome': 'education' });
    expect([await count(aino), await count(samira)]).to.deep.equal([0, 0]);
    for (const { id } of porvoo.coaches) await office.say(id, 'todo');
    const left = await Promise.all(porvoo.coaches.map(({ id }) => office.documents.list('coaches', id, 'case')));
    expect(left.flat()).to.deep.equal([]);
  });

  it('asks how a meeting went when it is over', async () => {
    const office = new Office();
    await office.put(dayOf(cases.appointment('x')), 'booked');
    expect(await office.say(aino, 'toimenpiteet')).to.have.length(1);
    office.clock.time = Date.parse('2026-12-01T10:45:00+02:00');
    const [card] = await office.say(aino, 'toimenpiteet');
    expect(linesOf(cardOf(card!))[0]).to.equal('Miten tapaaminen sujui?');
  });

  it('shows the meetings of today as one card', async () => {
    const office = new Office();
    const early = cases.appointment('Kokki', {
      id: 'early',
      start: '2026-11-23T09:00:00+02:00',
      end: '2026-11-23T09:45:00+02:00',
    });
    const late = { ...early, id: 'late', start: '2026-11-23T14:00:00+02:00', end: '2026-11-23T14:45:00+02:00' };
    await office.put(dayOf(late, early, { ...late, id: 'gone', state: 'cancelled-by-client' }), 'booked');
    const [card] = await office.say(aino, 'tänään');
    expect(linesOf(cardOf(card!)).map((line) => line.slice(0, 45))).to.deep.equal([
      'Tapaamiset maanantaina 23.11.',
      'maanantaina 23.11. klo 9.00–9.45: ensimmäinen',
      'maanantaina 23.11. klo 14.00–14.45: ensimmäin',
    ]);
    expect(linesOf(cardOf((await office.say(linnea, 'i dag'))[0]!))).to.include('Inga bokade möten.');
  });

  it('explains itself, and never leaves a message without an answer', async () => {
    const office = new Office();
    for (const words of ['Ohje', '?', 'help', 'hjälp!']) {
      expect((await office.say(aino, words))[0]?.text, words).to.match(/^Kirjoita ”toimenpiteet”/);
    }
    for (const words of ['', '😀', 'vie minut kotiin'])
      expect((await office.say(aino, words))[0]?.text).to.match(/^En ymmärtänyt/);
  });

  it('replaces the card of a case rather than adding another', async () => {
    const office = new Office();
    const intake = cases.intake('x', team);
    await office.put(intake, 'intake');
    await office.press(aino, 'take', about(intake));
    await office.relay.sweep();
    const ids = (await office.log(samira)).map(({ channelData }) => channelData?.card?.id);
    expect(ids).to.deep.equal(['clients|client-1|intake-1', 'clients|client-1|intake-1']);
  });

  it('holds no personal data: cards are made from their source when they are read', async () => {
    const office = new Office();
    await office.put(cases.intake('CANARY'), 'intake');
    await office.put(cases.contact('CANARY'), 'contact');
    await office.put(cases.referral('CANARY'), 'referral');
    await office.put(dayOf(cases.appointment('CANARY')), 'booked');
    await office.say(aino, 'tänään');
    await office.press(aino, 'take', about(cases.intake('')));
    await office.say(aino, 'toimenpiteet');
    expect(JSON.stringify(await office.log(aino))).to.include('CANARY');
    const kept = [
      ...(await office.documents.list('conversations', `coach-${aino}`)),
      ...(await office.documents.list('transcripts', `coach-${aino}`)),
      ...(await office.documents.list('coaches', aino)),
    ];
    expect(kept.length).to.be.greaterThan(1);
    expect(JSON.stringify(kept)).not.to.include('CANARY').and.not.to.include('0501234567');
    expect(office.logged.join()).not.to.include('CANARY').and.not.to.include('0501234567');
  });

  it('says that the data is gone after the client deleted it', async () => {
    const office = new Office();
    const intake = cases.intake('CANARY');
    await office.put(intake, 'intake');
    await office.documents.delete(about(intake));
    const erasure = { id: 'erasure-1', partition: 'erasures', type: 'erasure', schema: 1 };
    const erased = notice('coach', 'erased', office.clock.time, {
      news: 'erased',
      about: about(intake),
      reference: intake.reference,
      coaches: [aino],
    });
    await office.documents.create('clients', telling(erasure, erased));
    await office.relay.sweep();
    const [old, news] = (await office.log(aino)).map((activity) => linesOf(cardOf(activity)));
    expect(old?.[0]).to.equal('Asiakkaan tiedot on poistettu');
    expect(news).to.deep.equal([
      'Asiakkaan tiedot on poistettu',
      'Asiakas on poistanut tietonsa. Hänen varaamansa ajat ovat taas vapaita.',
      'Viite: P-INTA-KE',
    ]);
    expect(JSON.stringify(await office.log(aino))).not.to.include('CANARY');
    expect(await office.say(aino, 'toimenpiteet')).to.have.length(1);
  });

  it('tells the coach that a mail to the partner did not go, until somebody has seen to it', async () => {
    const office = new Office(async () => 'refused');
    const referral = cases.referral('x');
    await office.put(telling(referral, notice('mail', 'letter', office.clock.time, { mail: 'referral' })), 'referral');
    await office.relay.sweep();
    const card = await office.card(aino, 'clients|client-1|referral-1');
    expect(card?.open).to.equal(true);
    expect(linesOf(card!.card).join('\n'))
      .to.include('Viesti ei mennyt perille')
      .and.to.include('Ota itse yhteyttä kumppaniin');
    expect(await office.say(aino, 'toimenpiteet')).to.have.length(2);
    await office.press(aino, 'done', about(referral));
    expect(await office.say(aino, 'toimenpiteet')).to.have.length(1);
  });

  it('is closed to somebody who is not on the roster', async () => {
    const office = new Office();
    await office.put(cases.intake('CANARY', team), 'intake');
    const answers = [
      ...(await office.join('nobody')),
      ...(await office.press('nobody', 'take', about(cases.intake('')))),
    ];
    expect(answers.every(({ text }) => text === 'You are not on the list of coaches. Ask your manager.')).to.equal(
      true,
    );
    expect(JSON.stringify(await office.log('nobody'))).not.to.include('CANARY');
  });
});
