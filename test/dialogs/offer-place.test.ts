import { expect } from 'chai';
import { cityOf, citySlugs, converseIn } from '../support/cities.ts';
import { converse, texts } from '../support/conversation.ts';
import { offerAnswers } from '../support/offers.ts';

for (const language of texts.languages) {
  describe(`An employer who tells of a place (${language})`, () => {
    it('is asked of the place first, then for consent, then for the contact, and nothing is kept before the check', async () => {
      const talk = await converse({ language });
      await talk.presses('offer-place');
      talk.hears('offer-place.start');
      const asked: string[] = [];
      for (; talk.asked !== 'review'; await talk.answersOne(offerAnswers[talk.asked!]!)) asked.push(talk.asked!);
      expect(asked).to.deep.equal([
        ...['kind', 'field', 'what', 'hours', 'languages', 'begins', 'where', 'company'],
        ...['consent', 'name', 'way', 'phone', 'email'],
      ]);
      expect((await talk.world().clients.path()).offers).to.deep.equal([]);
      await talk.presses('submit');
      expect((await talk.world().clients.path()).offers).to.have.length(1);
    });

    it('is asked only for the address that is to be used', async () => {
      for (const [way, other] of [
        ['phone', 'email'],
        ['email', 'phone'],
      ] as const) {
        const talk = await converse({ language });
        await talk.presses('offer-place');
        await talk.answers({ ...offerAnswers, way });
        await talk.isAsked('review').presses('submit');
        const [offer] = (await talk.world().clients.path()).offers;
        expect(offer!.contact).to.have.property(way);
        expect(offer!.contact).not.to.have.property(other);
      }
    });

    it('goes on by phone when they do not want to leave their details here, and can go on with the answers', async () => {
      const talk = await converse({ language });
      await talk.presses('offer-place');
      const { consent: _, ...place } = offerAnswers;
      await talk.answers(place);
      await talk.isAsked('consent').presses('self');
      talk.isAsked('how').hears('contact.phoneAndHours');
      await talk.commands('cancel');
      await talk.presses('offer-place');
      talk.isAsked('consent');
      expect((await talk.world().clients.path()).offers).to.deep.equal([]);
    });

    it('can begin on a typed day, but on none that is past or far away', async () => {
      const talk = await converse({ language });
      await talk.presses('offer-place');
      const { begins: _, ...rest } = offerAnswers;
      await talk.answers(rest);
      for (const day of ['1.1.2020', '1.1.2032']) {
        await talk.isAsked('begins').says(day);
        talk.hears('engine.invalid.dateRange');
      }
      await talk.says('1.12.2026');
      await talk.isAsked('where').answers(offerAnswers);
      expect(talk.isAsked('review').heard).to.match(/\b1\b.*2026/);
    });

    it('sees in their path what they told and how far it is, and has it deleted', async () => {
      const talk = await converse({ language });
      await talk.presses('offer-place');
      await talk.answers(offerAnswers);
      await talk.presses('submit');
      await talk.presses('my-path');
      talk.hears('offer.path.title', 'offer.state.open').hearsNot('my-path.noIntake', 'my-path.noMeetings');
      await talk.presses('copy');
      expect(JSON.stringify(talk.replies.flatMap(({ files }) => files ?? []))).to.include('kukkala@example.com');
      await talk.presses('my-path');
      await talk.presses('erase');
      await talk.presses(true);
      await talk.presses(true);
      expect(await talk.documents.list('clients', 'client-1')).to.deep.equal([]);
    });

    it('is led here by own words, and a jobseeker who speaks of an employer is not', async () => {
      const words = { fi: 'olen työnantaja', sv: 'vi vill anställa en säljare', en: 'we are hiring' }[language]!;
      const talk = await converse({ language });
      await talk.says(words);
      talk.isAsked('kind').hears('offer-place.start');
      const other = await converse({ language });
      await other.says('entinen työnantaja ei maksanut');
      other.isAsked('menu');
    });
  });

  describe(`The question whether work pays (${language})`, () => {
    it('leads in every city to a person or Kela, and is answered with no figure', async () => {
      for (const slug of citySlugs) {
        const town = cityOf(slug);
        const talk = await converseIn(town, language);
        await talk.says({ fi: 'Kannattaako työ?', sv: 'Lönar det sig att arbeta?', en: 'Does work pay?' }[language]!);
        talk.isAsked('who').hears('does-work-pay.notHere');
        expect(talk.heard, slug).to.include(town.benefitAdvice?.phone ?? town.contact.phone);
        await talk.presses('kela');
        expect(talk.heard, slug).to.match(/https:\/\/www\.(kela|fpa)\.fi\//);
        await talk.presses('does-work-pay');
        await talk.presses('booking');
        talk.isAsked('topic');
        expect(talk.lines.join('\n'), slug).not.to.match(/\d\s*(€|eur)/i);
      }
    });
  });
}

describe('A city without a job finder', () => {
  it('does not ask employers, and keeps its menu', async () => {
    const { employers: _, ...town } = cityOf('porvoo');
    for (const language of texts.languages) {
      const talk = await converseIn(town, language);
      expect(talk.labelOf('offer-place')).to.equal(undefined);
      expect(talk.labelOf('does-work-pay')).not.to.equal(undefined);
      await talk.says({ fi: 'olen työnantaja', sv: 'jag är arbetsgivare', en: 'i am an employer' }[language]!);
      talk.isAsked('menu').hears('menu.notUnderstood');
    }
  });
});
