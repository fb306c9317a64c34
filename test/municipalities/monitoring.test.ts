import { expect } from 'chai';
import { monthsOf } from '../../src/domain/figures/quarter.ts';
import { readMonth, sumOf } from '../../src/domain/figures/read-figures.ts';
import { targetsNow } from '../../src/domain/figures/targets.ts';
import { monitoringReader } from '../../src/monitoring/reader.ts';
import { makeReport, type Report } from '../../src/monitoring/report.ts';
import { cityOf, citySlugs } from '../support/cities.ts';
import { texts } from '../support/conversation.ts';
import { MonitoredTown } from '../support/monitored-town.ts';

const quarter = '2026-Q3';
const { languages } = texts;

/** The report of a city that has lived through a quarter, as its manager reads it. */
async function reportOf(slug: string, language: string, people?: number): Promise<Report> {
  const town = await new MonitoredTown(cityOf(slug)).lives(people);
  const months = await Promise.all(monthsOf(quarter).map((month) => readMonth(town.documents, slug, month)));
  const reader = monitoringReader(language, texts, town.municipality);
  return makeReport({ quarter, months, whole: sumOf(months), today: '2026-11-23' }, reader);
}

/** A table of the report: a row by its name. */
function rowsOf({ sections }: Report, id: string) {
  const table = sections.flatMap(({ tables }) => tables).find((one) => one.id === id);
  return new Map(table?.rows.map(({ name, cells }) => [name, cells]));
}

const nameIn = (slug: string, id: string, language: string) =>
  cityOf(slug).monitoring!.targets.find((one) => one.id === id)!.name[language]!;

