import { expect } from 'chai';
import { type Plan, planRef, stepsOf } from '../../src/domain/plans/plan.ts';
import { partnerLetter } from '../../src/notify/mail-letter.ts';
import { partnerReader } from '../../src/partner/layout.ts';
import { partnerPage } from '../../src/partner/page.ts';
import { cityOf, converseIn, isReferredIn, servicesShown, tellsIn, timesShown, toTimesIn } from '../support/cities.ts';
import { type Given, texts } from '../support/conversation.ts';
import { Days } from '../support/days.ts';
import { JobFinderDesk } from '../support/job-finder-desk.ts';
import { offerAnswers } from '../support/offers.ts';

const town = cityOf('kemi');
const [adults, youth, rehabilitation, immigrants, jobFinder] = town.coaches.map(({ id }) => id);
const foundation = town.services.filter(({ provider }) => provider === 'Meri-Lapin työhönvalmennussäätiö');

const people: [string, Record<string, Given>, string | undefined][] = [
  ['under 30 by the youth guarantee to the youth coach', { ageGroup: '18to24', topic: 'findWork' }, youth],
  ['long without work to one coach for the whole path', { benefits: 'labourMarketSubsidy', topic: 'findWork' }, adults],
  ['who looks for work to the job finder', { topic: 'findWork', ageGroup: '30to54', motherTongue: 'fi' }, jobFinder],
  ['whose health is an obstacle to the one who knows rehabilitation', { hinders: ['health'] }, rehabilitation],
  ['who asks about work ability to the one who knows it', { topic: 'workAbility', ageGroup: '18to24' }, rehabilitation],
  ['who moved to Finland to a coach who speaks Arabic', { motherTongue: 'ar', languages: ['ar'] }, immigrants],
];

/** What people type who wonder about money, in all our languages, whichever the chat is in. */
const asksForMoney = [
  'Kannattaako työ?',
  'Lönar det sig att arbeta?',
  'Does work pay?',
  'kannattaako ottaa osa-aikatyö',
  'paljonko saan työmarkkinatukea',
  'hur påverkas mitt bostadsbidrag',
  'what happens to my housing allowance',
];

describe('The model of Kemi', () => {
  it('has a job finder who can be met, without an appointment as well', async () => {
    expect(town.coaches.find(({ id }) => id === jobFinder)!.title).to.include({ fi: 'työnetsijä', sv: 'arbetsletare' });
    const { appointments } = (await converseIn(town, 'fi')).world();
    const slots = await appointments.free({ topic: 'plan', kind: 'office', coach: jobFinder!, limit: 1 });
    expect(slots).to.have.length(1);
    const notes = town.places.flatMap(({ walkIn }) => walkIn.map(({ note }) => note.fi));
    expect(notes.join()).to.include('työnetsijä');
  });

  it('has paths to education, work, job coaching and rehabilitation', () => {
    const providers = town.services.map(({ provider }) => provider).join();
    for (const one of ['Kemin kaupunki', 'Ammattiopisto Lappia', 'Lapin hyvinvointialue']) {
      expect(providers).to.include(one);
    }
    expect(foundation.length).to.be.at.least(3);
    for (const { referral, id } of foundation) expect(referral?.email, id).to.match(/@merilappisaatio\.example$/);
  });
});

