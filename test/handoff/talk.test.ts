import { expect } from 'chai';
import { begin } from '../../src/domain/clients/handoff.ts';
import { endTalk } from '../../src/handoff/steps.ts';
import { about, aino, cases, linnea, porvoo, samira, texts } from '../support/coach-office.ts';
import { endWord, TalkScene } from '../support/talk-scene.ts';

const minute = 60_000;
const ainoName = porvoo.coaches.find(({ id }) => id === aino)!.name;

for (const language of texts.languages) {
  const say = (key: string, values = {}) => texts.say({ key, with: values }, language);

  describe(`A client who waits for a person in ${language}`, () => {
    it('is connected with the coach who takes it, and each reads the other', async () => {
      const scene = new TalkScene();
      const request = await scene.asksForPerson(language);
      await scene.press(aino, 'take', request);
      await scene.relay.sweep();
      expect((await scene.clientSees()).at(-1)).to.equal(say('handoff.client.opened', { coach: ainoName }));
      expect((await scene.coachSees(aino)).at(-1)).to.include('Olet nyt yhteydessä asiakkaaseen');

      expect(await scene.types('Hello, is *anybody* there?')).to.deep.equal([]);
      await scene.relay.sweep();
      await scene.say(aino, 'Hei Mira, miten voin auttaa?');
      await scene.relay.sweep();
      await scene.types('help me move');
      await scene.relay.sweep();
      expect((await scene.clientSees()).slice(-3)).to.deep.equal([
        'Hello, is *anybody* there?',
        `${ainoName}: Hei Mira, miten voin auttaa?`,
        'help me move',
      ]);
      expect((await scene.coachSees(aino)).slice(-3)).to.deep.equal([
        'Mira: Hello, is *anybody* there?',
        'Hei Mira, miten voin auttaa?',
        'Mira: help me move',
      ]);
      expect(scene.logged.join()).not.to.include('a turn failed').and.not.to.include('anybody');
    });

    it('ends it by a word, and is with the bot again where the menu was', async () => {
      const scene = new TalkScene();
      await scene.press(aino, 'take', await scene.asksForPerson(language));
      await scene.relay.sweep();
      const [over, menu] = await scene.types(endWord(language));
      expect([over, menu]).to.deep.equal([say('handoff.client.ended.client'), say('menu.ask')]);
      await scene.relay.sweep();
      expect((await scene.coachSees(aino)).at(-1)).to.include('Asiakas päätti keskustelun');
      await scene.types('Kuuletteko vielä?');
      await scene.relay.sweep();
      expect((await scene.coachSees(aino)).join()).not.to.include('Kuuletteko');
    });

    it('hears that the coach has ended it', async () => {
      const scene = new TalkScene();
      await scene.press(aino, 'take', await scene.asksForPerson(language));
      await scene.relay.sweep();
      await scene.say(aino, 'Lopeta keskustelu');
      await scene.relay.sweep();
      const last = (await scene.clientLog()).at(-1)!;
      expect(last.text).to.equal(say('handoff.client.ended.coach', { coach: ainoName }));
      expect(last.suggestedActions?.actions.map(({ title }) => title)).to.include(say('booking.menu'));
      expect((await scene.types(say('booking.menu'))).length).to.be.greaterThan(0);
    });

    it('is told after two minutes that nobody came, and can leave a number', async () => {
      const scene = new TalkScene();
      const request = await scene.asksForPerson(language);
      const soFar = (await scene.clientSees()).length;
      await scene.clock.pass(2 * minute - 1000);
      await scene.relay.sweep();
      expect(await scene.clientSees()).to.have.length(soFar);
      await scene.clock.pass(1000);
      await scene.relay.sweep();
      const told = (await scene.clientSees()).slice(soFar);
      expect(told[0]).to.include('019 000 0000');
      expect(told.at(-1)).to.equal(say('call-back.phone.ask'));
      await scene.types('040 000 0009');
      expect(await scene.request()).to.include({ phone: '0400000009', here: false });
      await scene.press(samira, 'take', request);
      await scene.relay.sweep();
      expect((await scene.clientSees()).join('\n')).to.include(
        say('contact.taken.call', { coach: 'Samira Nahari', phone: '0400000009' }),
      );
      expect((await scene.request())!.handoff!.state).to.equal('missed');
    });

    it('is not left in silence: after 15 minutes without a word both are told', async () => {
      const scene = new TalkScene();
      await scene.press(aino, 'take', await scene.asksForPerson(language));
      await scene.relay.sweep();
      await scene.clock.pass(14 * minute);
      await scene.types('One moment');
      await scene.relay.sweep();
      await scene.clock.pass(14 * minute);
      await scene.relay.sweep();
      expect((await scene.request())!.handoff!.state).to.equal('open');
      await scene.clock.pass(minute);
      await scene.relay.sweep();
      expect((await scene.clientSees()).at(-1)).to.equal(say('handoff.client.ended.silence'));
      expect((await scene.coachSees(aino)).at(-1)).to.include('15 minuuttiin');
      expect((await scene.request())!.outbox ?? []).to.deep.equal([]);
    });
  });
}

