import { expect } from 'chai';
import { booksIn, cityOf, converseIn, isReferredIn, tellsIn, timesShown, toTimesIn } from '../support/cities.ts';
import { type Given, texts } from '../support/conversation.ts';

const town = cityOf('kuopio-askel');
const [jobCoach, expert, immigrants, workAbility, youth, villages] = town.coaches.map(({ id }) => id);
const organisations = ['Kuopion kaupunki', 'TE-palvelut'];
const organisationOf = (coach: string) =>
  organisations.filter((one) => town.coaches.find(({ id }) => id === coach)!.title.fi.endsWith(one));

const people: [string, Record<string, Given>, string | undefined][] = [
  ['with debts and poor health to a job coach of the city', { hinders: ['health', 'debts'] }, jobCoach],
  ['long without work to a job coach of the city', { benefits: 'labourMarketSubsidy', motherTongue: 'fi' }, jobCoach],
  ['who wants to study to an expert of TE Services', { topic: 'training', hinders: ['health'] }, expert],
  ['who moved to Finland to an expert who speaks Arabic', { motherTongue: 'ar', languages: ['ar'] }, immigrants],
  ['who asks about work ability to the coach who knows it', { topic: 'workAbility', motherTongue: 'ar' }, workAbility],
  ['under 30 to the coach of young people', { ageGroup: '18to24', motherTongue: 'fi' }, youth],
  ['in Nilsiä to the coach who works there', { area: 'nilsia-juankoski', ageGroup: '55plus' }, villages],
];

describe('The joint service ASKEL', () => {
  it('has coaches of two organisations, and each says which', () => {
    for (const { id } of town.coaches) expect(organisationOf(id), id).to.have.length(1);
    expect(new Set(town.coaches.flatMap(({ id }) => organisationOf(id)))).to.deep.equal(new Set(organisations));
  });

  it('offers times of both organisations side by side in the same house', async () => {
    const { appointments } = (await converseIn(town, 'fi')).world();
    const slots = await appointments.free({ topic: 'firstMeeting', kind: 'office', limit: 2000 });
    const inHouse = slots.filter(({ place }) => place === 'askel').flatMap(({ coach }) => organisationOf(coach));
    expect(new Set(inHouse)).to.deep.equal(new Set(organisations));
  });

  it('fits together services for work, skills, health and social matters', () => {
    const providers = town.services.map(({ provider }) => provider).join();
    for (const one of [...organisations, 'Pohjois-Savon hyvinvointialue', 'Savon ammattiopisto']) {
      expect(providers).to.include(one);
    }
    const inHouse = town.services.filter(({ place }) => place.fi.startsWith('ASKEL')).map(({ id }) => id);
    expect(inHouse).to.include.members(['askel-job-coaching', 'social-guidance', 'cv-in-a-morning']);
  });
});

for (const language of texts.languages) {
  describe(`The joint service ASKEL (${language})`, () => {
    for (const [who, told, coach] of people) {
      it(`leads somebody ${who}`, async () => {
        const talk = await converseIn(town, language);
        expect((await tellsIn(talk, told)).routing.coach).to.equal(coach);
        expect(talk.heard).to.include(town.coaches.find(({ id }) => id === coach)!.name);
      });
    }

    it('names exactly one responsible person, on the path as well', async () => {
      const talk = await converseIn(town, language);
      const first = await tellsIn(talk, { hinders: ['debts'], motherTongue: 'fi' });
      const own = town.coaches.filter(({ name }) => talk.heard.includes(name));
      expect(own.map(({ id }) => id)).to.deep.equal([first.routing.coach]);
      await talk.presses('my-path');
      talk.hears('my-course.responsible');
      expect(talk.heard).to.include(own[0]!.name);
    });

    it('refers to a quick service, whose state the person sees and which they can stop', async () => {
      const talk = await converseIn(town, language);
      await tellsIn(talk, { topic: 'findWork', hinders: ['digital'], motherTongue: 'fi' });
      const referral = await isReferredIn(talk, 'cv-in-a-morning');
      await talk.presses('my-path');
      talk.hears('my-path.referrals', 'referral.states.sent');
      await talk.presses(referral.id);
      await talk.isAsked('do').presses('withdraw');
      await talk.isAsked('sure').presses(true);
      talk.hears('my-referral.withdrawn');
      expect((await talk.world().clients.path()).referrals[0]!.state).to.equal('withdrawn');
    });

    it('books an expert of TE Services for somebody whose own coach is of the city', async () => {
      const talk = await converseIn(town, language);
      await tellsIn(talk, { hinders: ['debts'], motherTongue: 'fi' });
      await toTimesIn(talk, 'training', 'office', true);
      const slot = timesShown(talk).find(({ coach }) => organisationOf(coach)[0] === 'TE-palvelut')!;
      expect(await booksIn(talk, slot)).to.include({ coach: slot.coach, topic: 'training', place: 'askel' });
    });
  });
}
