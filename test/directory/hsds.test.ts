import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { exportHsds } from '../../src/directory/hsds.ts';
import { ageGroups } from '../../src/domain/clients/intake.ts';
import type { Municipality, Service } from '../../src/domain/municipalities/pack.ts';
import { createTranslator } from '../../src/i18n/translator.ts';
import { loadMunicipality } from '../../src/municipalities/load.ts';
import { hsdsPage } from '../support/hsds-schema.ts';

const packs = readdirSync('deploy/municipalities').map((slug) => loadMunicipality('deploy/municipalities', slug));
const porvoo = packs.find(({ slug }) => slug === 'porvoo')!;
const t = createTranslator('locales', 'Europe/Helsinki');
const exported = (pack: Municipality, language: string) => hsdsPage.parse(exportHsds(pack, t, language));

function one(more: Partial<Service>, language = 'fi') {
  const [first] = porvoo.services;
  return exported({ ...porvoo, services: [{ ...first!, ...more }] }, language).contents[0]!;
}

describe('The directory in the exchange format HSDS 3.0', () => {
  for (const pack of packs) {
    for (const language of pack.languages) {
      it(`of ${pack.slug} in ${language} fits the schema and holds every service once`, () => {
        const { contents, total_items } = exported(pack, language);
        expect(total_items).to.equal(pack.services.length);
        expect(contents.map(({ name }) => name)).to.deep.equal(pack.services.map(({ name }) => name[language]));
        expect(new Set(contents.map(({ id }) => id)).size).to.equal(contents.length);
      });
    }
  }

  it('has the same ids in every language, so that the exports can be put side by side', () => {
    const ids = (language: string) => JSON.stringify(exported(porvoo, language)).match(/[0-9a-f]{8}-[0-9a-f-]{27}/g);
    expect(ids('sv')).to.deep.equal(ids('fi'));
    expect(ids('en')).to.deep.equal(ids('fi'));
  });

  it('tells for whom, how to get there, when, in which languages and what to bring', () => {
    const service = one({ placesLeft: 0, ptvId: '00000000-0000-4000-8000-000000000001' }, 'sv');
    expect(service).to.deep.include({
      id: '00000000-0000-4000-8000-000000000001',
      status: 'active',
      eligibility_description: 'Tjänsten är för alla arbetssökande.',
      fees_description: 'Gratis',
      alert: 'Just nu är alla platser upptagna.',
    });
    expect(service.application_process).to.match(/kan hänvisa dig/);
    const { location } = service.service_at_locations![0]!;
    expect(location!.addresses![0]).to.deep.include({
      address_1: 'Modellgatan 1',
      postal_code: '06100',
      city: 'Borgå',
    });
    expect(location!.schedules![0]).to.deep.include({ byday: 'MO,WE', opens_at: '09:00', closes_at: '11:00' });
    expect(service.schedules![0]).to.deep.include({ byday: 'TU,TH', opens_at: '12:30', freq: 'WEEKLY' });
    expect(service.languages!.map(({ name }) => name)).to.deep.equal(['finska', 'svenska', 'engelska']);
    expect(service.required_documents![0]!.document).to.match(/meritförteckning/);
    expect(service.service_areas!.map(({ name }) => name)).to.deep.equal(['Borgå']);
    expect(service.organization!.name).to.equal(porvoo.services[0]!.provider);
  });

  it('tells the areas and the way without a referral', () => {
    const service = one({ when: { area: ['archipelago'] }, referral: undefined });
    expect(service.service_areas!.map(({ name }) => name)).to.deep.equal(['Saaristo ja Pellinki']);
    expect(service.application_process).to.match(/^Ota itse yhteyttä/);
  });

  it('tells ages only where the age groups are one row, and then lets in nobody whom the service does not', () => {
    const bounds: Record<string, [number, number]> = {
      under18: [0, 17],
      '18to24': [18, 24],
      '25to29': [25, 29],
      '30to54': [30, 54],
      '55plus': [55, 120],
    };
    fc.assert(
      fc.property(fc.subarray([...ageGroups], { minLength: 1 }), fc.integer({ min: 0, max: 120 }), (groups, age) => {
        const { minimum_age = 0, maximum_age = 120 } = one({ when: { ageGroup: groups } });
        const isIn = groups.some((group) => bounds[group]![0] <= age && age <= bounds[group]![1]);
        const first = ageGroups.indexOf(groups[0]!);
        const isOneRow = groups.every((group, index) => ageGroups[first + index] === group);
        if (isOneRow) expect(minimum_age <= age && age <= maximum_age).to.equal(isIn);
        else expect([minimum_age, maximum_age]).to.deep.equal([0, 120]);
      }),
    );
  });

  it('is refused in a language that the pack does not have', () => {
    expect(() => exportHsds(porvoo, t, 'ru')).to.throw('no language "ru"');
  });
});
