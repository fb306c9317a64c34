import { expect } from 'chai';
import { moveReferral } from '../../src/domain/referrals/progress.ts';
import type { Referral, ReferralState } from '../../src/domain/referrals/referral.ts';
import { gammelbacka, hasIntake } from '../support/clients.ts';
import { type Conversation, converse, texts } from '../support/conversation.ts';
import { Days } from '../support/days.ts';
import { tellRow } from '../support/row.ts';

const service = 'job-search-group';

async function isReferred(talk: Conversation): Promise<Referral> {
  const lines = [{ field: 'name' as const, value: 'Mira' }];
  return talk.world().referrals.submit({ service, lines, consent: true, consentVersion: 't' }, 'sent');
}

async function partnerSays(talk: Conversation, { id }: Referral, state: ReferralState, more = {}): Promise<void> {
  const { documents, municipality, client, now } = talk;
  const seen = (await referralOf(talk)).history.length;
  await moveReferral({ documents, municipality, client, now }, id, { state, by: 'partner', ...more }, seen);
}

async function referralOf(talk: Conversation): Promise<Referral> {
  return (await talk.world().clients.path()).referrals[0]!;
}

for (const language of texts.languages) {
  describe(`A referral that goes on (${language})`, () => {
    it('tells the client in the chat of each answer, with the partner’s words, and where to see it', async () => {
      const talk = await converse({ language });
      const days = new Days(talk);
      const referral = await isReferred(talk);
      await partnerSays(talk, referral, 'needs-client', { words: 'Soita meille', wordsIn: 'fi' });
      await days.deliver();
      talk.isAsked('menu').hears('news.referral.needs-client', 'news.words', 'news.next.needs-client');
      expect(talk.heard)
        .to.include('Soita meille')
        .and.include(texts.say({ key: 'answers.writtenIn.fi' }, language));
      await partnerSays(talk, referral, 'accepted', { startsOn: '2026-12-01' });
      await days.deliver();
      talk.hears('news.referral.accepted', 'news.startsOn', 'news.next.accepted');
      await talk.presses('my-path');
      await talk.presses(referral.id);
      talk.hears('referral.states.accepted', 'news.startsOn');
    });

    it('asks the client after two weeks whether they got there, and then is quiet', async () => {
      const talk = await converse({ language });
      const days = new Days(talk);
      const referral = await isReferred(talk);
      await partnerSays(talk, referral, 'accepted');
      await days.pass({ days: 15 });
      talk.isAsked('got').hears('outcome.accepted');
      await talk.presses(true);
      talk.isAsked('menu').hears('outcome.done.yes');
      expect(await referralOf(talk))
        .to.include({ state: 'started' })
        .and.have.nested.property('outcome.answer', 'yes');
      days.told.length = 0;
      await days.pass({ days: 60 });
      expect(days.told).to.deep.equal([]);
    });

    it('gives the coach a task when the client did not get there although a place was given', async () => {
      const talk = await converse({ language });
      const days = new Days(talk);
      await partnerSays(talk, await isReferred(talk), 'accepted');
      await days.pass({ days: 15 });
      await talk.says({ fi: 'ei', sv: 'nej', en: 'no' }[language]!);
      talk.isAsked('menu').hears('outcome.done.no');
      expect(await referralOf(talk)).to.include({ state: 'accepted', task: 'disagree' });
    });

    it('respects “not now” for good', async () => {
      const talk = await converse({ language });
      const days = new Days(talk);
      await partnerSays(talk, await isReferred(talk), 'accepted');
      await days.pass({ days: 15 });
      await talk.presses('notNow');
      talk.hears('outcome.done.notNow');
      days.told.length = 0;
      await days.pass({ days: 60 });
      expect(days.told).to.deep.equal([]);
      expect((await referralOf(talk)).task).to.equal(undefined);
    });

    it('asks how it went when it is closed: three taps, and never again of the same referral', async () => {
      const talk = await converse({ language });
      const days = new Days(talk);
      const referral = await isReferred(talk);
      await partnerSays(talk, referral, 'declined', { reason: 'sessionFull', words: 'Ryhmä on täynnä', wordsIn: 'fi' });
      await days.deliver();
      talk.isAsked('score').hears('news.referral.declined', 'reasons.sessionFull', 'feedback.about.referral');
      await talk.presses('fair');
      await talk.isAsked('helped').presses(false);
      await talk.isAsked('more').presses(null);
      talk.isAsked('menu').hears('feedback.done');
      const { feedback } = await talk.world().clients.path();
      expect(feedback).to.have.length(1);
      expect(feedback[0])
        .to.deep.include({ score: 'fair', helped: false, language })
        .and.have.property('about')
        .that.deep.equals({ kind: 'referral', id: referral.id, of: service });
      await talk.isTold({ say: [], ask: { flow: 'feedback', given: { referral: referral.id } } });
      expect(talk.replies).to.deep.equal([]);
    });

    it('never asks again whoever said “no thanks”', async () => {
      const talk = await converse({ language });
      const days = new Days(talk);
      await partnerSays(talk, await isReferred(talk), 'declined', { reason: 'other', words: 'x', wordsIn: 'fi' });
      await days.deliver();
      await talk.isAsked('score').presses('noThanks');
      talk.isAsked('menu').hears('feedback.never');
      const again = await talk
        .world()
        .referrals.submit({ service, lines: [], consent: true, consentVersion: 't' }, '2');
      const { documents, municipality, client, now } = talk;
      await moveReferral({ documents, municipality, client, now }, again.id, { state: 'declined', by: 'partner' }, 1);
      await days.deliver();
      talk.isAsked('menu').hears('news.referral.declined').hearsNot('feedback.about.referral');
      expect((await talk.world().clients.path()).feedback).to.deep.equal([]);
    });

    it('asks by mail as well when the client has given an address, and tells nobody of mail otherwise', async () => {
      for (const [contactWay, mails] of [
        ['email', 2],
        ['here', 0],
      ] as const) {
        const talk = await converse({ language });
        const days = new Days(talk);
        await hasIntake(talk, {
          ...gammelbacka,
          contactWay,
          ...(contactWay === 'email' && { email: 'mira@example.org' }),
        });
        await partnerSays(talk, await isReferred(talk), 'accepted');
        await days.pass({ days: 15 });
        expect(days.mails.filter((one) => one.startsWith('client'))).to.have.length(mails);
      }
    });
  });
}

