import { expect } from 'chai';
import fc from 'fast-check';
import { fold } from '../../../dialogs/engine/fold.ts';

/** By the rule alone: letters and numbers without marks, in small letters, with one space where anything else was. */
function byTheRule(text: string): string {
  const letters = [...text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()];
  return letters
    .map((letter) => (/[\p{L}\p{N}]/u.test(letter) ? letter : ' '))
    .join('')
    .split(' ')
    .filter(Boolean)
    .join(' ');
}

describe('Folding words', () => {
  it('leaves only what counts, in our letters as in any other', () => {
    const near = fc.string({
      unit: fc.constantFrom(...'aZ09 åÄö.-,!\'"\n~{`@[', 'é', 'ß', 'İ', 'Å', '\u0308', '١', '漢'),
    });
    fc.assert(
      fc.property(fc.oneof(near, fc.string({ unit: 'binary' })), (text) => {
        expect(fold(text)).to.equal(byTheRule(text));
      }),
      { numRuns: 3_000 },
    );
    expect(fold('  Työ, ei-mitään Åland! ')).to.equal('tyo ei mitaan aland');
  });
});