describe('A talk between a client and a coach', () => {
  it('asks the coaches who are at work and free, and everybody when nobody came', async () => {
    const scene = new TalkScene();
    const request = await scene.asksForPerson();
    const id = `clients|${request.partition}|${request.id}`;
    // On Monday at ten Aino, Linnea and some others are at work.
    expect(await scene.card(aino, id)).to.not.equal(undefined);
    const asked = [];
    for (const coach of porvoo.coaches) if (await scene.card(coach.id, id)) asked.push(coach.id);
    expect(asked.length).to.be.lessThan(porvoo.coaches.length);
    await scene.clock.pass(2 * minute);
    await scene.relay.sweep();
    for (const coach of porvoo.coaches) expect(await scene.card(coach.id, id), coach.id).to.not.equal(undefined);
  });

  it('answers help of either side, and sends it to nobody', async () => {
    const scene = new TalkScene();
    await scene.press(aino, 'take', await scene.asksForPerson());
    await scene.relay.sweep();
    expect(await scene.types('help')).to.deep.equal([texts.say({ key: 'handoff.client.help' }, 'en')]);
    expect((await scene.say(aino, 'Ohje')).map(({ text }) => text)).to.deep.equal([
      texts.say({ key: 'handoff.coach.help' }, 'fi'),
    ]);
    await scene.relay.sweep();
    expect((await scene.coachSees(aino)).join()).not.to.include('Mira: help');
    expect((await scene.clientSees()).join()).not.to.include('Ohje');
  });

  it('goes on after the page was opened again, and says so', async () => {
    const scene = new TalkScene();
    await scene.press(aino, 'take', await scene.asksForPerson());
    await scene.relay.sweep();
    const said = await scene.chat(scene.chatId, { type: 'event', name: 'webchat/join', value: { language: 'en' } });
    expect(said.map(({ text }) => text)).to.deep.equal([texts.say({ key: 'handoff.client.still' }, 'en')]);
  });

  it('is with one client at a time: a second one stays for others', async () => {
    const scene = new TalkScene();
    const first = await scene.asksForPerson();
    await scene.press(aino, 'take', first);
    await scene.relay.sweep();
    const second = begin(cases.contact('x', { conversation: 'talk-9' }), scene.clock.time);
    await scene.documents.create('clients', second);
    const other = about(second);
    const answers = await scene.press(aino, 'take', other);
    expect(answers.at(-1)?.text).to.include('Olet jo keskustelussa');
    // No button under it says a word of the bot to the client.
    expect(answers.at(-1)?.suggestedActions?.actions.map(({ value }) => value)).to.deep.equal([endWord('fi')]);
    await scene.press(aino, 'endTalk', first);
    expect((await scene.press(aino, 'take', other)).map(({ text }) => text).join()).to.include('nyt yhteydessä');
  });

  it('is taken by one coach of many, and the others hear by whom', async () => {
    const scene = new TalkScene();
    const request = await scene.asksForPerson();
    const told = await Promise.all([aino, linnea, samira].map((who) => scene.press(who, 'take', request)));
    await scene.relay.sweep();
    const { coach } = (await scene.request())!.handoff!;
    const winner = [aino, linnea, samira].indexOf(coach as typeof aino);
    expect(winner).to.be.greaterThan(-1);
    await scene.types('Who is there?');
    await scene.relay.sweep();
    for (const [i, who] of [aino, linnea, samira].entries()) {
      expect((await scene.coachSees(who)).join().includes('Who is there?'), who).to.equal(i === winner);
      if (i !== winner) expect(told[i]!.map(({ text }) => text).join()).to.match(/ehti ensin|hann före|was first/);
    }
    const opened = (await scene.clientSees()).filter((text) => text.includes('is here now'));
    expect(opened).to.have.length(1);
  });

  it('ends by the button of its card as well, and the old button explains itself', async () => {
    const scene = new TalkScene();
    const request = await scene.asksForPerson();
    await scene.press(aino, 'take', request);
    await scene.relay.sweep();
    await scene.press(aino, 'endTalk', request);
    await scene.relay.sweep();
    expect((await scene.clientSees()).join()).to.include('ended the talk');
    expect((await scene.press(aino, 'endTalk', request)).at(-1)?.text).to.include('Keskustelu on jo päättynyt');
    // What the coach types is for the bot again.
    expect((await scene.say(aino, 'toimenpiteet')).at(-1)?.text).to.match(/odottaa sinua/);
  });

  it('takes an identity code out of both sides', async () => {
    const scene = new TalkScene();
    await scene.press(aino, 'take', await scene.asksForPerson());
    await scene.relay.sweep();
    await scene.types('My code is 131052-308T');
    await scene.say(aino, 'Tunnus 131052-308T');
    await scene.relay.sweep();
    expect(JSON.stringify([await scene.clientSees(), await scene.coachSees(aino)])).not.to.include('308T');
  });

  it('tells a writer whose line came too late, and brings it to nobody', async () => {
    const scene = new TalkScene();
    const { partition, id } = await scene.asksForPerson();
    await scene.press(aino, 'take', { collection: 'clients', partition, id });
    await scene.relay.sweep();
    // Over, before either has heard of it.
    await endTalk(scene.documents, { partition, id }, 'silence', scene.clock.time);
    expect((await scene.types('One more thing'))[0]).to.include('did not reach the coach');
    const late = await scene.say(aino, 'Vielä yksi asia');
    expect(late.at(-1)?.text).to.include('ei mennyt asiakkaalle');
    await scene.relay.sweep();
    expect((await scene.clientSees()).join()).not.to.include('Vielä yksi asia');
    expect((await scene.coachSees(aino)).join()).not.to.include('One more thing');
    expect(await scene.coachSees(aino)).to.include('Viesti ei mennyt perille.');
  });
});