for (const language of languages) {
  describe(`The monitoring page of the cities (${language})`, () => {
    const say = (key: string) => texts.say({ key: `monitoring.${key}` }, language);

    it('shows the targets of Kouvola to 2032 as figures', async () => {
      const rows = rowsOf(await reportOf('kouvola', language, 30), 'targets');
      const comma = (text: string) => (language === 'en' ? text : text.replace('.', ','));
      const expected = {
        unemployment: ['11.4', '7'],
        employment: ['67.4', '75'],
        'job-self-sufficiency': ['96.3', '100'],
      };
      for (const [id, [start, aim]] of Object.entries(expected)) {
        const cells = rows.get(nameIn('kouvola', id, language))!;
        expect(cells[0], id).to.match(new RegExp(`^${comma(start!)}\\s?%$`));
        expect(cells[2], id).to.match(new RegExp(`^${aim}\\s?% \\(2032\\)$`));
      }
      const subsidy = rows.get(nameIn('kouvola', 'subsidy-share', language))!;
      expect(subsidy[0]).to.include(comma('102.67')).and.include('€');
      expect(subsidy[2]).to.include('90').and.include('2032');
      // What the service cannot know is never guessed.
      expect(subsidy[1]).to.equal('–');
      expect(subsidy[3]).to.equal(say('notWritten'));
    });

    it('measures the satisfaction of the clients of Kouvola', async () => {
      const report = await reportOf('kouvola', language);
      const now = rowsOf(report, 'targets').get(nameIn('kouvola', 'satisfaction', language))![1];
      expect(now).to.match(/^\d+([.,]\d)?\s?%$/);
      expect([...rowsOf(report, 'scores').keys()].slice(0, 3)).to.deep.equal(
        ['good', 'fair', 'bad'].map((one) => say(`scores.${one}`)),
      );
    });

    it('counts the named steps, durations and unit costs of every service process of Kouvola', async () => {
      const { services } = cityOf('kouvola');
      const report = await reportOf('kouvola', language, 600);
      const steps = report.sections.flatMap(({ tables }) => tables).find(({ id }) => id === 'steps')!.rows;
      const used = rowsOf(report, 'services');
      let counted = 0;
      for (const { name, process = [], referral } of services) {
        const own = steps.filter((row) => row.name === name[language]);
        expect(own.map(({ cells }) => cells[1])).to.deep.equal(process.map(({ days }) => days));
        for (const [n, step] of process.entries())
          expect(own[n]!.cells[0]).to.equal(`${n + 1}. ${step.name[language]}`);
        const [, places, unit, cost] = used.get(name[language]!) ?? [];
        if (!referral || process.length === 0 || typeof places !== 'number') continue;
        const number = (text: unknown) =>
          Number(
            String(text)
              .replace(/[\s\u00a0,](?=\d{3})/g, '')
              .replace(',', '.'),
          );
        expect(number(unit)).to.be.closeTo(
          process.reduce((sum, step) => sum + step.cost, 0),
          0.01,
        );
        expect(number(cost)).to.be.closeTo(places * number(unit), 0.01);
        counted++;
      }
      expect(counted).to.be.above(1);
    });

    it('shows the lead times of every step of a path in Kuopio', async () => {
      const rows = rowsOf(await reportOf('kuopio-askel', language), 'takes');
      for (const stage of [
        'intakeToTaken',
        'intakeToMeeting',
        'bookingToMeeting',
        'sentToAnswer',
        'acceptedToStarted',
        'startedToCompleted',
      ]) {
        const [people, median, most] = rows.get(say(`stages.${stage}`))!;
        expect(people, stage).to.be.above(20);
        expect(
          [median, most].every((days) => /^\d+ /.test(String(days))),
          stage,
        ).to.equal(true);
      }
    });

    it('follows equality in Kuopio: women to be half, immigrants by name, and no group of fewer than five', async () => {
      const report = await reportOf('kuopio-askel', language);
      const targets = rowsOf(report, 'targets');
      expect(targets.get(nameIn('kuopio-askel', 'women', language))![2]).to.match(/^50\s?%$/);
      expect(targets.get(nameIn('kuopio-askel', 'immigrants', language))![1]).to.match(/^\d+([.,]\d)?\s?%$/);
      expect([...rowsOf(report, 'tongue').keys()]).to.include(say('groups.tongue.other'));
      const small = await reportOf('kuopio-askel', language, 9);
      for (const id of ['age', 'tongue', 'situation', 'education', 'outcomes', 'reasons', 'scores', 'services']) {
        const cells = [...rowsOf(small, id).entries()]
          .filter(([name]) => name !== say('total'))
          .flatMap(([, all]) => all.slice(0, 2));
        expect(
          cells.some((cell) => typeof cell === 'number' && cell > 0 && cell < 5),
          id,
        ).to.equal(false);
      }
    });

    it('is there for Kemi and every other city, with their targets, areas and ends of paths', async () => {
      for (const slug of citySlugs) {
        const { areas, asks, endStates = [], services } = cityOf(slug);
        const report = await reportOf(slug, language, 60);
        const ids = report.sections.map(({ id }) => id);
        expect(ids, slug).to.include.members(['targets', 'happens', 'takes', 'comes', 'who']);
        expect(ids.includes('costs'), slug).to.equal(services.some(({ process }) => process));
        if (asks.area)
          for (const { name } of areas) expect([...rowsOf(report, 'area').keys()]).to.include(name[language]);
        const ends = [...rowsOf(report, 'outcomes').keys()];
        for (const end of endStates)
          expect(ends, slug).to.include(texts.say({ key: `cards.outcomes.${end}` }, language));
      }
    });
  });
}

describe('The targets of a city', () => {
  it('that the service does not know are shown with the date and source that the city wrote, the newest', () => {
    const written = [
      { date: '2026-03-31', value: 10.2, source: 'Työllisyyskatsaus' },
      { date: '2026-06-30', value: 9.8, source: 'Työllisyyskatsaus' },
    ];
    const kouvola = cityOf('kouvola');
    const [first, ...rest] = kouvola.monitoring!.targets;
    const town = { ...kouvola, monitoring: { targets: [{ ...first!, written }, ...rest] } };
    const [now] = targetsNow(town, { counts: {}, days: {} }, true);
    expect(now!.written).to.deep.equal(written[1]);
    const reader = monitoringReader('fi', texts, town);
    const report = makeReport({ quarter, months: [], whole: { counts: {}, days: {} }, today: '2026-11-23' }, reader);
    const [cells] = rowsOf(report, 'targets').values();
    expect(cells!.slice(1)).to.deep.equal(['9,8 %', '7 % (2032)', 'Työllisyyskatsaus, 30. kesäkuuta 2026']);
  });
});
