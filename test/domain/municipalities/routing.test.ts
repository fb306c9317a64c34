import { expect } from 'chai';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { IntakeAnswers } from '../../../src/domain/clients/intake.ts';
import type { Municipality } from '../../../src/domain/municipalities/pack.ts';
import { languagesOf, route, targetGroupsOf } from '../../../src/domain/municipalities/routing.ts';
import { fits } from '../../../src/domain/rule.ts';
import { createTranslator } from '../../../src/i18n/translator.ts';
import { loadMunicipality } from '../../../src/municipalities/load.ts';
import { someAnswers } from '../../support/intake-answers.ts';

const porvoo = loadMunicipality('deploy/municipalities', 'porvoo');
const { say } = createTranslator('locales', porvoo.zone);
const today = '2026-11-23';

/** The pack with a coach away on every day from the first to the last. */
function without(coach: string, first: string, last: string): Municipality {
  const exceptions: { date: string; spans: [] }[] = [];
  for (let date = first; date <= last; date = DateTime.fromISO(date).plus({ days: 1 }).toISODate()!) {
    exceptions.push({ date, spans: [] });
  }
  return { ...porvoo, coaches: porvoo.coaches.map((one) => (one.id === coach ? { ...one, exceptions } : one)) };
}

describe('Routing in Porvoo', () => {
  const cases: [string, Partial<IntakeAnswers>, string, string | undefined, string | undefined][] = [
    [
      'gives the young to the youth coach',
      { ageGroup: '18to24', motherTongue: 'fi' },
      'fi',
      'under-30',
      'aino-lehtivaara',
    ],
    [
      'gives young Swedish speakers to the youth coach, who speaks Swedish',
      { ageGroup: '25to29', motherTongue: 'sv' },
      'sv',
      'under-30',
      'aino-lehtivaara',
    ],
    ['gives Arabic speakers to who speaks Arabic', { motherTongue: 'ar' }, 'en', 'foreign-language', 'samira-nahari'],
    [
      'gives Russian speakers to who speaks Russian',
      { motherTongue: 'ru' },
      'fi',
      'foreign-language',
      'oksana-zorynets',
    ],
    [
      'gives Ukrainian speakers to who speaks Ukrainian',
      { motherTongue: 'uk' },
      'en',
      'foreign-language',
      'oksana-zorynets',
    ],
    [
      'looks at the other languages when nobody speaks the mother tongue',
      { motherTongue: 'so', languages: ['ar', 'fi'] },
      'fi',
      'foreign-language',
      'samira-nahari',
    ],
    ['puts work ability first', { topic: 'workAbility', ageGroup: '18to24' }, 'fi', 'work-ability', 'petri-kuusivuo'],
    [
      'finds somebody for work ability in Ukrainian',
      { topic: 'workAbility', motherTongue: 'uk' },
      'en',
      'work-ability',
      'oksana-zorynets',
    ],
    ['gives the archipelago to who visits it', { area: 'archipelago' }, 'fi', 'archipelago', 'linnea-strandkulla'],
    [
      'gives Swedish speakers to the Swedish coach',
      { motherTongue: 'sv', ageGroup: '55plus' },
      'sv',
      'swedish',
      'linnea-strandkulla',
    ],
    [
      'gives the adults on a benefit to a coach',
      { ageGroup: '30to54', benefits: 'basicAllowance' },
      'fi',
      'kela-benefit',
      'petri-kuusivuo',
    ],
    ['gives everybody of thirty or more to a coach', { ageGroup: '55plus' }, 'fi', '30-and-over', 'petri-kuusivuo'],
    ['has a coach for those who tell nothing', {}, 'fi', 'everybody', 'petri-kuusivuo'],
    [
      'has a coach for those who would rather not say',
      { motherTongue: null, ageGroup: null, benefits: null, area: null, topic: 'unknown' },
      'sv',
      'everybody',
      'petri-kuusivuo',
    ],
  ];
  for (const [name, answers, language, rule, coach] of cases) {
    it(name, () => {
      const routing = route(porvoo, answers, today, language);
      expect([routing.rule, routing.coach]).to.deep.equal([rule, coach]);
    });
  }

  it('tells in words which rule decided and who speaks what', () => {
    const { because } = route(porvoo, { motherTongue: 'ar', languages: ['ar', 'en'] }, today, 'fi');
    expect(say(because, 'fi')).to.equal(
      'Vieraskielisiä asiakkaita auttavat valmentajat, jotka puhuvat monia kieliä.\nSamira Nahari palvelee arabiaksi.',
    );
    expect(say(because, 'sv')).to.include('Samira Nahari ger service på arabiska.');
    expect(say(because, 'en')).to.include('Samira Nahari can help in Arabic.');
    const nobody = route({ ...porvoo, routing: [] }, {}, today);
    expect(say(nobody.because, 'en')).to.include('the team agrees who helps');
  });
});

