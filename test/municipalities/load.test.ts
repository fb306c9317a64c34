import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { hasCode, type PolkuError } from '../../src/errors.ts';
import { loadMunicipalities, loadMunicipality } from '../../src/municipalities/load.ts';
import { breaks, type Json } from './broken-packs.ts';

describe('A pack with a mistake', () => {
  let dir: string;
  const path = (file: string) => join(dir, 'porvoo', file);
  const read = (file: string): string => readFileSync(path(file), 'utf8');

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'packs-'));
    cpSync('deploy/municipalities/porvoo', join(dir, 'porvoo'), { recursive: true });
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const refusal = (slug = 'porvoo') => refused(() => loadMunicipality(dir, slug));

  function refused(load: () => unknown): PolkuError {
    try {
      load();
    } catch (error) {
      if (hasCode(error, 'badPack')) return error;
      throw error;
    }
    throw new Error('the pack was taken');
  }

  function edit(file: string, change: (json: Json) => void): void {
    const json = JSON.parse(read(file));
    change(json);
    writeFileSync(path(file), JSON.stringify(json));
  }

  for (const [name, { file, change, place, what, repair }] of Object.entries(breaks)) {
    it(`is refused with file, place and repair: ${name}`, () => {
      edit(file, change);
      const { message } = refusal();
      const line = message.split('\n').find((one) => one.startsWith(`- ${file}${place && `, ${place}`}: `));
      expect(line, message).to.include(what);
      expect(line!.slice(line!.indexOf('Repair: '))).to.include(repair);
    });
  }

  it('is told with all its other mistakes at once', () => {
    const told = ['a text without Swedish', 'a rule about a question that is not asked', 'a coach who sits nowhere'];
    for (const name of [...told, 'a slot of five minutes']) edit(breaks[name]!.file, breaks[name]!.change);
    const { message, details } = refusal();
    expect(details.problems).to.have.length(4);
    expect(message).to.match(/^The pack "porvoo" in .* has 4 problems:/);
  });

  it('is told once, not again by those who refer to the broken entry', () => {
    edit('places.json', (places) => delete places[0].access);
    edit('coaches.json', (coaches) => delete coaches[4].title);
    expect(refusal().details.problems).to.have.length(2);
  });

  for (const [text, line, why] of [
    ['[\n  { "id": "x", }\n]', 2, 'double-quoted property name'],
    ['[\n  {\n    "id": "x"\n    "name": 1\n  }\n]', 4, "Expected ',' or '}'"],
    ['[\n  1,\n  2,\n\n]', 5, "Unexpected token ']'"],
    [`[\n${'  "a long enough text",\n'.repeat(20)}  oops\n]`, 22, "Unexpected token 'o'"],
    ['[\n  {\n    "id": "x"\n', 4, "Expected ',' or '}'"],
    ['', 1, 'Unexpected end'],
  ] as const) {
    it(`is told with the line where it stops being JSON: ${line} of ${JSON.stringify(text.slice(-24))}`, () => {
      writeFileSync(path('places.json'), text);
      const { message } = refusal();
      expect(message).to.include(`- places.json, line ${line}: this is not JSON: `);
      expect(message).to.include(why);
      expect(message).to.include('Repair: look there and on the line before');
    });
  }

  it('is told when a file is missing, and where it should be', () => {
    rmSync(path('services.json'));
    expect(refusal().message).to.include(
      `- services.json: the file is missing. Repair: add services.json to the folder ${join(dir, 'porvoo')}.`,
    );
  });

  it('is told when a folder stands where a file should be', () => {
    rmSync(path('services.json'));
    mkdirSync(path('services.json'));
    expect(refusal().message).to.include('- services.json: the file cannot be read (EISDIR)');
  });

  it('is told when a whole file is of another shape', () => {
    for (const json of ['null', '[]', '"porvoo"', '{"a": 1}']) {
      writeFileSync(path('coaches.json'), json);
      writeFileSync(path('municipality.json'), json);
      expect(refusal().message, json).to.include('coaches.json: it is no list').and.include('municipality.json');
    }
  });

  it('is told with the names of the packs that there are when none has the name', () => {
    expect(refusal('kemijarvi').message).to.include('There is porvoo. Repair: correct MUNICIPALITY');
    expect(refusal('../porvoo').message).to.include('There is no pack "../porvoo"');
  });

  it('is told with those of the other packs that are served, each by its name', () => {
    cpSync(path('.'), join(dir, 'other'), { recursive: true });
    edit('municipality.json', (municipality) => {
      municipality.slug = 'nowhere';
    });
    writeFileSync(join(dir, 'other/coaches.json'), '[');
    const said = refused(() => loadMunicipalities(dir, ['porvoo', 'other', 'third']));
    expect(said.message).to.match(/The pack "porvoo" in [\s\S]*The pack "other" in [\s\S]*There is no pack "third"/);
    expect(said.details.problems).to.be.an('array').with.length.greaterThan(2);
  });

  it('is none when an editor only added a byte order mark', () => {
    writeFileSync(path('places.json'), `\uFEFF${read('places.json')}`);
    expect(loadMunicipality(dir, 'porvoo').places).to.have.length(4);
  });
});
