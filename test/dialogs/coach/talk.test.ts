import { expect } from 'chai';
import type { CalendarDay } from '../../../src/domain/appointments/appointment.ts';
import { readSettings } from '../../../src/domain/coaches/settings.ts';
import type { Suggestion } from '../../../src/domain/coaches/suggestion.ts';
import { about, aino, cardOf, cases, linesOf, linnea, porvoo, samira, texts } from '../../support/coach-office.ts';
import { CoachScene } from '../../support/coach-scene.ts';

const coachOf = { fi: aino, sv: linnea, en: samira } as Record<string, string>;
const hour = 3_600_000;
const newClient = { id: 'client', partition: 'client-1', type: 'client', schema: 1, appointments: [], language: 'sv' };

for (const language of texts.languages) {
  const coach = coachOf[language]!;
  const word = (name: string) => texts.words(`coach.words.${name}`, language)[0]!;
  const say = (key: string, values = {}) => texts.say({ key, with: values }, language);
  const heard = async (scene: CoachScene, text: string) =>
    (await scene.say(coach, text)).map((one) => one.text ?? '').join('\n');

  describe(`A coach who talks with the bot in ${language}`, () => {
    it('sees the week, with meetings and blocked times', async () => {
      const scene = new CoachScene();
      await scene.books(coach);
      const [card] = await scene.say(coach, word('week'));
      const lines = linesOf(cardOf(card!));
      expect(lines[0]).to.equal(say('cards.lists.week.title'));
      expect(lines.join('\n')).to.include('Mira');
    });

    it('sees their clients by the next meeting, with a button to each case', async () => {
      const scene = new CoachScene();
      await scene.documents.create('clients', newClient);
      await scene.put(cases.intake('Aada', { routing: { because: { key: 'routing.team' } } }), 'intake');
      await scene.press(coach, 'take', about(cases.intake('')));
      const [card] = await scene.say(coach, word('clients'));
      expect(linesOf(cardOf(card!)).join('\n')).to.include('Aada: P-INTA-KE');
      const [set] = cardOf(card!).body.filter((block) => block.type === 'ActionSet');
      const [button] = set!.actions;
      expect(button).to.deep.include({ type: 'Action.Submit', title: say('cards.buttons.show', { name: 'Aada' }) });
      const [shown] = await scene.press(coach, 'show', about(cases.intake('')));
      expect(linesOf(cardOf(shown!))[0]).to.equal(say('cards.titles.intake'));
    });

    it('blocks a time by typed words: it is offered to nobody, and meetings in it are told', async () => {
      const scene = new CoachScene();
      // Before the working day, so that there are several times in it.
      scene.clock.time = Date.parse('2026-11-23T05:00:00+02:00');
      const free = await scene.freeTimes(coach, 1);
      const at = free[0]!.start;
      await scene.books(coach);
      const [next] = await scene.freeTimes(coach, 1);
      expect(next!.start.slice(0, 10)).to.equal(at.slice(0, 10));
      expect(await heard(scene, word('block'))).to.equal(say('block.day.ask'));
      await heard(scene, at.slice(0, 10));
      expect(await heard(scene, 'illalla')).to.include(say('block.hours.invalid'));
      const review = await heard(scene, '7.30–18');
      expect(review)
        .to.match(/7[.:]30/)
        .and.to.match(/18[.:]00/);
      const done = await heard(scene, say('block.submit'));
      expect(done).to.include(say('block.done.meetings')).and.include('Mira');
      expect((await scene.freeTimes(coach, 40)).map(({ start }) => start.slice(0, 10))).not.to.include(at.slice(0, 10));
      // Confirmed twice, done once.
      await heard(scene, say('block.submit'));
      const day = await scene.documents.get<CalendarDay>({
        collection: 'calendars',
        partition: coach,
        id: at.slice(0, 10),
      });
      expect(day!.document.blocks).to.have.length(1);
      const list = await heard(scene, word('unblock'));
      expect(list).to.equal(say('unblock.which.ask'));
      await heard(scene, '1');
      expect((await scene.freeTimes(coach, 40)).map(({ start }) => start)).to.include(next!.start);
    });

    it('blocks several days by buttons', async () => {
      const scene = new CoachScene();
      const before = await scene.freeTimes(coach, 40);
      await heard(scene, word('block'));
      await heard(scene, '30.11.');
      await heard(scene, say('block.hours.options.days'));
      expect(await heard(scene, '28.11.')).to.include(say('block.review'));
      expect(await heard(scene, say('block.submit'))).to.include(say('block.last.tooEarly'));
      await heard(scene, '4.12.');
      await heard(scene, say('block.submit'));
      const after = (await scene.freeTimes(coach, 40)).map(({ start }) => start.slice(0, 10));
      const gone = before.filter(({ start }) => start >= '2026-11-30' && start < '2026-12-05');
      expect(gone.length).to.be.greaterThan(0);
      for (const { start } of gone) expect(after).not.to.include(start.slice(0, 10));
    });

    it('finds a service for a client and suggests it: the client decides in the chat', async () => {
      const scene = new CoachScene();
      await scene.books(coach, language);
      expect(await heard(scene, word('suggest'))).to.equal(say('suggest.client.ask'));
      await heard(scene, 'Mira');
      const found = await heard(scene, 'Careeria');
      expect(found).to.include('Careeria').and.include(say('suggest.service.ask'));
      await heard(scene, '1');
      expect(await heard(scene, 'Tämä voisi sopia sinulle')).to.match(/./);
      await scene.relay.sweep();
      const log = await scene.clientLog();
      expect(log.map(({ text }) => text).join('\n'))
        .to.include('Tämä voisi sopia sinulle')
        .and.include(say('suggested.free'));
      const [suggestion] = await scene.documents.list<Suggestion>('clients', scene.clientId, 'suggestion');
      const service = porvoo.services.find(({ id }) => id === suggestion!.document.service)!;
      const choices = log.at(-1)!.suggestedActions!.actions.map(({ value }) => value);
      const refer = texts.say({ key: 'suggested.ways.refer', with: { service: service.name } }, language);
      if (service.referral) {
        expect(choices).to.include(refer);
        await scene.types(refer);
        const asked = (await scene.clientLog()).at(-1)!.channelData;
        expect(asked).to.include({ flow: 'referral' });
        // Nothing is sent before the client has agreed to it.
        expect(await scene.documents.list('clients', scene.clientId, 'referral')).to.deep.equal([]);
      }
    });

    it('hears when the client does not want what was suggested', async () => {
      const scene = new CoachScene();
      await scene.books(coach, language);
      for (const text of [word('suggest'), 'Mira', 'Careeria', '1', say('suggest.words.options.skip')])
        await heard(scene, text);
      await scene.relay.sweep();
      const no = say('suggested.ways.no');
      expect((await scene.types(no)).join()).to.include(
        say('suggested.declined', { coach: porvoo.coaches.find(({ id }) => id === coach)!.name }),
      );
      await scene.relay.sweep();
      const card = (await scene.log(coach)).at(-1)!;
      expect(linesOf(cardOf(card))[0]).to.equal(say('cards.titles.declined'));
      const told = (await scene.log(coach)).length;
      await scene.types(no);
      await scene.relay.sweep();
      expect((await scene.log(coach)).length).to.equal(told);
    });

    it('chooses another language, and everything comes in it at once', async () => {
      const scene = new CoachScene();
      const other = language === 'sv' ? 'en' : 'sv';
      await scene.put(cases.contact('x'), 'contact');
      await heard(scene, word('settings'));
      await heard(scene, say('settings.what.options.language'));
      const saved = await heard(scene, say(`settings.languages.${other}`));
      expect(saved).to.include(texts.say({ key: 'settings.saved' }, other));
      const [card] = await scene.log(coach);
      expect(linesOf(cardOf(card!))[0]).to.equal(texts.say({ key: 'cards.titles.contact' }, other));
      expect(await heard(scene, texts.words('coach.words.help', other)[0]!)).to.equal(
        texts.say({ key: 'coach.help' }, other),
      );
      await heard(scene, texts.words('commands.speak', language)[0]!);
      expect((await readSettings(scene.documents, coach)).language).to.equal(language);
    });

    it('works by typed words everywhere: back, help, cancel, and words that mean nothing', async () => {
      const scene = new CoachScene();
      const command = (name: string) => texts.words(`commands.${name}`, language)[0]!;
      await heard(scene, word('block'));
      expect(await heard(scene, command('help')))
        .to.include(say('coach.helpInFlow'))
        .and.include(say('block.day.ask'));
      await heard(scene, '1');
      expect(await heard(scene, command('back'))).to.equal(say('block.day.ask'));
      expect(await heard(scene, command('cancel'))).to.equal(say('coach.stopped'));
      for (const text of ['asdf qwerty', '😀', '', '1'])
        expect(await heard(scene, text)).to.equal(say('coach.notUnderstood'));
      const last = (await scene.say(coach, 'x')).at(-1)!;
      expect(last.suggestedActions!.actions.map(({ title }) => title)).to.include.members([
        word('todo'),
        word('settings'),
      ]);
    });
  });
}

