import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import i18next from 'i18next';
import { createTranslator } from '../../src/i18n/translator.ts';

/** Every text of a locale by its key. */
function texts(value: unknown, key = ''): [string, string][] {
  if (typeof value === 'string') return [[key, value]];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([name, one]) => texts(one, key ? `${key}.${name}` : name));
}

describe('The translator', () => {
  it('says every text of ours as i18next says it, first and again', async () => {
    const t = createTranslator('locales', 'Europe/Helsinki');
    for (const language of t.languages) {
      const translation = JSON.parse(readFileSync(`locales/${language}.json`, 'utf8'));
      const plain = i18next.createInstance();
      await plain.init({
        lng: language,
        resources: { [language]: { translation } },
        interpolation: { escapeValue: false },
      });
      for (const [key, text] of texts(translation)) {
        const names = [...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name!);
        const values = Object.fromEntries(
          names.map((name, i) => [name, i % 2 ? i : `<b>${name} $t(opening.hello) {{name}}`]),
        );
        for (let again = 0; again < 2; again++)
          expect(t.say({ key, with: values }, language), key).to.equal(plain.t(key, values));
      }
    }
  });

  it('leaves to i18next what only i18next can say', () => {
    const folder = mkdtempSync(join(tmpdir(), 'polku-locales-'));
    const locale = {
      a: 'A',
      in: '$t(a) and {{ name }}',
      days_one: '{{count}} day',
      days_other: '{{count}} days',
      gap: '{{x}}!',
    };
    writeFileSync(join(folder, 'en.json'), JSON.stringify(locale));
    const t = createTranslator(folder, 'UTC');
    expect(t.say({ key: 'in', with: { name: 'B' } }, 'en')).to.equal('A and B');
    expect(t.say({ key: 'days', with: { count: 1 } }, 'en')).to.equal('1 day');
    expect(t.say({ key: 'days', with: { count: 2 } }, 'en')).to.equal('2 days');
    expect(t.say({ key: 'gap' }, 'en')).to.equal('!');
    expect(() => t.say({ key: 'none' }, 'en')).to.throw('no text none');
    expect([t.has('a'), t.has('none'), t.words('none', 'en')]).to.deep.equal([true, false, []]);
    rmSync(folder, { recursive: true });
  });
});
