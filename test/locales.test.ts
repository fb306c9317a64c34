import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { fold } from '../dialogs/engine/fold.ts';
import { commands } from '../dialogs/interrupts.ts';
import { createTranslator } from '../src/i18n/translator.ts';
import { tellRow } from './support/row.ts';

type Tree = string | string[] | { [key: string]: Tree };

const languages = readdirSync('locales')
  .filter((file) => file.endsWith('.json') && file !== 'notes.json')
  .map((file) => file.slice(0, -'.json'.length));
const trees = Object.fromEntries(
  languages.map((language) => [language, flatten(JSON.parse(readFileSync(`locales/${language}.json`, 'utf8')))]),
) as Record<string, Record<string, string | string[]>>;

function flatten(tree: Tree, path: string[] = []): Record<string, string | string[]> {
  if (typeof tree === 'string' || Array.isArray(tree)) return { [path.join('.')]: tree };
  return Object.assign({}, ...Object.entries(tree).map(([key, value]) => flatten(value, [...path, key])));
}

const placeholders = (text: string | string[]) => [...new Set(String(text).match(/\{\{\w+\}\}/g) ?? [])].sort();
/** A language may need fewer or more plural forms; the text is the same. */
const withoutPlural = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '');

describe('The texts', () => {
  const t = createTranslator('locales', 'Europe/Helsinki');

  it('are the same keys in every language', () => {
    const keys = languages.map((language) => [...new Set(Object.keys(trees[language]!).map(withoutPlural))].sort());
    for (const list of keys) expect(list).to.deep.equal(keys[0]);
  });

  it('hold the same placeholders in every language', () => {
    const wrong = Object.keys(trees.fi!).filter((key) =>
      languages.some((language) => {
        const other = trees[language]![key];
        if (other === undefined) return false;
        // Dates are written differently: a month as a number or as a name.
        return !key.startsWith('dates.') && String(placeholders(other)) !== String(placeholders(trees.fi![key]!));
      }),
    );
    expect(wrong).to.deep.equal([]);
  });

  it('have every plural form that the language needs', () => {
    for (const language of languages) {
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      const plural = new Set(
        Object.keys(trees[language]!)
          .filter((key) => key !== withoutPlural(key))
          .map(withoutPlural),
      );
      for (const key of plural) {
        for (const form of forms) expect(trees[language]!, `${language}: ${key}`).to.have.property(`${key}_${form}`);
      }
    }
  });

  after(function () {
    if (this.test?.parent?.tests.some(({ state }) => state !== 'passed')) return;
    const keys = Object.keys(trees.fi!);
    const withValues = keys.filter((key) => placeholders(trees.fi![key]!).length > 0).length;
    const plural = new Set(keys.filter((key) => key !== withoutPlural(key)).map(withoutPlural)).size;
    tellRow(
      `A7 ${keys.length} texts in ${languages.join(', ')}: the same keys, the same placeholders in ${withValues}, ` +
        `all plurals of ${plural}`,
    );
  });

  it('have no empty text, no stray space and no straight quotes', () => {
    for (const language of languages) {
      for (const [key, text] of Object.entries(trees[language]!)) {
        for (const one of [text].flat()) {
          expect(one.trim(), `${language}: ${key}`).to.equal(one).and.not.equal('');
          expect(one, `${language}: ${key} has two spaces`).not.to.match(/ {2}/);
          expect(one, `${language}: ${key} has a straight quote`).not.to.match(/"/);
        }
      }
    }
  });

  it('never make a command of a word that is also a button', () => {
    const words = new Map<string, string>();
    for (const language of languages) {
      for (const command of [...commands, 'speak']) {
        for (const word of t.words(`commands.${command}`, language)) words.set(fold(word), `commands.${command}`);
      }
    }
    const clashes = languages.flatMap((language) =>
      Object.entries(trees[language]!)
        .filter(([key]) => /\.(options|actions)\.|\.(submit|menu)$|^engine\.(done|review\.change)$/.test(key))
        .filter(([, label]) => words.has(fold(String(label))))
        .map(([key, label]) => `${language} ${key} “${label}” is ${words.get(fold(String(label)))}`),
    );
    expect(clashes).to.deep.equal([]);
  });

  it('give each command one meaning', () => {
    const meanings = new Map<string, Set<string>>();
    for (const language of languages) {
      for (const command of commands) {
        for (const word of t.words(`commands.${command}`, language)) {
          meanings.set(fold(word), (meanings.get(fold(word)) ?? new Set()).add(command));
        }
      }
    }
    expect([...meanings].filter(([, found]) => found.size > 1).map(([word]) => word)).to.deep.equal([]);
  });
});