describe('Routing', () => {
  it('follows the first rule that fits, to one of its coaches, for reasons that can be said in every language', () => {
    fc.assert(
      fc.property(someAnswers, fc.constantFrom('fi', 'sv', 'en', undefined), (answers, language) => {
        const routing = route(porvoo, answers, today, language);
        const first = porvoo.routing.find(({ when }) => fits(when, answers));
        expect(routing.rule).to.equal(first?.id);
        if (first) expect(first.coaches).to.include(routing.coach);
        else expect(routing).not.to.have.any.keys('coach', 'rule');
        for (const reader of ['fi', 'sv', 'en']) expect(say(routing.because, reader)).to.match(/^[\p{L}3][^{}]*\.$/u);
      }),
    );
  });

  it('never passes over a coach of the rule who speaks the person’s best language', () => {
    fc.assert(
      fc.property(someAnswers, fc.constantFrom('fi', 'sv', 'en'), (answers, language) => {
        const { coach, rule } = route(porvoo, answers, today, language);
        if (!rule) return;
        const { coaches } = porvoo.routing.find(({ id }) => id === rule)!;
        const languageRank = (id: string): number => {
          const { languages } = porvoo.coaches.find((one) => one.id === id)!;
          const rank = languagesOf(answers, language).findIndex((one) => languages.includes(one));
          return rank < 0 ? 99 : rank;
        };
        expect(languageRank(coach!)).to.equal(Math.min(...coaches.map(languageRank)));
      }),
    );
  });

  it('passes over a coach who is away until the first meeting should have been held', () => {
    const answers = { ageGroup: '18to24', motherTongue: 'fi' } as const;
    expect(route(without('aino-lehtivaara', today, '2026-12-07'), answers, today).coach).to.equal('linnea-strandkulla');
    const backInTime = without('aino-lehtivaara', today, '2026-11-29');
    expect(route(backInTime, answers, today).coach).to.equal('aino-lehtivaara');
  });

  it('stays with the coach of the rule when all of them are away', () => {
    const away = without('linnea-strandkulla', today, '2027-01-31');
    expect(route(away, { area: 'archipelago' }, today).coach).to.equal('linnea-strandkulla');
  });
});

describe('Target groups of Porvoo', () => {
  it('are those that the answers tell of, several at once', () => {
    const all = { benefits: 'labourMarketSubsidy', ageGroup: 'under18', motherTongue: 'other' } as const;
    expect(targetGroupsOf(porvoo, all)).to.deep.equal(['kela-benefit', 'under-30', 'foreign-language']);
    const none = { benefits: 'earningsRelated', ageGroup: '30to54', motherTongue: 'sv' } as const;
    expect(targetGroupsOf(porvoo, none)).to.deep.equal([]);
    expect(targetGroupsOf(porvoo, { motherTongue: null, ageGroup: null })).to.deep.equal([]);
  });
});
