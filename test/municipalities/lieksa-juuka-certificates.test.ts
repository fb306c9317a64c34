import { expect } from 'chai';
import type { Activity } from '../../src/bot/activity.ts';
import { giveCertificate } from '../../src/domain/clients/certificate.ts';
import { eraseClient } from '../../src/domain/clients/erase.ts';
import { submitIntake } from '../../src/domain/clients/submit-intake.ts';
import type { ButtonData } from '../../src/teams/cards/buttons.ts';
import { converseIn } from '../support/cities.ts';
import { aino, buttonsOf, cardOf, porvoo, texts } from '../support/coach-office.ts';
import { CoachScene } from '../support/coach-scene.ts';
import { answerOf, ilona, lieksa, PathScene } from '../support/path-scene.ts';

const hygiene = { what: 'hygiene', from: 'Riveria', on: '2026-11-20' };
const own = { what: 'own', own: 'Moottorisahakurssi', from: 'Kylätalkoot', on: '2026-11-02' };
const cardButtons = (shown: Activity, act: string): ButtonData[] =>
  buttonsOf(cardOf(shown))
    .map(({ data }) => data)
    .filter((data) => data.act === act);
const nameOf = (id: string, language: string) => lieksa.certificates!.find((one) => one.id === id)!.name[language];

for (const language of texts.languages) {
  const say = (key: string, values = {}) => texts.say({ key, with: values }, language);

  describe(`Certificates on the path in Lieksa and Juuka (${language})`, () => {
    it('gather skills in small steps: the coach gives one on the card, the client hears of it and sees it', async () => {
      const scene = new PathScene();
      const about = await scene.begins(language);
      const told = answerOf(await scene.presses(ilona, 'certify', about, hygiene));
      expect(told).to.include('Lisäsit todistuksen');
      await scene.presses(ilona, 'certify', about, own);
      const heard = (await scene.lastHeard()).texts.join('\n');
      expect(heard).to.include(nameOf('hygiene', language)!).and.include('Riveria').and.include('Moottorisahakurssi');
      expect(heard).to.include(say('certificates.yours'));
      await scene.types(say('my-path.menu'));
      const path = (await scene.lastHeard()).texts.join('\n');
      expect(path).to.include(`${say('my-path.certificates')}\n${nameOf('hygiene', language)}`);
      expect(path).to.include('Kylätalkoot');
      expect(await scene.cardSays(about))
        .to.include('Hygieniapassi: Riveria')
        .and.include('Moottorisahakurssi');
    });

    it('are in the copy of everything that is kept', async () => {
      const talk = await converseIn(lieksa, language);
      const act = { documents: talk.documents, municipality: lieksa, coach: ilona, now: talk.now };
      const given = { name: { listed: 'first-aid' }, from: 'SPR', on: '2026-10-01' };
      await giveCertificate(act, talk.client, given, 'one');
      await talk.presses('my-path');
      await talk.presses('copy');
      const { text } = talk.replies.flatMap(({ files = [] }) => files)[0]!;
      expect(text).to.include(nameOf('first-aid', language)!).and.include('SPR');
    });

    it('are the client’s own: one can be hidden from the coaches, shown again, and removed', async () => {
      const scene = new PathScene();
      const about = await scene.begins(language);
      await scene.presses(ilona, 'certify', about, hygiene);
      const opens = async () => {
        await scene.types(say('my-path.menu'));
        await scene.types(say('my-path.what.to.my-certificates'));
        await scene.types('1');
      };
      await opens();
      await scene.types(say('my-certificates.do.options.hide'));
      expect((await scene.lastHeard()).texts.join()).to.include(
        say('my-certificates.hidden', { name: nameOf('hygiene', language)! }),
      );
      expect(await scene.cardSays(about)).not.to.include('Hygieniapassi');
      await opens();
      expect((await scene.lastHeard()).texts[0]).to.equal(
        say('my-certificates.hiddenLine', {
          name: nameOf('hygiene', language)!,
          from: 'Riveria',
          on: texts.say({ at: hygiene.on, as: 'date' }, language),
        }),
      );
      await scene.types(say('my-certificates.do.options.show'));
      expect(await scene.cardSays(about)).to.include('Hygieniapassi');
      await opens();
      await scene.types(say('my-certificates.do.options.remove'));
      await scene.types(say('engine.options.no'));
      expect(await scene.certificates()).to.have.length(1);
      await opens();
      await scene.types(say('my-certificates.do.options.remove'));
      await scene.types(say('engine.options.yes'));
      expect(await scene.certificates()).to.deep.equal([]);
      expect(await scene.cardSays(about)).not.to.include('Hygieniapassi');
      expect(scene.logged.join()).not.to.include('a turn failed');
    });
  });
}

