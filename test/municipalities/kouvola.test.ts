import { expect } from 'chai';
import { tellPlaces } from '../../src/domain/directory/places.ts';
import { moveReferral } from '../../src/domain/referrals/progress.ts';
import {
  booksIn,
  cityOf,
  converseIn,
  isReferredIn,
  servicesShown,
  tellsIn,
  timesShown,
  toTimesIn,
} from '../support/cities.ts';
import { type Conversation, type Given, texts } from '../support/conversation.ts';
import { Days } from '../support/days.ts';

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

/** Somebody whose needs many services answer. */
const parent: Record<string, Given> = {
  topic: 'training',
  hinders: ['health', 'money'],
  name: 'Testi',
  motherTongue: 'fi',
};

async function toServices(talk: Conversation): Promise<void> {
  await talk.presses('referral');
  await talk.isAsked('service').presses('several');
  talk.isAsked('services');
}

async function toConsent(talk: Conversation, services: string[], lines: string[]): Promise<void> {
  await toServices(talk);
  await talk.answers({ services, lines, wish: 'Xyz' });
  talk.isAsked('consent').hears('services-at-once.consent.sees');
}

async function sendsAtOnce(talk: Conversation, services: string[]): Promise<void> {
  await toConsent(talk, services, ['name', 'wish']);
  await talk.answers({ consent: 'send' });
  await talk.isAsked('review').presses('submit');
  talk.hears('services-at-once.done.sent');
}

describe('The one counter of Kouvola', () => {
  it('is run by the city, Kouvola Innovation and Eduko, with their partners', () => {
    for (const partner of ['Kouvolan kaupunki', 'Kouvola Innovation', 'Eduko', 'Kaakkois-Suomen TE-palvelut']) {
      expect(providers.join()).to.include(partner);
    }
    expect(providers.join()).to.include('Kymsote').and.include('Etelä-Kymenlaakson kunnat');
  });

  it('has named steps with days and a unit cost in every service that it opens, so that they can be counted', () => {
    for (const { id, referral, process } of town.services) {
      if (!referral) continue;
      expect(process, id).to.be.an('array').that.is.not.empty;
      for (const { days, cost } of process!) expect(days * cost, id).to.be.above(0);
    }
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

    it('opens several services from one consent, each a referral that goes its own way', async () => {
      const talk = await converseIn(town, language);
      await tellsIn(talk, parent);
      await sendsAtOnce(talk, ['eduko-vocational', 'work-ability-support', 'te-training']);
      const { referrals } = await talk.world().clients.path();
      expect(new Set(referrals.map(({ service }) => providerOf(service)))).to.have.property('size', 3);
      expect(referrals.map(({ state }) => state)).to.deep.equal(['sent', 'sent', 'sent']);
      expect(new Set(referrals.map(({ together }) => together))).to.have.property('size', 1);
      for (const { reference } of referrals) expect(talk.heard).to.include(reference);
    });

    it('lets every service see its own lines only, and names each before the consent', async () => {
      const talk = await converseIn(town, language);
      await tellsIn(talk, { ...parent, education: 'vocational' });
      await toConsent(talk, ['eduko-vocational', 'work-ability-support'], ['name', 'education']);
      for (const id of ['eduko-vocational', 'work-ability-support']) expect(talk.heard).to.include(providerOf(id));
      await talk.answers({ consent: 'send' });
      await talk.isAsked('review').presses('submit');
      const { referrals } = await talk.world().clients.path();
      const seen = Object.fromEntries(
        referrals.map(({ service, lines }) => [service, lines.map(({ field }) => field)]),
      );
      expect(seen).to.deep.equal({ 'eduko-vocational': ['name', 'education'], 'work-ability-support': ['name'] });
    });

    it('says and leaves out a service that is full, or has the client already', async () => {
      const talk = await converseIn(town, language);
      await tellsIn(talk, parent);
      await isReferredIn(talk, 'te-training');
      const { documents, municipality, now } = talk;
      await tellPlaces({ documents, municipality, now }, 'eduko-apprenticeship', 0);
      await toServices(talk);
      talk.hears('services-at-once.left.already', 'services-at-once.left.full');
      expect(servicesShown(talk)).not.to.include.members(['te-training']).and.not.include('eduko-apprenticeship');
    });

    it('withdraws from one of several services alone, and from all the others at once', async () => {
      const talk = await converseIn(town, language);
      await tellsIn(talk, parent);
      await sendsAtOnce(talk, ['eduko-vocational', 'work-ability-support', 'te-training']);
      const states = async () => {
        const { referrals } = await talk.world().clients.path();
        return Object.fromEntries(referrals.map(({ service, state }) => [service, state]));
      };
      const idOf = async (service: string) =>
        (await talk.world().clients.path()).referrals.find((one) => one.service === service)!.id;
      await talk.presses('my-path');
      await talk.presses(await idOf('te-training'));
      await talk.presses('withdraw');
      await talk.answers({ sure: true });
      expect(await states()).to.include({ 'te-training': 'withdrawn', 'eduko-vocational': 'sent' });
      await talk.presses('my-path');
      await talk.presses(await idOf('eduko-vocational'));
      await talk.presses('withdrawAll');
      talk.hears('services-at-once.whatFollows');
      await talk.answers({ sure: true });
      talk.hears('services-at-once.withdrawn');
      expect(new Set(Object.values(await states()))).to.deep.equal(new Set(['withdrawn']));
    });

    it('asks how it went after each of the services, in the language of the client', async () => {
      const talk = await converseIn(town, language);
      const days = new Days(talk);
      await tellsIn(talk, parent);
      await sendsAtOnce(talk, ['eduko-vocational', 'work-ability-support', 'te-training']);
      const { documents, municipality, client } = talk;
      for (const { id } of (await talk.world().clients.path()).referrals) {
        const act = { documents, municipality, client, now: talk.now };
        await moveReferral(act, id, { state: 'declined', reason: 'sessionFull', by: 'partner' }, 1);
        await days.deliver();
      }
      const asked = [];
      while (talk.asked === 'score') {
        asked.push(talk.heard);
        await talk.presses('good');
        await talk.answers({ helped: 'unknown', more: null });
      }
      expect(asked).to.have.length(3);
      const { feedback, referrals } = await talk.world().clients.path();
      expect(feedback.map(({ about }) => about.of)).to.have.members(referrals.map(({ service }) => service));
      for (const one of feedback) expect(one).to.include({ score: 'good', language });
    });

    it('tells what happens in each service, step by step and how long it takes, and no cost as a price', async () => {
      const talk = await converseIn(town, language);
      await tellsIn(talk, parent);
      await talk.presses('referral');
      await talk.answers({ service: 'eduko-vocational' });
      await talk.presses('details');
      talk.hears('service.process', 'service.step');
      const { process } = town.services.find(({ id }) => id === 'eduko-vocational')!;
      for (const { name } of process!) expect(talk.heard).to.include(name[language]);
      expect(talk.heard).not.to.match(/€|euro/i);
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