describe('A coach’s quiet hours', () => {
  it('hold news back until they end, once a case, and leave the list as it is', async () => {
    const scene = new CoachScene();
    for (const text of ['asetukset', 'Hiljaiset tunnit', '9–13']) await scene.say(aino, text);
    expect((await readSettings(scene.documents, aino)).quiet).to.deep.equal({ from: '09:00', to: '13:00' });
    const before = (await scene.log(aino)).length;
    await scene.put(cases.intake('x'), 'intake');
    await scene.put({ ...cases.referral('x') }, 'referral');
    expect(await scene.log(aino)).to.have.length(before);
    expect((await scene.say(aino, 'toimenpiteet')).length).to.equal(2);
    const shown = (await scene.log(aino)).length;
    await scene.clock.pass(3 * hour);
    await scene.relay.sweep();
    expect((await scene.log(aino)).length).to.equal(shown + 2);
    await scene.clock.pass(24 * hour);
    await scene.relay.sweep();
    expect((await scene.log(aino)).length).to.equal(shown + 2);
  });

  it('may go over midnight', async () => {
    const scene = new CoachScene();
    scene.clock.time = Date.parse('2026-11-23T22:00:00+02:00');
    for (const text of ['asetukset', 'Hiljaiset tunnit', '16–8']) await scene.say(aino, text);
    const cards = async () => (await scene.log(aino)).filter(({ channelData }) => channelData?.card).length;
    await scene.put(cases.intake('x'), 'intake');
    expect(await cards()).to.equal(0);
    scene.clock.time = Date.parse('2026-11-24T08:00:00+02:00');
    await scene.relay.sweep();
    expect(await cards()).to.equal(1);
  });
});

describe('The morning list', () => {
  it('comes at eight on working days, once, and never after it was turned off', async () => {
    const scene = new CoachScene();
    for (const text of ['asetukset', 'Aamun lista', 'kyllä']) await scene.say(aino, text);
    const digests = async () => (await scene.log(aino)).filter(({ text = '' }) => text.startsWith('Huomenta')).length;
    const times: [string, number][] = [
      ['2026-11-24T07:59:00+02:00', 0],
      ['2026-11-24T08:00:00+02:00', 1],
      ['2026-11-24T12:00:00+02:00', 1],
      ['2026-11-27T08:30:00+02:00', 2],
      ['2026-11-29T12:00:00+02:00', 2],
      ['2026-11-30T08:00:00+02:00', 3],
    ];
    for (const [at, count] of times) {
      scene.clock.time = Date.parse(at);
      await scene.relay.sweep();
      await scene.relay.sweep();
      expect(await digests(), at).to.equal(count);
    }
    for (const text of ['asetukset', 'Aamun lista', 'ei']) await scene.say(aino, text);
    scene.clock.time = Date.parse('2026-12-02T12:00:00+02:00');
    await scene.relay.sweep();
    expect(await digests()).to.equal(3);
  });
});
