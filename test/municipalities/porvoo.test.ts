import { expect } from 'chai';
import fc from 'fast-check';
import { barriers, intakeTopics } from '../../src/domain/clients/intake.ts';
import { readPath } from '../../src/domain/clients/read-path.ts';
import { submitIntake } from '../../src/domain/clients/submit-intake.ts';
import { meetingKinds } from '../../src/domain/municipalities/pack.ts';
import { route, targetGroupsOf } from '../../src/domain/municipalities/routing.ts';
import { intakeBody } from '../../src/teams/cards/intake.ts';
import { readerFor } from '../../src/teams/cards/reader.ts';
import { anAct } from '../support/acts.ts';
import { converseIn, isReferredIn, tellsIn } from '../support/cities.ts';
import { type Given, porvoo, texts } from '../support/conversation.ts';
import { someAnswers } from '../support/intake-answers.ts';

const groups: [string, Record<string, Given>][] = [
  ['kela-benefit', { benefits: 'labourMarketSubsidy', ageGroup: '30to54', motherTongue: 'fi' }],
  ['under-30', { benefits: 'none', ageGroup: '25to29', motherTongue: 'sv' }],
  ['foreign-language', { benefits: 'earningsRelated', ageGroup: '55plus', motherTongue: 'ru', interpreter: false }],
];

describe('The pack of Porvoo', () => {
  it('is frozen to its last list', () => {
    expect(Object.isFrozen(porvoo)).to.equal(true);
    expect(() => (porvoo.coaches[0]!.hours as unknown[]).push({})).to.throw(TypeError);
  });

  it('has all partners among the providers', () => {
    const providers = porvoo.services.map(({ provider }) => provider).join();
    for (const partner of ['Careeria', 'Prakticum', 'Posintra', 'Sotek-säätiö', 'Samaria ry', 'Porvoon kaupunki']) {
      expect(providers).to.include(partner);
    }
    expect(porvoo.services.length).to.be.at.least(14);
  });

  it('has help with every need in Swedish too', () => {
    const swedish = porvoo.services.filter(({ languages }) => languages.includes('sv'));
    const served = new Set(swedish.flatMap(({ needs }) => needs));
    for (const need of [...intakeTopics, ...barriers]) if (need !== 'none') expect(served).to.include(need);
  });

  it('has coaches for every kind of meeting and the commonest languages, each of them for first meetings', () => {
    const offered = (field: 'kinds' | 'languages') =>
      new Set<string>(porvoo.coaches.flatMap((coach) => coach[field] as string[]));
    expect(offered('kinds')).to.include.all.keys(...meetingKinds);
    expect(offered('languages')).to.include.all.keys('fi', 'sv', 'en', 'ru', 'uk', 'ar', 'et', 'ku');
    for (const { topics } of porvoo.coaches) expect(topics).to.include('firstMeeting');
  });

  it('is closed on public holidays and on the days it names itself', () => {
    const closed = ['2026-12-24', '2026-12-28', '2026-12-31', '2027-01-06', '2027-05-06', '2027-05-07', '2027-06-25'];
    for (const date of closed) expect(porvoo.isClosed(date), date).to.equal(true);
    for (const date of ['2026-12-23', '2027-01-04', '2027-05-05', '2027-06-28']) {
      expect(porvoo.isClosed(date), date).to.equal(false);
    }
  });
});

describe('The three groups whom the city of Porvoo serves', () => {
  it('are people on a benefit of Kela, people under 30, and people with another mother tongue than the city', () => {
    const named = (told: unknown, ...those: unknown[]) => those.includes(told);
    fc.assert(
      fc.property(someAnswers, (told) => {
        const expected = [
          named(told.benefits, 'labourMarketSubsidy', 'basicAllowance') ? 'kela-benefit' : '',
          named(told.ageGroup, 'under18', '18to24', '25to29') ? 'under-30' : '',
          named(told.motherTongue, undefined, null, 'fi', 'sv') ? '' : 'foreign-language',
        ];
        expect(targetGroupsOf(porvoo, told)).to.deep.equal(expected.filter((group) => group !== ''));
      }),
    );
  });

  it('never stay without a named coach of their own', () => {
    fc.assert(
      fc.property(someAnswers, (told) => {
        return targetGroupsOf(porvoo, told).length === 0 || route(porvoo, told, '2026-11-23').coach !== undefined;
      }),
    );
  });

  it('and everybody else have a named coach and a draft of a plan from the intake on, whatever they tell', async () => {
    await fc.assert(
      fc.asyncProperty(someAnswers, async (told) => {
        const act = anAct();
        const { intake } = await submitIntake(act, told);
        const { plan } = await readPath(act.documents, act.client);
        expect(porvoo.coaches.map(({ id }) => id)).to.include(intake.routing.coach);
        expect(plan!.coach).to.equal(intake.routing.coach);
        expect(plan!.goals[0]!.steps.map(({ what }) => what)).to.include('meet');
        await act.documents.close();
      }),
      { numRuns: 50 },
    );
  });

  it('are told of no group when they told nothing of it', async () => {
    const talk = await converseIn(porvoo, 'fi');
    await tellsIn(talk, { ageGroup: '30to54', motherTongue: 'fi', benefits: 'none' });
    talk.hears('plan.made').hearsNot('plan.group');
  });

  for (const language of texts.languages) {
    for (const [group, told] of groups) {
      it(`hear the name of their own coach: ${group} (${language})`, async () => {
        const talk = await converseIn(porvoo, language);
        const { answers, routing } = await tellsIn(talk, told);
        expect(targetGroupsOf(porvoo, answers)).to.deep.equal([group]);
        expect(talk.hears('intake.done.coach').heard).to.include(
          porvoo.coaches.find(({ id }) => id === routing.coach)!.name,
        );
      });

      it(`hear which group it is and what it means, and their coach sees it: ${group} (${language})`, async () => {
        const talk = await converseIn(porvoo, language);
        const intake = await tellsIn(talk, told);
        const { name, means, short } = porvoo.targetGroups.find(({ id }) => id === group)!;
        expect(talk.heard).to.include(texts.say(name, language)).and.include(texts.say(means!, language));
        const coach = porvoo.coaches.find(({ id }) => id === intake.routing.coach)!;
        const { say, ...reader } = readerFor(coach, texts, porvoo, talk.now.toMillis());
        const { body } = intakeBody(intake, { say, ...reader });
        expect(JSON.stringify(body)).to.include(say(short!));
      });
    }
  }
});

describe('Swedish in Porvoo', () => {
  it('is spoken by the coach of a Swedish-speaking person of any age', () => {
    const swedish = someAnswers.filter(({ topic }) => topic !== 'workAbility');
    fc.assert(
      fc.property(swedish, (told) => {
        const { coach } = route(porvoo, { ...told, motherTongue: 'sv' }, '2026-11-23', 'sv');
        return porvoo.coaches.find(({ id }) => id === coach)?.languages.includes('sv') ?? false;
      }),
    );
  });

  it('is the language in which Prakticum gets its referrals, whatever the person speaks', async () => {
    const talk = await converseIn(porvoo, 'fi');
    await tellsIn(talk, { topic: 'training', motherTongue: 'sv', ageGroup: '30to54' });
    const { service, language } = await isReferredIn(talk, 'prakticum-vocational');
    expect(porvoo.services.find(({ id }) => id === service)!.referral!.language).to.equal('sv');
    expect(language).to.equal('fi');
  });
});
