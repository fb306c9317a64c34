import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadMunicipality } from '../../src/municipalities/load.ts';
import type { Json } from './broken-packs.ts';

const mistakes: Record<string, { file: string; change: (json: Json) => void; place: string; repair: string }> = {
  'a client could be without a responsible coach': {
    file: 'municipality.json',
    change: (city) => city.routing.pop(),
    place: 'routing[',
    repair: 'add a last rule whose "when" is {}',
  },
  'a coach works for nobody': {
    file: 'coaches.json',
    change: (coaches) => delete coaches[0].organisation,
    place: '[0].organisation (id "hertta-kallavirta")',
    repair: 'add "organisation" with one of city, te-services',
  },
  'a coach works for an organisation that is not there': {
    file: 'coaches.json',
    change: (coaches) => {
      coaches[1].organisation = 'kela';
    },
    place: '[1].organisation (id "olli-savikangas")',
    repair: 'use one of city, te-services',
  },
  'two steps of a service have one id': {
    file: 'services.json',
    change: (services) => services[0].process.push(services[0].process[0]),
    place: '[0].process[3].id (id "meet")',
    repair: 'give each entry its own',
  },
  'a step of a service takes no time': {
    file: 'services.json',
    change: (services) => {
      services[0].process[0].days = 0;
    },
    place: '[0].process[0].days (id "meet")',
    repair: 'write',
  },
};

describe('A pack whose organisations share clients', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'organisations-'));
    cpSync('deploy/municipalities/kuopio-askel', join(dir, 'kuopio-askel'), { recursive: true });
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  for (const [name, { file, change, place, repair }] of Object.entries(mistakes)) {
    it(`is refused with file, place and repair when ${name}`, () => {
      const path = join(dir, 'kuopio-askel', file);
      const json = JSON.parse(readFileSync(path, 'utf8'));
      change(json);
      writeFileSync(path, JSON.stringify(json));
      expect(() => loadMunicipality(dir, 'kuopio-askel'))
        .to.throw()
        .with.property('message')
        .that.includes(`- ${file}, ${place}`)
        .and.includes(repair);
    });
  }
});
