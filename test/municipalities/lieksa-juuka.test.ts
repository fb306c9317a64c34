import { expect } from 'chai';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { IntakeAnswers } from '../../src/domain/clients/intake.ts';
import { matchServices, type Need } from '../../src/domain/directory/match.ts';
import { route } from '../../src/domain/municipalities/routing.ts';
import { silent } from '../support/answers.ts';
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
import { type Given, texts } from '../support/conversation.ts';
import { someAnswers } from '../support/intake-answers.ts';

const town = cityOf('lieksa-juuka');
const [lieksaYoung, lieksaAdult, juuka, workAbility, startWorkshop] = town.coaches.map(({ id }) => id);
const villages = ['koli', 'ahmovaara', 'nunnanlahti'];
const placeOf = (place: string) => town.places.find(({ id }) => id === place)!;
const weekday = (start: string) => DateTime.fromISO(start, { setZone: true }).weekdayLong;

const people: [string, Record<string, Given>, string | undefined][] = [
  ['under 30 in Lieksa', { area: 'lieksa', ageGroup: '25to29', motherTongue: 'fi' }, lieksaYoung],
  ['30 or over in Lieksa', { area: 'lieksa', ageGroup: '30to54', motherTongue: 'fi' }, lieksaAdult],
  ['under 30 in Juuka', { area: 'juuka', ageGroup: '18to24', motherTongue: 'fi' }, juuka],
  ['30 or over in Juuka', { area: 'juuka', ageGroup: '55plus', motherTongue: 'fi' }, juuka],
  ['in Juuka without telling an age', { area: 'juuka' }, juuka],
];

for (const language of texts.languages) {
  describe(`Lieksa and Juuka, two municipalities with one service (${language})`, () => {
    for (const [who, told, coach] of people) {
      it(`leads somebody ${who} to their own coach`, async () => {
        const talk = await converseIn(town, language);
        const { routing } = await tellsIn(talk, told);
        expect(routing.coach).to.equal(coach);
        talk.hears('intake.done.coach');
        expect(talk.heard).to.include(town.coaches.find(({ id }) => id === coach)!.name);
      });
    }

    it('leads everybody who asks about work ability to the one who knows it, wherever they live', async () => {
      for (const area of ['lieksa', 'juuka']) {
        const talk = await converseIn(town, language);
        const { routing } = await tellsIn(talk, { area, ageGroup: '18to24', topic: 'workAbility', motherTongue: 'fi' });
        expect(routing).to.include({ coach: workAbility, rule: 'work-ability' });
      }
    });

    it('leaves it to the team when neither home nor subject tells who helps', async () => {
      const talk = await converseIn(town, language);
      const { routing } = await tellsIn(talk, { area: 'elsewhere', ageGroup: '18to24' });
      expect(routing.coach).to.equal(undefined);
      talk.hears('intake.done.team');
    });

    it('asks for the municipality, because the areas are two municipalities with their codes', async () => {
      const talk = await converseIn(town, language);
      await talk.presses('intake');
      const { area: _, ...rest } = silent;
      await talk.answers({ ...rest, searchStart: 'notYet' });
      talk.isAsked('area').hears('intake.area.where.municipality').hearsNot('intake.area.where.area');
      expect(talk.replies.at(-1)!.text).to.equal(texts.say({ key: 'intake.area.where.municipality' }, language));
      expect(talk.labelOf('juuka')).to.equal(language === 'sv' ? 'Juga' : 'Juuka');
    });

    it('tells the walk-in hours of Vauhdittamo beside the times that can be booked', async () => {
      const talk = await converseIn(town, language);
      await talk.presses('booking');
      await talk.answers({ topic: 'plan' });
      talk.isAsked('kind').hears('booking.walkIn.title', 'booking.walkIn.line');
      for (const { note } of placeOf('vauhdittamo').walkIn) expect(talk.heard).to.include(note[language]);
      expect(talk.heard)
        .to.include('Vauhdittamo')
        .and.match(/9[.:]00–15[.:]00/);
      expect(talk.dialog.shown!.options.map(({ value }) => value)).to.deep.equal([
        'office',
        'phone',
        'teams',
        'village',
      ]);
    });

    it('books the village day in Koli, and tells the way to the hall there', async () => {
      const talk = await converseIn(town, language);
      await tellsIn(talk, { area: 'lieksa', ageGroup: '25to29', motherTongue: 'fi' });
      await toTimesIn(talk, 'plan', 'village');
      const slots = timesShown(talk);
      expect(new Set(slots.map(({ place }) => place))).to.deep.equal(new Set(['koli']));
      const meeting = await booksIn(talk, slots[0]!);
      expect(meeting).to.include({ place: 'koli', kind: 'village', coach: lieksaYoung });
      expect(talk.heard).to.include(placeOf('koli').address[language]).and.include(placeOf('koli').access[language]);
    });

    it('refers somebody who cannot work to rehabilitation and pension, which is help and no decision', async () => {
      const talk = await converseIn(town, language);
      await tellsIn(talk, { area: 'juuka', topic: 'workAbility', hinders: ['health'], motherTongue: 'fi' });
      await talk.presses('referral');
      talk.isAsked('service');
      expect(servicesShown(talk)).to.include.members(['work-ability-assessment', 'rehabilitation-and-pension']);
      expect(talk.heard).to.include(
        town.services.find(({ id }) => id === 'rehabilitation-and-pension')!.summary[language],
      );
      await talk.commands('cancel');
      const referral = await isReferredIn(talk, 'rehabilitation-and-pension');
      expect(referral).to.include({ service: 'rehabilitation-and-pension', state: 'sent' });
    });

    it('gathers skills in small steps with Riveria for somebody whom missing skills hinder', async () => {
      const talk = await converseIn(town, language);
      await tellsIn(talk, { area: 'lieksa', hinders: ['skills'], motherTongue: 'fi' });
      expect(await isReferredIn(talk, 'skills-step-by-step')).to.include({ state: 'sent' });
    });

    it('offers the non-stop START workshop of Vauhdittamo to young people and adults alike', async () => {
      for (const ageGroup of ['18to24', '55plus']) {
        const talk = await converseIn(town, language);
        await tellsIn(talk, { area: 'lieksa', ageGroup, topic: 'everyday', motherTongue: 'fi' });
        await talk.presses('referral');
        expect(servicesShown(talk)).to.include('start-workshop');
      }
    });
  });
}

