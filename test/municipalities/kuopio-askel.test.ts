import { expect } from 'chai';
import { endPath } from '../../src/domain/clients/end-path.ts';
import { organisationName, responsibleFor } from '../../src/domain/clients/responsible.ts';
import { moveReferral } from '../../src/domain/referrals/progress.ts';
import { CaseDesk } from '../support/case-desk.ts';
import { booksIn, cityOf, converseIn, isReferredIn, tellsIn, timesShown, toTimesIn } from '../support/cities.ts';
import { type Conversation, type Given, texts } from '../support/conversation.ts';
import { Days } from '../support/days.ts';

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

async function toCourse(talk: Conversation): Promise<Conversation> {
  await talk.presses('my-path');
  return talk.presses('my-course');
}

describe('The joint service ASKEL', () => {
  it('says of each coach for which organisation they work, by an id as well as in words', () => {
    for (const { id, organisation } of town.coaches) {
      expect(organisationOf(id)).to.deep.equal([(organisationName(organisation!, town) as { fi: string }).fi]);
    }
  });

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

    it('hands a client over to the other organisation without a gap, and the client is told and sees who', async () => {
      const talk = await converseIn(town, language);
      const days = new Days(talk);
      await tellsIn(talk, { hinders: ['debts'], motherTongue: 'fi' });
      await new CaseDesk(talk, jobCoach!).presses('handOver', { to: expert! });
      expect(responsibleFor((await talk.world().clients.path()).client!)!.coach).to.equal(jobCoach);
      await new CaseDesk(talk, expert!).presses('acceptClient');
      await days.deliver();
      talk.hears('hand-over.told.now');
      for (const page of [talk.heard, (await talk.presses('my-path')).heard]) {
        expect(page).to.include(town.coaches.find(({ id }) => id === expert)!.name);
        expect(page).to.include(texts.say(organisationName('te-services', town), language));
      }
    });

    it('lets the client see and correct an answer, keeps the old one, and shows both to the coach', async () => {
      const talk = await converseIn(town, language);
      const first = await tellsIn(talk, { hinders: ['debts'], education: 'basic', motherTongue: 'fi' });
      await toCourse(talk);
      await talk.isAsked('do').presses('correct');
      talk.isAsked('review').hears('my-course.correction.review').hearsNot('intake.review');
      await talk.presses('change');
      await talk.presses('education');
      await talk.presses('vocational');
      await talk.isAsked('review').presses('submit');
      talk.hears('my-course.corrected', 'menu.next').hearsNot('intake.next');
      const [intake, ...others] = (await talk.world().clients.path()).intakes;
      expect(others).to.deep.equal([]);
      expect(intake!.answers.education).to.equal('vocational');
      expect(intake!.corrections!.map(({ was }) => was)).to.deep.equal([{ education: 'basic' }]);
      const desk = new CaseDesk(talk, first.routing.coach!);
      expect(await desk.reads(desk.about(intake!.id))).to.match(/Asiakas korjasi vastauksiaan[\s\S]*peruskoulu/i);
    });

    it('is led to the pause, the end and the corrections by own words, and “stop” alone stays a command', async () => {
      const wishes = {
        fi: ['haluan pitää tauon', 'lopeta polku', 'haluan korjata vastauksiani'],
        sv: ['jag vill ta en paus', 'avsluta min väg', 'kan jag rätta mina svar'],
        en: ['pause', 'please stop my path', 'correct my answers'],
      }[language]!;
      const talk = await converseIn(town, language);
      await tellsIn(talk, {});
      for (const words of wishes) {
        await talk.says(words);
        talk.isAsked('do').hears('my-course.is.on');
        await talk.says({ fi: 'peruuta', sv: 'avbryt', en: 'cancel' }[language]!);
        talk.isAsked('menu').hears('menu.stopped');
        await talk.presses('my-path');
        await talk.says(words);
        talk.isAsked('do').hears('my-course.is.on');
        await talk.commands('menu');
      }
      await talk.says({ fi: 'näytä suunnitelmani', sv: 'visa min plan', en: 'show my plan' }[language]!);
      talk.isAsked('do').hears('plan.state.draft');
      const elsewhere = await converseIn(cityOf('kemi'), language);
      await elsewhere.says(wishes[0]!);
      elsewhere.isAsked('menu').hears('menu.notUnderstood');
    });

    it('neither pauses nor stops a path that a coach has ended, and says so, but lets it begin again', async () => {
      const talk = await converseIn(town, language);
      const first = await tellsIn(talk, {});
      const at = talk.now.plus({ hours: 1 }).toUTC().toISO()!;
      await endPath(talk.documents, talk.client, { outcome: 'job', by: first.routing.coach!, at });
      await toCourse(talk);
      talk.isAsked('do').hears('path-ended.since').hearsNot('my-course.is.on');
      for (const gone of ['pause', 'stop', 'correct']) expect(talk.labelOf(gone), gone).to.equal(undefined);
      await talk.presses('again');
      talk.isAsked('situation');
    });

    it('lets the client pause until a day that they choose, asks about meetings first, and is silent meanwhile', async () => {
      const talk = await converseIn(town, language);
      const days = new Days(talk);
      await tellsIn(talk, { hinders: ['debts'], motherTongue: 'fi' });
      await toTimesIn(talk, 'plan', 'office');
      const { id } = await booksIn(talk, timesShown(talk).at(-1)!);
      await toCourse(talk);
      await talk.presses('pause');
      await talk.isAsked('until').says('15.1.2027');
      await talk.isAsked('meetings').hears('my-course.meetings.list', 'appointment.statutory').presses('cancel');
      await talk.isAsked('review').presses('submit');
      talk.hears('my-course.freed', 'my-course.done.until', 'my-course.done.quiet');
      expect((await talk.world().clients.path()).appointments.find((one) => one.id === id)!.state).to.equal(
        'cancelled-by-client',
      );
      await days.pass({ days: 30 });
      expect(days.told).to.deep.equal([]);
      await talk.presses('my-path');
      talk.hears('my-course.is.until');
      expect(await new CaseDesk(talk, jobCoach!).reads()).to.match(/Asiakas pitää tau/);
      await talk.commands('menu');
      await days.pass({ days: 25 });
      await talk.presses('my-path');
      talk.hearsNot('my-course.is.until');
    });

    it('respects “leave me alone”: frees and withdraws what the client says, and lets them begin again', async () => {
      const talk = await converseIn(town, language);
      await tellsIn(talk, { topic: 'findWork', hinders: ['digital', 'debts'], motherTongue: 'fi' });
      const referral = await isReferredIn(talk, 'cv-in-a-morning');
      await toCourse(talk);
      await talk.presses('stop');
      await talk.isAsked('referrals').presses('withdraw');
      await talk.isAsked('sure').hears('my-course.official').presses('yes');
      await talk.isAsked('review').presses('submit');
      talk.hears('my-course.done.stop');
      const { referrals } = await talk.world().clients.path();
      expect(referrals.find(({ id }) => id === referral.id)!.state).to.equal('withdrawn');
      expect(await new CaseDesk(talk, jobCoach!).reads()).to.include('haluaa olla rauhassa');
      await toCourse(talk);
      talk.hears('my-course.is.stopped');
      await talk.presses('goOn');
      await talk.isAsked('review').presses('submit');
      talk.hears('my-course.done.goOn');
    });

    it('tells of every step how long it usually takes and how long it has taken', async () => {
      const talk = await converseIn(town, language);
      const days = new Days(talk);
      await tellsIn(talk, { topic: 'findWork', hinders: ['digital'], motherTongue: 'fi' });
      const { id } = await isReferredIn(talk, 'cv-in-a-morning');
      await days.pass({ days: 4 });
      const { documents, client, now } = talk;
      await moveReferral({ documents, municipality: town, client, now }, id, { state: 'accepted', by: 'partner' }, 1);
      await days.pass({ days: 2 });
      await toCourse(talk);
      talk.hears('my-course.lead.steps.coach', 'my-course.lead.steps.firstMeeting');
      talk.hears('my-course.lead.steps.answer', 'my-course.lead.steps.start');
      const dayCount = (count: number) => texts.say({ key: 'service.days', with: { count } }, language);
      const { answer, start } = town.ownPath!.days;
      for (const count of [answer, 4, start, 2, 6]) expect(talk.heard).to.include(dayCount(count));
    });

    it('asks once whether the client wants to develop the service, and shows the staff a count and references only', async () => {
      const talk = await converseIn(town, language);
      const { reference, routing } = await tellsIn(talk, { hinders: ['debts'], motherTongue: 'fi', name: 'Testi' });
      await talk
        .world()
        .feedback.give({ kind: 'meeting', id: 'm', of: jobCoach! }, { score: 'good', helped: true }, 'f');
      await isReferredIn(talk, 'housing-advice', ['housing']);
      const [{ id } = { id: '' }] = (await talk.world().clients.path()).referrals;
      await talk.isTold({ say: [], ask: { flow: 'feedback', given: { referral: id } } });
      await talk.presses('good');
      await talk.answers({ helped: true, more: null });
      expect(talk.heard).to.include(town.panel!.about[language]);
      await talk.isAsked('choice').presses('join');
      expect(talk.heard).to.include(reference);
      const desk = new CaseDesk(talk, routing.coach!);
      expect(await desk.lists('panel'))
        .to.include(reference)
        .and.not.include('Testi');
      await toCourse(talk);
      await talk.presses('panel');
      await talk.isAsked('choice').presses('leave');
      expect(await desk.lists('panel')).not.to.include(reference);
    });
  });
}