for (const language of texts.languages) {
  describe(`The model of Kemi (${language})`, () => {
    for (const [who, told, coach] of people) {
      it(`leads somebody ${who}`, async () => {
        const talk = await converseIn(town, language);
        expect((await tellsIn(talk, told)).routing.coach).to.equal(coach);
        expect(talk.heard).to.include(town.coaches.find(({ id }) => id === coach)!.name);
      });
    }

    it('asks what makes it hard to get work, and offers help with each obstacle', async () => {
      for (const hinders of ['transport', 'childcare', 'housing', 'debts', 'digital']) {
        const talk = await converseIn(town, language);
        await tellsIn(talk, { hinders: [hinders], motherTongue: 'fi', ageGroup: '30to54' });
        await talk.presses('referral');
        talk.isAsked('service').hears('referral.service.found', `directory.needs.${hinders}`);
        expect(servicesShown(talk).length, hinders).to.be.at.least(1);
      }
    });

    it('refers to the coaching of the foundation, and says when a service of it is full', async () => {
      const talk = await converseIn(town, language);
      await tellsIn(talk, { topic: 'workAbility', motherTongue: 'fi', ageGroup: '30to54' });
      await talk.presses('referral');
      talk.hears('directory.reasons.places', 'directory.reasons.full');
      await talk.commands('cancel');
      await isReferredIn(talk, 'foundation-coaching');
      expect(talk.heard).to.include(foundation[0]!.provider);
    });

    it('orders a service from the foundation: the coach approves the order before the foundation hears, and the client hears what happens', async () => {
      const talk = await converseIn(town, language);
      const days = new Days(talk);
      await tellsIn(talk, { topic: 'findWork', motherTongue: 'fi', ageGroup: '30to54' });
      const referral = await isReferredIn(talk, 'foundation-coaching');
      expect(referral.state).to.equal('awaits-order');
      talk.hears('order.waits.what', 'order.waits.by');
      await days.deliver();
      expect(days.mails).to.deep.equal([]);
      const desk = new JobFinderDesk(talk);
      expect((await desk.lines(referral)).join()).to.include(texts.say({ key: 'order.card.decide' }, language));
      const said = await desk.presses('order', referral);
      await days.deliver();
      talk.hears('order.approved', 'order.now');
      expect(days.mails).to.deep.equal(['referral']);
      const ordered = (await talk.world().clients.path()).referrals[0]!;
      const { reference } = ordered.order!;
      expect(said).to.include(reference);
      expect(talk.heard).to.include(reference);
      await talk.presses('my-path');
      expect((await talk.presses(ordered.id)).heard).to.include(reference);
      const link = { url: 'https://kemi.example/partner/x', issued: 0, until: 86_400_000 };
      expect(partnerLetter('referral', ordered, link, town, texts)!.text).to.include(reference);
      const reader = partnerReader(language, texts, town);
      expect(partnerPage({ referral: ordered, reader, now: talk.now })).to.include(reference);
      expect((await desk.lines(ordered)).join()).to.include(reference);
    });

    it('tells the client kindly when the city does not order the service, and the foundation never hears', async () => {
      const talk = await converseIn(town, language);
      const days = new Days(talk);
      await tellsIn(talk, { topic: 'findWork', motherTongue: 'fi', ageGroup: '30to54' });
      const referral = await isReferredIn(talk, 'foundation-coaching');
      const desk = new JobFinderDesk(talk);
      expect(await desk.presses('refuseOrder', referral)).to.equal(
        texts.say({ key: 'coach.act.missing.refuseOrder' }, language),
      );
      await desk.presses('refuseOrder', referral, { words: 'Soitan sinulle huomenna.' });
      await days.deliver();
      talk.hears('order.refused', 'order.why', 'news.next.declined');
      expect(talk.heard).to.include('Soitan sinulle huomenna.');
      expect(days.mails).to.deep.equal([]);
    });

    it('lets an employer tell of a place in the chat: it comes to the job finder, who answers within working days', async () => {
      const talk = await converseIn(town, language);
      await talk.presses('offer-place');
      await talk.answers(offerAnswers);
      await talk.isAsked('review').presses('submit');
      talk.hears('offer-place.done.sent', 'offer-place.done.next');
      const path = await talk.world().clients.path();
      expect(path.offers[0]).to.include({ coach: jobFinder, answerBy: '2026-11-26' });
      expect(path.client, 'an employer is no client').to.equal(undefined);
      expect(talk.heard).to.include(path.offers[0]!.reference).and.include('016 000 0015');
      const lines = (await new JobFinderDesk(talk).lines(path.offers[0]!)).join('\n');
      expect(lines)
        .to.include(texts.say({ key: 'offer.card.title' }, language))
        .and.include('Kukkala Oy');
    });

    it('leads whoever asks whether work pays to a person or Kela, in their own words or by the menu, and computes nothing', async () => {
      for (const text of asksForMoney) {
        const talk = await converseIn(town, language);
        await talk.says(text);
        talk.isAsked('who').hears('does-work-pay.notHere', 'does-work-pay.person');
        expect(talk.heard, text).to.include(town.benefitAdvice!.phone);
        await talk.presses('kela');
        talk.hears('does-work-pay.kela.what', 'does-work-pay.askFirst');
        expect(talk.heard).to.include(town.benefitAdvice!.kela.phone).and.include('https://www.kela.fi/');
        expect(talk.lines.join('\n')).not.to.match(/\d\s*(€|eur)/i);
        await talk.presses('does-work-pay');
        await talk.presses('person');
        talk.isAsked('how');
      }
    });

    it('leads somebody who wonders whether work pays from the services to Kela, and computes nothing', async () => {
      const talk = await converseIn(town, language);
      await tellsIn(talk, { topic: 'findWork', hinders: ['money'], motherTongue: 'fi', ageGroup: '30to54' });
      await talk.presses('referral');
      expect(servicesShown(talk)).to.include('does-work-pay');
      await talk.presses('does-work-pay');
      talk.isAsked('how').hears('referral.how.selfOnly');
      await talk.presses('details');
      talk.hears('service.web');
      expect(talk.heard).to.include('https://www.kela.fi/');
      expect(talk.lines.join('\n')).not.to.match(/\d\s*(€|euro)/i);
    });

    it('makes a path of ordered steps with a goal of the intake, to work or to rehabilitation', async () => {
      for (const [topic, goal] of [
        ['findWork', 'findWork'],
        ['workAbility', 'workAbility'],
      ] as const) {
        const talk = await converseIn(town, language);
        await tellsIn(talk, { topic, motherTongue: 'fi', ageGroup: '30to54' });
        const { goals } = (await talk.documents.get<Plan>(planRef(talk.client)))!.document;
        expect(goals.map(({ what }) => what)).to.include(goal);
        const days = stepsOf(goals.slice(0, 1)).map(({ by }) => by ?? '');
        expect(days.length, 'more steps than one').to.be.greaterThan(1);
        expect(days, 'in the order of their days').to.deep.equal([...days].sort());
      }
    });

    it('offers short times with the job finder', async () => {
      const talk = await converseIn(town, language);
      await tellsIn(talk, { topic: 'findWork', motherTongue: 'fi', ageGroup: '55plus' });
      await toTimesIn(talk, 'other', 'office');
      for (const { coach, start, end } of timesShown(talk)) {
        expect(coach).to.equal(jobFinder);
        expect(Date.parse(end) - Date.parse(start)).to.equal(30 * 60_000);
      }
    });
  });
}
