import { expect } from 'chai';
import fc from 'fast-check';
import { barriers, intakeTopics } from '../../../src/domain/clients/intake.ts';
import { type Match, matchServices, type Need, needsOf } from '../../../src/domain/directory/match.ts';
import { languagesOf } from '../../../src/domain/municipalities/routing.ts';
import { fits } from '../../../src/domain/rule.ts';
import { createTranslator } from '../../../src/i18n/translator.ts';
import { loadMunicipality } from '../../../src/municipalities/load.ts';
import { someAnswers } from '../../support/intake-answers.ts';

const porvoo = loadMunicipality('deploy/municipalities', 'porvoo');
const { say } = createTranslator('locales', porvoo.zone);
const all = 1000;

const needs: fc.Arbitrary<Need[]> = fc.uniqueArray(fc.constantFrom(...intakeTopics, ...barriers), { maxLength: 5 });
const limit = fc.integer({ min: 0, max: 8 });
const ids = (matches: Match[]): string[] => matches.map(({ service }) => service.id);
const words = (match: Match | undefined, language: string): string =>
  match!.reasons.map((reason) => say(reason, language)).join(' ');

describe('Matching of services', () => {
  it('gives only services that help, at most as many as are wanted', () => {
    fc.assert(
      fc.property(someAnswers, needs, limit, (answers, wanted, most) => {
        const matches = matchServices(porvoo, answers, wanted, most);
        expect(matches.length).to.be.at.most(most);
        expect(new Set(ids(matches)).size).to.equal(matches.length);
        for (const { service } of matches) expect(service.needs).to.include.oneOf(wanted);
      }),
    );
  });

  it('leaves a service out only for an answer that was given', () => {
    fc.assert(
      fc.property(someAnswers, needs, (answers, wanted) => {
        const matched = ids(matchServices(porvoo, answers, wanted, all));
        for (const { id, when, needs: helps } of porvoo.services) {
          if (!wanted.some((need) => need !== 'none' && helps.includes(need))) continue;
          const given = answers as Record<string, unknown>;
          const known = Object.entries(when).filter(([name]) => given[name] != null);
          expect(matched.includes(id), id).to.equal(known.every(([name, rule]) => fits({ [name]: rule }, given)));
        }
      }),
    );
  });

  it('leaves no need without its service as long as there is room for one each', () => {
    fc.assert(
      fc.property(someAnswers, needs, (answers, wanted) => {
        const helped = (matches: Match[]) =>
          new Set(matches.flatMap(({ service }) => service.needs.filter((need) => wanted.includes(need))));
        const [few, many] = [wanted.length, all].map((most) => helped(matchServices(porvoo, answers, wanted, most)));
        expect(few).to.deep.equal(many);
      }),
    );
  });

  it('puts services in a language of the person before others, and those with room before the full', () => {
    fc.assert(
      fc.property(someAnswers, needs, limit, fc.constantFrom('fi', 'sv', 'en'), (answers, wanted, most, chat) => {
        const languages = languagesOf(answers, chat);
        const order = matchServices(porvoo, answers, wanted, most, chat).map(({ service }) => {
          const foreign = service.languages.some((language) => languages.includes(language)) ? 0 : 2;
          return foreign + (service.placesLeft === 0 ? 1 : 0);
        });
        expect(order).to.deep.equal(order.toSorted());
      }),
    );
  });

  it('always says why, in every language, and first of all with what it helps', () => {
    fc.assert(
      fc.property(someAnswers, needs, limit, (answers, wanted, most) => {
        for (const match of matchServices(porvoo, answers, wanted, most, 'sv')) {
          expect(say(match.reasons[0]!, 'sv')).to.match(/^Ger hjälp med .+\.$/);
          for (const language of ['fi', 'sv', 'en']) {
            for (const reason of match.reasons) expect(say(reason, language)).to.match(/^[^{}]+\.$/);
          }
        }
      }),
    );
  });

  it('tells needs, eligibility, language and places in plain words', () => {
    const answers = { situation: 'unemployed', motherTongue: 'sv', ageGroup: '30to54' } as const;
    const matches = matchServices(porvoo, answers, ['findWork', 'skills'], all, 'sv');
    const sotek = matches.find(({ service }) => service.id === 'sotek-job-coaching');
    expect(words(sotek, 'fi')).to.equal(
      'Apua tähän: työn etsiminen ja osaaminen. Palvelu on tarkoitettu työttömille, jotka tarvitsevat tukea työn alkuun. ' +
        'Vastauksesi sopivat tähän. Palvelua saa omalla kielelläsi, ruotsiksi. Vapaita paikkoja: 4.',
    );
    expect(words(sotek, 'sv')).to.equal(
      'Ger hjälp med att söka jobb och yrkeskunskaper. Tjänsten är för arbetslösa som behöver stöd för att komma i arbete. ' +
        'Det stämmer med dina svar. Du får service på ditt eget språk, på svenska. Lediga platser: 4.',
    );
    expect(words(sotek, 'en')).to.equal(
      'Helps with finding work and skills for work. It is for unemployed people who need support to get into work. ' +
        'This fits your answers. You can get service in Swedish, your own language. Free places: 4.',
    );
  });

  it('says when a service speaks none of the person’s languages, and that an interpreter can be asked for', () => {
    const [first] = matchServices(porvoo, { motherTongue: 'so' }, ['entrepreneurship'], 1);
    expect(words(first, 'en')).to.include('in Finnish, in Swedish, and in English. You can ask for an interpreter.');
  });

  it('asks the person to check what the answers do not tell', () => {
    const ohjaamo = matchServices(porvoo, {}, ['training'], all).find(({ service }) => service.id === 'ohjaamo');
    expect(words(ohjaamo, 'fi')).to.include('Palvelu on tarkoitettu alle 30-vuotiaille. Tarkista, sopiiko se sinulle.');
  });

  it('says that a full service is full', () => {
    const matches = matchServices(porvoo, { benefits: 'labourMarketSubsidy' }, ['workAbility'], all, 'fi');
    expect(ids(matches).at(-1)).to.equal('sotek-rehabilitative-work');
    expect(words(matches.at(-1), 'fi')).to.include('Juuri nyt paikat ovat täynnä.');
  });

  it('finds nothing for no need', () => {
    expect(matchServices(porvoo, {}, [], all)).to.deep.equal([]);
    expect(matchServices(porvoo, {}, ['none'], all)).to.deep.equal([]);
  });
});

describe('Needs of an intake', () => {
  it('are the topic first, then what hinders', () => {
    expect(needsOf({ hinders: ['money', 'none', 'health'], topic: 'training' })).to.deep.equal([
      'training',
      'money',
      'health',
    ]);
    expect(needsOf({ topic: 'unknown', hinders: null })).to.deep.equal([]);
    expect(needsOf({})).to.deep.equal([]);
  });
});