describe('The village days of Lieksa and Juuka', () => {
  const all = { topic: 'plan', limit: 2000 } as const;

  it('in Koli, Ahmovaara and Nunnanlahti can be booked only there, and the office only in the office', async () => {
    const { appointments } = (await converseIn(town, 'fi')).world();
    const inVillage = await appointments.free({ ...all, kind: 'village' });
    const inOffice = await appointments.free({ ...all, kind: 'office' });
    expect(new Set(inVillage.map(({ place }) => place))).to.deep.equal(new Set(villages));
    for (const { place } of inOffice) expect(villages).not.to.include(place);
    for (const one of inVillage) {
      const clash = inOffice.find(({ coach, start, end }) => coach === one.coach && start < one.end && one.start < end);
      expect(clash, `${one.coach} ${one.start}`).to.equal(undefined);
    }
  });

  it('are the days that the coach is in the village', async () => {
    const { appointments } = (await converseIn(town, 'fi')).world();
    const slots = await appointments.free({ ...all, kind: 'village' });
    const days = slots.map(({ place, start, coach }) => `${coach} in ${place} on ${weekday(start)}`);
    expect(new Set(days)).to.deep.equal(
      new Set([
        `${lieksaYoung} in koli on Wednesday`,
        `${lieksaAdult} in koli on Thursday`,
        `${juuka} in ahmovaara on Tuesday`,
        `${juuka} in nunnanlahti on Thursday`,
        `${workAbility} in ahmovaara on Wednesday`,
      ]),
    );
  });

  it('keep their hours for those who come there: no phone or Teams meeting takes them', async () => {
    const { appointments } = (await converseIn(town, 'fi')).world();
    for (const kind of ['phone', 'teams'] as const) {
      const slots = await appointments.free({ ...all, kind });
      expect(slots.length).to.be.above(50);
      for (const { place, start } of slots) expect(villages, start).not.to.include(place);
    }
  });

  it('give way to a holiday', async () => {
    const { appointments } = (await converseIn(town, 'fi', '2026-12-28T10:00')).world();
    const koli = (await appointments.free({ ...all, kind: 'village' })).filter(({ place }) => place === 'koli');
    expect(koli.some(({ start }) => start.startsWith('2027-01-06'))).to.equal(false);
    expect(koli.some(({ start }) => start.startsWith('2027-01-13'))).to.equal(true);
  });
});

describe('The own coaches of Lieksa and Juuka', () => {
  const answers = someAnswers.chain((one) =>
    fc.constantFrom('lieksa', 'juuka', 'elsewhere', null).map((area) => ({ ...one, area }) as Partial<IntakeAnswers>),
  );
  const young = (age: unknown) => ['under18', '18to24', '25to29'].includes(String(age));

  it('are chosen by subject, then by municipality, then by age', () => {
    fc.assert(
      fc.property(answers, (told) => {
        const { coach } = route(town, told, '2026-11-23', 'fi');
        if (told.topic === 'workAbility') return coach === workAbility;
        if (told.area === 'juuka') return coach === juuka;
        if (told.area !== 'lieksa') return coach === undefined;
        if (told.ageGroup) return [young(told.ageGroup) ? lieksaYoung : lieksaAdult, startWorkshop].includes(coach!);
        return coach === undefined || [startWorkshop, lieksaAdult].includes(coach);
      }),
    );
  });

  it('answer for Lieksa (422) and for Juuka (176)', () => {
    const codes = Object.fromEntries(town.areas.map(({ id, code }) => [id, code]));
    expect(codes).to.deep.equal({ lieksa: '422', juuka: '176', elsewhere: undefined });
  });

  it('are never chosen by how well the person can work', () => {
    fc.assert(
      fc.property(answers, fc.nat(10), fc.nat(10), (told, one, other) => {
        const led = (workAbilityNow: number) =>
          route(town, { ...told, workAbilityConsent: true, workAbility: workAbilityNow }, '2026-11-23', 'fi');
        expect(led(one)).to.deep.equal(led(other));
      }),
    );
  });
});

describe('The work-ability path of Lieksa and Juuka', () => {
  it('is a signpost: the score that somebody gives themselves neither opens nor closes nor sorts any service', () => {
    const needs = fc.subarray<Need>(['workAbility', 'health', 'skills', 'everyday'], { minLength: 1 });
    fc.assert(
      fc.property(someAnswers, needs, fc.nat(10), fc.nat(10), (told, wanted, one, other) => {
        const found = (workAbility: number) =>
          matchServices(town, { ...told, workAbilityConsent: true, workAbility }, wanted, 9).map(
            ({ service }) => service.id,
          );
        expect(found(one)).to.deep.equal(found(other));
      }),
    );
  });

  it('leads to an assessment, to rehabilitation and to a pension, in words that promise nothing', () => {
    const [path] = town.services.filter(({ id }) => id === 'rehabilitation-and-pension');
    expect(path!.needs).to.include('workAbility');
    for (const language of texts.languages) expect(path!.summary[language]).to.match(/päät|beslut|deci/i);
  });
});
