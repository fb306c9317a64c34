import { expect } from 'chai';
import { booksIn, cityOf, converseIn, isReferredIn, tellsIn, timesShown, toTimesIn } from '../support/cities.ts';
import { type Given, texts } from '../support/conversation.ts';

const town = cityOf('kouvola');
const [youth, adults, business, immigrants, training] = town.coaches.map(({ id }) => id);
const providers = town.services.map(({ provider }) => provider);
const providerOf = (service: string) => town.services.find(({ id }) => id === service)!.provider;

const people: [string, Record<string, Given>, string | undefined][] = [
  ['who is under 30 to the youth coach', { ageGroup: '18to24', motherTongue: 'fi' }, youth],
  ['who is 30 or over to the coach of adults', { ageGroup: '55plus', motherTongue: 'fi' }, adults],
  ['whose job ends to the coach who knows the companies', { situation: 'leaving', motherTongue: 'fi' }, business],
  ['who has been out of work for long to one coach all the way', { benefits: 'labourMarketSubsidy' }, adults],
  ['who wants to study to the coach at Eduko', { topic: 'training', ageGroup: '30to54', motherTongue: 'fi' }, training],
  ['who thinks of a business to the coach at Kinno', { topic: 'entrepreneurship', ageGroup: '25to29' }, business],
  ['who asks about work ability to the coach who knows it', { topic: 'workAbility', ageGroup: '18to24' }, adults],
  ['whose mother tongue is Ukrainian to a coach who speaks it', { motherTongue: 'uk', languages: ['uk'] }, immigrants],
  ['whose mother tongue is Swedish to a coach who speaks it', { motherTongue: 'sv', ageGroup: '30to54' }, business],
];

describe('The one counter of Kouvola', () => {
  it('is run by the city, Kouvola Innovation and Eduko, with their partners', () => {
    for (const partner of ['Kouvolan kaupunki', 'Kouvola Innovation', 'Eduko', 'Kaakkois-Suomen TE-palvelut']) {
      expect(providers.join()).to.include(partner);
    }
    expect(providers.join()).to.include('Kymsote').and.include('Etelä-Kymenlaakson kunnat');
  });

  it('has the coaches of the city, of Kinno and of Eduko in one place, and any of them can be booked there', async () => {
    const { appointments } = (await converseIn(town, 'fi')).world();
    const slots = await appointments.free({ topic: 'firstMeeting', kind: 'office', limit: 2000 });
    const atCounter = new Set(slots.filter(({ place }) => place === 'counter').map(({ coach }) => coach));
    expect(atCounter).to.include.all.keys(youth!, business!, training!);
  });
});

for (const language of texts.languages) {
  describe(`The one counter of Kouvola (${language})`, () => {
    for (const [who, told, coach] of people) {
      it(`leads somebody ${who}`, async () => {
        const talk = await converseIn(town, language);
        expect((await tellsIn(talk, told)).routing.coach).to.equal(coach);
        expect(talk.heard).to.include(town.coaches.find(({ id }) => id === coach)!.name);
      });
    }

    it('refers one person to several organisations in one conversation, and asks the name once', async () => {
      const talk = await converseIn(town, language);
      await tellsIn(talk, { topic: 'training', name: 'Testi', motherTongue: 'fi' });
      await isReferredIn(talk, 'eduko-vocational');
      await isReferredIn(talk, 'work-ability-support', ['workAbility']);
      await isReferredIn(talk, 'housing-advice', ['housing']);
      expect(talk.lines).not.to.include(texts.say({ key: 'referral.name.ask' }, language));
      const { referrals } = await talk.world().clients.path();
      expect(referrals.map(({ state }) => state)).to.deep.equal(['sent', 'sent', 'sent']);
      expect(new Set(referrals.map(({ service }) => providerOf(service)))).to.have.property('size', 3);
      await talk.presses('my-path');
      for (const { service } of referrals) {
        expect(talk.heard).to.include(town.services.find(({ id }) => id === service)!.name[language]);
      }
    });

    it('books a time at the counter, and tells how to get in', async () => {
      const talk = await converseIn(town, language);
      await tellsIn(talk, { topic: 'training', motherTongue: 'fi', ageGroup: '30to54' });
      await toTimesIn(talk, 'training', 'office');
      const meeting = await booksIn(talk, timesShown(talk)[0]!);
      expect(meeting).to.include({ coach: training, place: 'counter' });
      expect(talk.heard).to.include(town.places.find(({ id }) => id === 'counter')!.access[language]);
    });
  });
}
