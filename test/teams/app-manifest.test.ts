import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { z } from 'zod';
import { loadMunicipality } from '../../src/municipalities/load.ts';
import { packageFiles } from '../../src/teams/app-package.ts';

const folder = 'test/support/teams-schema';
const slugs = ['porvoo', 'kemi', 'kouvola', 'kuopio-askel', 'lieksa-juuka'];

/** Makes Microsoft's own schema a check; zod follows references to definitions only, so that others are put in their place. */
function published(file: string): z.ZodType {
  const schema = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'));
  const at = (path: string) =>
    path
      .slice(2)
      .split('/')
      .reduce((part, name) => part[name], schema);
  const text = JSON.stringify(schema, (key, value) => {
    const ref = value?.$ref;
    return key !== '' && typeof ref === 'string' && ref.startsWith('#/properties/') ? at(ref) : value;
  });
  return z.fromJSONSchema(JSON.parse(text));
}

function filesOf(slug: string): Map<string, Buffer> {
  const municipality = loadMunicipality('deploy/municipalities', slug);
  const appId = '5f0c6f0e-3a1b-4a58-9c39-0d6f6f1c2b7a';
  return packageFiles({ folder: 'deploy/teams', appId, version: '1.0.0', municipality });
}

const read = (files: Map<string, Buffer>, name: string): unknown => JSON.parse(files.get(name)!.toString());

/** A copy in which something else stands at the path; undefined takes it away. */
function spoilt(one: unknown, [first, ...rest]: (string | number)[], value: unknown): unknown {
  if (first === undefined) return value;
  const copy = structuredClone(one) as Record<string | number, unknown>;
  copy[first] = spoilt(copy[first], rest, value);
  return JSON.parse(JSON.stringify(copy));
}

describe('The manifest of the Teams app, by Microsoft’s published schema 1.19,', () => {
  const manifest = published('MicrosoftTeams.schema.json');
  const localization = published('MicrosoftTeams.Localization.schema.json');

  it('is right for every city, and so are its texts in Swedish and English', () => {
    for (const slug of slugs) {
      const files = filesOf(slug);
      expect(manifest.safeParse(read(files, 'manifest.json')).error?.issues ?? [], slug).to.deep.equal([]);
      for (const file of ['sv.json', 'en.json'])
        expect(localization.safeParse(read(files, file)).error?.issues ?? [], `${slug} ${file}`).to.deep.equal([]);
    }
  });

  it('is read strictly: each of these mistakes is seen', () => {
    const made = read(filesOf('porvoo'), 'manifest.json');
    const long = (length: number) => 'x'.repeat(length);
    const bot = ['bots', 0];
    const mistakes: [string, (string | number)[], unknown][] = [
      ['an unknown field', ['colour'], 'red'],
      ['no icons', ['icons'], undefined],
      ['a name too long', ['name', 'short'], long(31)],
      ['a full text too long', ['description', 'full'], long(4001)],
      ['an id that is none', ['id'], 'polku'],
      ['a colour that is none', ['accentColor'], 'green'],
      ['an unknown scope', [...bot, 'scopes'], ['everywhere']],
      ['a command too long', [...bot, 'commandLists', 0, 'commands', 0, 'title'], long(33)],
      ['an address that is none', ['developer', 'websiteUrl'], 'city.example'],
      ['another version', ['manifestVersion'], '1.18'],
    ];
    for (const [what, path, value] of mistakes)
      expect(manifest.safeParse(spoilt(made, path, value)).success, what).to.equal(false);
    const texts = read(filesOf('porvoo'), 'sv.json');
    expect(localization.safeParse(spoilt(texts, ['bots[0].colour'], 'red')).success).to.equal(false);
  });
});
