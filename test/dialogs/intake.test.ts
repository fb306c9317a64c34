import { expect } from 'chai';
import fc from 'fast-check';
import { intake } from '../../dialogs/intake.ts';
import { intakeAnswers } from '../../src/domain/clients/intake.ts';
import { mira, silent } from '../support/answers.ts';
import { type Conversation, converse, type Given, porvoo, texts } from '../support/conversation.ts';

const begin = async (language = 'fi', more = {}) => (await converse({ language, ...more })).presses('intake');
const kept = async (talk: Conversation) => (await talk.world().clients.path()).intakes;

for (const language of texts.languages) {
  describe(`The intake in ${language}`, () => {
    it('takes everything a person tells, and says who helps and by when', async () => {
      const talk = await begin(language);
      talk.hears('intake.start', 'intake.privacy').isAsked('situation');
      await talk.answers(mira);
      talk.isAsked('review').hears('intake.review', 'engine.review.ask');
      await talk.presses('submit');
      talk.hears('intake.done.reference', 'intake.done.coach', 'intake.done.then.phone', 'intake.done.meeting');
      talk.hears('intake.done.notDecision', 'intake.done.copy', 'intake.next').isAsked('menu');
      expect(talk.heard)
        .to.include('Oksana Zorynets')
        .and.match(/30(\.11| November)/);

      const [one, ...others] = await kept(talk);
      expect(others).to.deep.equal([]);
      expect(talk.heard).to.include(one!.reference);
      expect(one!.answers).to.deep.equal({
        ...mira,
        searchStart: '2026-11-16',
        phone: '0400000001',
      });
      expect(one).to.include({ language, meetBy: '2026-11-30' });
      expect(one!.routing).to.include({ coach: 'oksana-zorynets', rule: 'foreign-language' });
    });

    it('gives a copy of the answers that says what the check of answers said', async () => {
      const talk = await begin(language);
      await talk.answers(mira);
      const checked = talk.replies.at(-1)!.text.split('\n\n')[1]!;
      await talk.presses('submit');
      const files = talk.replies.flatMap((reply) => reply.files ?? []);
      expect(files).to.have.length(1);
      expect(files[0]!.contentType).to.equal('text/plain');
      expect(files[0]!.text).to.include(checked);
      expect(files[0]!.name).to.match(/-P-\w{4}-\w{2}\.txt$/);
    });

    it('says at the start about how many questions come, as the progress does, and is not far off', async () => {
      for (const answers of [mira, silent]) {
        const talk = await begin(language);
        const { of } = talk.replies.at(-1)!.mark!;
        expect(talk.heard).to.include(texts.say({ key: 'intake.start', with: { steps: of } }, language));
        await talk.answers(answers);
        expect(talk.isAsked('review').replies.at(-1)!.mark!.step).to.be.closeTo(of, 4);
      }
    });

    it('is done by a person who tells as little as possible', async () => {
      const talk = await begin(language);
      await talk.answers(silent);
      await talk.isAsked('review').presses('submit');
      talk.hears('intake.done.coach', 'intake.done.then.here', 'intake.done.meeting', 'plan.made');
      // Everybody in Porvoo has a coach of their own, whatever they tell.
      expect((await kept(talk))[0]!.routing.coach).not.to.equal(undefined);
    });

    it('asks again after an answer that it does not understand, and keeps the others', async () => {
      const talk = await begin(language);
      for (let before = talk.asked; before !== 'review'; before = talk.asked) {
        const known = { ...talk.dialog.flow!.answers };
        await talk.says('🙂🙂');
        talk.isAsked(before!);
        expect(talk.dialog.flow!.answers).to.deep.equal(known);
        expect(talk.replies.length).to.equal(2);
        await talk.answersOne(mira[before!]!);
      }
    });

    it('says why it asks, wherever it has a reason', async () => {
      const talk = await begin(language);
      for (let asked = talk.asked!; asked !== 'review'; asked = talk.asked!) {
        await talk.commands('why');
        talk.isAsked(asked).hears(texts.has(`intake.${asked}.why`) ? `intake.${asked}.why` : 'engine.whyGeneral');
        await talk.answersOne(mira[asked]!);
      }
    });

    it('goes back question by question to the menu, and on again to the same check', async () => {
      const talk = await begin(language);
      await talk.answers(mira);
      const checked = talk.replies.at(-1)!.text;
      const asked: string[] = [];
      for (; talk.asked !== 'menu'; await talk.commands('back')) asked.push(talk.asked!);
      expect(asked.length).to.equal(Object.keys(mira).length + 1);
      expect(new Set(asked).size).to.equal(asked.length);
      await talk.presses('intake');
      await talk.answers(mira);
      expect(talk.replies.at(-1)!.text).to.equal(checked);
    });
  });
}