describe('A question that the service asks of itself', () => {
  it('waits while the person is in the middle of something, and nothing of that is lost', async () => {
    const talk = await converse();
    const days = new Days(talk);
    const referral = await isReferred(talk);
    await talk.presses('booking');
    await talk.presses('firstMeeting');
    talk.isAsked('kind');
    await partnerSays(talk, referral, 'declined', { reason: 'other', words: 'x', wordsIn: 'fi' });
    await days.deliver();
    talk.isAsked('kind').hears('news.referral.declined').hearsNot('feedback.about.referral');
    await talk.answers({ kind: 'office' });
    await talk.answersOne(talk.dialog.shown!.options[0]!.value as string);
    await talk.answers({ interpreter: false, name: null });
    await talk.isAsked('review').presses('submit');
    talk.isAsked('score').hears('booking.done.booked', 'feedback.about.referral');
    await talk.presses('good');
    await talk.answers({ helped: true, more: 'Kiitos' });
    talk.isAsked('menu').hears('feedback.done');
  });

  it('comes first when the person comes back, and what it came between goes on afterwards', async () => {
    const talk = await converse();
    const days = new Days(talk);
    await partnerSays(talk, await isReferred(talk), 'accepted');
    await talk.presses('intake');
    await talk.presses('unemployed');
    await days.pass({ days: 15 });
    talk.isAsked('searchStart');
    await talk.joins();
    await talk.isAsked('got').presses(true);
    talk.isAsked('searchStart').hears('outcome.done.yes', 'engine.resumed');
    expect(talk.dialog.flow!.answers.situation).to.equal('unemployed');
  });

  it('is not asked when it makes no sense any more', async () => {
    const talk = await converse();
    const days = new Days(talk);
    const referral = await isReferred(talk);
    await partnerSays(talk, referral, 'accepted');
    await talk.presses('intake');
    await days.pass({ days: 15 });
    await talk.world().referrals.withdraw(referral.id, 'w');
    await talk.joins();
    talk.isAsked('situation').hearsNot('outcome.accepted');
    expect(talk.dialog.asks).to.equal(undefined);
  });

  it('can be left, and its buttons pressed later are explained in every language', async () => {
    let presses = 0;
    for (const language of texts.languages) {
      for (const answer of [true, false, 'notNow']) {
        const talk = await converse({ language });
        const days = new Days(talk);
        await partnerSays(talk, await isReferred(talk), 'accepted');
        await days.pass({ days: 15 });
        const labels = talk.dialog.shown!.options.map(({ label }) => label);
        await talk.presses(answer);
        const before = await referralOf(talk);
        for (const label of labels) {
          await talk.says(label);
          talk.isAsked('menu').hears('menu.oldButton');
          presses++;
        }
        expect(await referralOf(talk)).to.deep.equal(before);
      }
      const talk = await converse({ language });
      await talk.isTold({ say: [{ key: 'earlier.stopped' }] });
      talk.isAsked('menu').hears('earlier.stopped');
    }
    tellRow(`R10 ${presses} presses of answered questions of the service, 0 wrong effects, each explained`);
  });

  it('is put aside by a command like any other', async () => {
    const talk = await converse();
    const days = new Days(talk);
    await partnerSays(talk, await isReferred(talk), 'accepted');
    await days.pass({ days: 15 });
    await talk.isAsked('got').commands('startOver');
    talk.isAsked('got').hears('outcome.accepted');
    await talk.commands('cancel');
    talk.isAsked('menu');
    expect((await referralOf(talk)).outcome).to.equal(undefined);
  });
});