describe('A certificate on the path in Lieksa and Juuka', () => {
  it('needs a name, who gave it and a day that has come; else nothing is changed', async () => {
    const scene = new PathScene();
    const about = await scene.begins();
    const wrong = [
      { ...hygiene, what: 'fame' },
      { ...own, own: ' ' },
      { ...hygiene, from: '' },
      { ...hygiene, on: '2026-11-24' },
      { ...hygiene, on: 'yesterday' },
      {},
    ];
    for (const filled of wrong) {
      const told = answerOf(await scene.presses(ilona, 'certify', about, filled as Record<string, string>));
      expect(told, JSON.stringify(filled)).to.include('Mitään ei muutettu');
    }
    expect(await scene.certificates()).to.deep.equal([]);
  });

  it('is one certificate, however often its button is pressed, and only for the coach who has the case', async () => {
    const scene = new PathScene();
    const about = await scene.begins();
    const [button] = cardButtons(await scene.shows(ilona, about), 'certify');
    const filled = Object.fromEntries(Object.entries(hygiene).map(([name, value]) => [`certify-${name}`, value]));
    const press = (coach: string) => scene.press(coach, 'certify', about, { ...button, ...filled });
    await press('tapani-korvensaari');
    expect(await scene.certificates()).to.deep.equal([]);
    await Promise.all([press(ilona), press(ilona)]);
    expect(answerOf(await press(ilona))).to.include('Lisäsit todistuksen');
    expect(await scene.certificates()).to.have.length(1);
    await scene.presses(ilona, 'certify', about, hygiene);
    expect(await scene.certificates(), 'pressed anew on the new card').to.have.length(2);
  });

  it('keeps an identity code out of what the coach writes', async () => {
    const scene = new PathScene();
    const about = await scene.begins();
    await scene.presses(ilona, 'certify', about, { ...own, own: 'Kurssi 131052-308T', from: '131052-308T Oy' });
    expect(JSON.stringify(await scene.certificates())).not.to.include('308T');
  });

  it('has a name that is short and plain, whatever was written', async () => {
    const scene = new PathScene();
    const about = await scene.begins();
    await scene.presses(ilona, 'certify', about, {
      ...own,
      own: `Kurssi\u202E\u0000 {{DATE(x)}} **${'a'.repeat(600)}`,
    });
    const [kept] = await scene.certificates();
    expect((kept!.name as { words: string }).words.length).to.be.at.most(120);
    expect(await scene.cardSays(about))
      .to.include('Kurssi')
      .and.not.match(/\p{Cc}(?<!\n)|\p{Cf}|\{\{/u);
  });

  it('is given only where the city has a list of them', async () => {
    expect(porvoo.certificates).to.equal(undefined);
    const scene = new CoachScene();
    await scene.opens('fi');
    const { intake } = await submitIntake(scene.act('i'), { ageGroup: '18to24' });
    const about = { collection: 'clients', partition: intake.partition, id: intake.id } as const;
    await scene.presses(aino, 'take', about);
    expect(cardButtons(await scene.shows(aino, about), 'certify')).to.deep.equal([]);
  });

  it('is deleted with everything else that is kept of the client', async () => {
    const scene = new PathScene();
    const about = await scene.begins();
    await scene.presses(ilona, 'certify', about, own);
    await eraseClient(scene.act('erase'));
    expect(await scene.documents.list('clients', scene.clientId)).to.deep.equal([]);
  });
});