describe('The intake', () => {
  it('asks only what the answers call for', async () => {
    // Told independently of the flow: who is asked what.
    const expected: Record<string, (a: Record<string, unknown>) => boolean> = {
      searchStart: (a) => a.situation !== 'studying' && a.situation !== 'employed' && a.situation !== null,
      workAbility: (a) => a.workAbilityConsent === true,
      interpreter: (a) => a.motherTongue !== 'fi' && a.motherTongue !== 'sv',
      interpreterLanguage: (a) => a.interpreter === true && (a.motherTongue === 'other' || a.motherTongue === null),
      area: () => porvoo.asks.area,
      benefits: () => porvoo.asks.benefits,
      phone: (a) => a.contactWay === 'phone',
      contactTime: (a) => a.contactWay === 'phone',
      email: (a) => a.contactWay === 'email',
    };
    const typed: Record<string, string[]> = {
      searchStart: ['16.11.2026', 'tänään'],
      wantedWork: ['puutarha'],
      lastWork: ['taimitarha'],
      interpreterLanguage: ['tigrinja'],
      name: ['Mira'],
      phone: ['040 000 0001'],
      email: ['mira@example.com'],
    };
    const choices = fc.array(fc.nat({ max: 11 }), { minLength: 23, maxLength: 23 });
    await fc.assert(
      fc.asyncProperty(choices, async (picks) => {
        const talk = await begin();
        const asked: string[] = [];
        for (let i = 0; talk.asked !== 'review'; i++) {
          const question = talk.asked!;
          asked.push(question);
          const values = talk.dialog.shown!.options.map(({ value }) => value as Given);
          const words = typed[question] ?? [];
          const given = [...values, ...words][picks[i]! % (values.length + words.length)]!;
          await talk.answersOne(intake.kinds[question]!.kind === 'many' && given !== null ? ([given] as Given) : given);
        }
        const answers = talk.isAsked('review').dialog.flow!.answers;
        const wanted = intake.questions.map(({ ask }) => ask).filter((ask) => expected[ask]?.(answers) ?? true);
        expect(asked).to.deep.equal(wanted);
        expect(intakeAnswers.partial().safeParse(answers).success).to.equal(true);
      }),
      { numRuns: 60 },
    );
  });

  it('leaves out what the city does not ask', async () => {
    const municipality = { ...porvoo, asks: { benefits: false, area: false } };
    const talk = await begin('fi', { municipality });
    await talk.answers(mira);
    await talk.isAsked('review').presses('submit');
    expect((await kept(talk))[0]!.answers).not.to.have.any.keys('area', 'benefits', 'asksArea', 'asksBenefits');
  });

  it('lets a person change one answer in the check and come back to it', async () => {
    const talk = await begin();
    await talk.answers(mira);
    await talk.presses('change');
    await talk.isAsked('change').presses('education');
    await talk.isAsked('education').presses('master');
    expect(talk.isAsked('review').replies.at(-1)!.text).to.include('Ylempi korkeakoulututkinto');
  });

  it('asks what a changed answer calls for, and forgets what it makes needless', async () => {
    const talk = await begin();
    await talk.answers(mira);
    await talk.presses('change');
    await talk.presses('contactWay');
    await talk.presses('email');
    await talk.isAsked('email').says('Mira@Example.com');
    await talk.isAsked('review').presses('submit');
    const { answers } = (await kept(talk))[0]!;
    expect(answers).to.include({ contactWay: 'email', email: 'mira@example.com' });
    expect(answers).not.to.have.any.keys('phone', 'contactTime');
  });

  it('keeps the old answer when a change is taken back', async () => {
    const talk = await begin();
    await talk.answers(mira);
    await talk.presses('change');
    await talk.presses('name');
    await talk.commands('back');
    expect(talk.isAsked('review').replies.at(-1)!.text).to.include('Mira');
  });

  it('loses nothing when the person leaves in the middle of a change', async () => {
    const talk = await begin();
    await talk.answers(mira);
    const checked = talk.replies.at(-1)!.text;
    await talk.presses('change');
    await talk.presses('contactWay');
    await talk.commands('cancel');
    await talk.presses('intake');
    expect(talk.isAsked('review').replies.at(-1)!.text).to.equal(checked);
  });

  it('goes on in another language with all answers, and gives the copy in it', async () => {
    const talk = await begin('fi');
    const { hinders: _, ...first } = mira;
    await talk.answers(first);
    await talk.isAsked('hinders').speaks('sv');
    await talk.isAsked('hinders').answers(mira);
    await talk.isAsked('review').presses('submit');
    const [one] = await kept(talk);
    expect(one).to.include({ language: 'sv' });
    expect(one!.answers.education).to.equal('vocational');
    expect(talk.replies.flatMap((reply) => reply.files ?? [])[0]!.text).to.include('Utbildning: Yrkesexamen');
  });

  it('is one intake however often its button is pressed', async () => {
    const talk = await begin();
    await talk.answers(mira);
    const label = talk.labelOf('submit')!;
    await talk.says(label);
    const reference = /P-\w{4}-\w{2}/.exec(talk.heard)![0];
    await talk.says(label);
    talk.hears('engine.alreadyDone', 'intake.done.reference');
    expect(talk.heard).to.include(reference);
    expect(await kept(talk)).to.have.length(1);
  });

  it('takes no start of the search that cannot be', async () => {
    const talk = await begin();
    await talk.presses('unemployed');
    for (const date of ['1.1.1890', '31.2.2026', '1.1.2031']) {
      await talk.says(date);
      talk.isAsked('searchStart');
    }
    await talk.says('2.11.2026');
    talk.isAsked('topic');
  });

  it('tells a person who has not registered that the intake does not do it', async () => {
    const talk = await begin();
    await talk.answers({ ...mira, searchStart: 'notYet' });
    await talk.presses('submit');
    talk.hears('intake.done.register');
  });

  it('waits half done while the person does something else', async () => {
    const talk = await begin();
    await talk.presses('unemployed');
    await talk.commands('person');
    await talk.presses('self');
    await talk.isAsked('menu').presses('intake');
    talk.hears('engine.resumed').isAsked('searchStart');
  });

  it('does not take the second press of a button for the person’s own words, unless they insist', async () => {
    const talk = await begin();
    await talk.answers({ situation: 'studying' });
    const label = talk.labelOf('entrepreneurship')!;
    await talk.says(label);
    await talk.isAsked('wantedWork').says(label);
    await talk.isAsked('wantedWork').hears('engine.oldButton').says(label);
    await talk.isAsked('wantedWork').hears('engine.oldButton');
    talk.now = talk.now.plus({ seconds: 10 });
    await talk.says(label);
    expect(talk.isAsked('lastWork').dialog.flow!.answers.wantedWork).to.equal(label);
  });

  it('takes one way out after another', async () => {
    const talk = await begin();
    await talk.answers({ situation: null, topic: 'findWork' });
    for (const question of ['wantedWork', 'lastWork', 'education']) await talk.isAsked(question).presses(null);
    talk.isAsked('helps');
  });

  it('takes the name of a job for an answer, not for a wish to be served', async () => {
    for (const [language, job] of [
      ['fi', 'Asiakaspalvelija'],
      ['fi', 'virkailija'],
      ['sv', 'kundtjänst'],
      ['en', 'Agent'],
    ] as const) {
      const talk = await begin(language);
      await talk.answers({ situation: 'studying', topic: 'findWork', wantedWork: null });
      await talk.isAsked('lastWork').says(job);
      talk.isAsked('education');
    }
  });
});