describe('What was said in a talk', () => {
  it('is in the client’s data alone, and goes from both sides when the client deletes it', async () => {
    const scene = new TalkScene();
    const request = await scene.asksForPerson('en', 'CANARY-name');
    await scene.press(aino, 'take', request);
    await scene.relay.sweep();
    for (let i = 0; i < 15; i++) {
      await scene.types(`CANARY-client ${i}`);
      await scene.say(aino, `CANARY-coach ${i}`);
      await scene.relay.sweep();
    }
    await scene.types(endWord('en'));
    await scene.relay.sweep();
    const seen = (await scene.coachSees(aino)).join('\n');
    for (let i = 0; i < 15; i++) expect(seen).to.include(`CANARY-client ${i}`).and.include(`CANARY-coach ${i}`);
    const kept = [
      ...(await scene.documents.list('conversations', `coach-${aino}`)),
      ...(await scene.documents.list('transcripts', `coach-${aino}`)),
      ...(await scene.documents.list('coaches', aino)),
    ];
    expect(kept.length).to.be.greaterThan(2);
    expect(JSON.stringify(kept)).not.to.include('CANARY');

    const press = (key: string) => scene.types(texts.say({ key }, 'en'));
    await press('my-path.menu');
    await press('my-path.what.to.erase');
    await press('engine.options.yes');
    await press('engine.options.yes');
    await scene.relay.sweep();
    expect((await scene.clientSees()).join()).not.to.include('CANARY');
    const after = (await scene.coachSees(aino)).join('\n');
    expect(after).not.to.include('CANARY');
    expect(after).to.include('Viesti on poistettu.');
    const whole = await everything(scene);
    expect(whole).not.to.include('CANARY');
  });
});

async function everything({ documents, chatId }: TalkScene): Promise<string> {
  const places = [
    ['conversations', chatId],
    ['transcripts', chatId],
    ['conversations', `coach-${aino}`],
    ['transcripts', `coach-${aino}`],
  ] as const;
  const found = await Promise.all(places.map(([collection, partition]) => documents.list(collection, partition)));
  return JSON.stringify(found);
}
