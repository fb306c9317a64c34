import { expect } from 'chai';
import { cityOf, converseIn, isReferredIn, servicesShown, tellsIn, timesShown, toTimesIn } from '../support/cities.ts';
import { type Given, texts } from '../support/conversation.ts';

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
      const referral = await isReferredIn(talk, 'foundation-coaching');
      expect(referral).to.include({ state: 'sent' });
      expect(talk.heard).to.include(foundation[0]!.provider);
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
