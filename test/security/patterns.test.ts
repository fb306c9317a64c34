import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { tellRow } from '../support/row.ts';

/** Parts that read nothing of a person: what a city writes, what the terminal says, the browser's own. */
const notFromOutside = /^src\/(web\/client|directory|letters|municipalities|monitoring)\/|-cli\.ts$|src\/config\.ts$/;
const literal =
  /(?<=[=(,:[!&|?;{}\s])\/((?:[^/\\\n[*]|\\.|\[(?:[^\]\\\n]|\\.)+\])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)+\])*)\/([dgimsuvy]*)(?=[\s.,;)\]}])/g;

/** Every pattern of the code that may meet text from outside, with its file. */
function patterns(): { file: string; pattern: RegExp }[] {
  const files = ['src', 'dialogs'].flatMap((folder) => {
    const all = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return all.map((file) => `${folder}/${file}`).filter((file) => file.endsWith('.ts') && !notFromOutside.test(file));
  });
  return files.flatMap((file) => {
    const code = readFileSync(file, 'utf8').replace(/^\s*(\/\/|\/?\*).*$/gm, '');
    return [...code.matchAll(literal)].flatMap(([, source, flags]) => {
      try {
        return [{ file, pattern: new RegExp(source!, flags) }];
      } catch {
        return [];
      }
    });
  });
}

/** Characters that stand for the classes of a pattern, and its own. */
function lettersOf({ source }: RegExp): string[] {
  const own = source.replace(/\\[a-z](\{[^}]*\})?/gi, '').match(/[\p{L}\p{N} .,:;@%&#/_+-]/gu) ?? [];
  return [...new Set(['a', '0', ' ', '-', '.', '\n', 'A', ...own])].slice(0, 12);
}

/** Texts that make a pattern try again and again: one or two things over and over, and then something that does not fit. */
function attacks(pattern: RegExp): string[] {
  const letters = lettersOf(pattern);
  const pairs = letters.flatMap((one) => letters.filter((other) => other !== one).map((other) => one + other));
  return [...letters, ...pairs];
}

const clock = () => process.cpuUsage().user + process.cpuUsage().system;

/** CPU that a pattern takes for a text, in microseconds; the least of a few tries, since others share the machine. */
function cost(pattern: RegExp, text: string): number {
  let least = Number.POSITIVE_INFINITY;
  for (let n = 0; n < 3; n++) {
    const began = clock();
    pattern.lastIndex = 0;
    text.replace(pattern, '');
    least = Math.min(least, clock() - began);
  }
  return least;
}

const short = 4_000;
/** Four times the text: a pattern that is linear takes four times as long, one that is not sixteen times or more. */
const grows = 4;
const superLinear = 10;
/** What is done sooner than this (microseconds) tells nothing of how it grows, and harms nobody. */
const tooQuick = 3_000;

describe('S8 Patterns that meet text from outside', function () {
  this.timeout(300_000);

  it('take no more than in proportion, whatever the text', () => {
    const all = patterns();
    expect(all.length).to.be.greaterThan(60);
    let texts = 0;
    const slow: string[] = [];
    for (const { file, pattern } of all) {
      for (const part of attacks(pattern)) {
        texts++;
        const longest = `${part.repeat((short * grows) / part.length)}\u0001`;
        if (cost(pattern, longest) < tooQuick) continue;
        const ratio = cost(pattern, longest) / Math.max(1, cost(pattern, `${part.repeat(short / part.length)}\u0001`));
        if (ratio > superLinear) slow.push(`${file}: ${pattern} on ${JSON.stringify(part)} × ${ratio.toFixed(1)}`);
      }
    }
    expect(slow).to.deep.equal([]);
    tellRow(`S8 ${all.length} patterns, ${texts} growing texts, ${slow.length} super-linear`);
  });

  it('would be found: a pattern that is known to be slow is', () => {
    const known = /(a+)\s*$/;
    const ratio =
      cost(known, `${'a'.repeat(short * grows)}\u0001`) / Math.max(1, cost(known, `${'a'.repeat(short)}\u0001`));
    expect(ratio).to.be.greaterThan(superLinear);
  });
});
