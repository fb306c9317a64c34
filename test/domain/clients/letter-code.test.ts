import { expect } from 'chai';
import fc from 'fast-check';
import { letterCode, letterHash, takeLetterCode } from '../../../src/domain/clients/letter-code.ts';
import { maskIdentityCodes } from '../../../src/domain/identity-code.ts';

const key = Buffer.alloc(32, 7);
const codes = fc.string({ minLength: 1 }).map((number) => letterCode(key, 'porvoo', number));
const gaps = fc.constantFrom('', ' ', '-', '–', ' - ', '.', '  ');

describe('The code of a letter', () => {
  it('is sixteen letters and digits in groups, of which none looks like another', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(code).to.match(/^[2-9B-DF-HJKMNP-TV-XZ]{4}(-[2-9B-DF-HJKMNP-TV-XZ]{4}){3}$/);
        expect(code).not.to.match(/[01AEILOUY]/);
      }),
    );
    expect(Math.log2(27) * 16).to.be.greaterThan(60);
  });

  it('is the same for the same client and key, and another for any other', () => {
    expect(letterCode(key, 'porvoo', '1')).to.equal(letterCode(key, 'porvoo', '1'));
    const all = new Set(Array.from({ length: 5_000 }, (_, number) => letterCode(key, 'porvoo', String(number))));
    all.add(letterCode(key, 'kemi', '1')).add(letterCode(Buffer.alloc(32, 8), 'porvoo', '1'));
    expect(all.size).to.equal(5_002);
  });

  it('uses every letter alike', () => {
    const counts = new Map<string, number>();
    for (let number = 0; number < 3_000; number++) {
      for (const one of letterCode(key, String(number)).replaceAll('-', ''))
        counts.set(one, (counts.get(one) ?? 0) + 1);
    }
    const expected = (3_000 * 16) / 27;
    for (const count of counts.values()) expect(count).to.be.within(expected * 0.85, expected * 1.15);
    expect(counts.size).to.equal(27);
  });

  it('is found however it is written, alone or in a sentence, and is not kept', () => {
    fc.assert(
      fc.property(
        codes,
        gaps,
        fc.boolean(),
        fc.constantFrom('', 'Koodini on ', 'min kod: '),
        (code, gap, small, before) => {
          const written = code.replaceAll('-', gap);
          const text = `${before}${small ? written.toLowerCase() : written}.`;
          const taken = takeLetterCode(text);
          expect(taken.letter).to.equal(letterHash(code));
          expect(taken.text).to.equal(`${before}****-****-****-****.`);
        },
      ),
    );
  });

  it('is never taken for an identity code, and so never cut before it is read', () => {
    fc.assert(
      fc.property(codes, gaps, (code, gap) => {
        expect(maskIdentityCodes(code.replaceAll('-', gap)).masked).to.equal(false);
      }),
    );
  });

  it('is not seen in other words, numbers and longer rows', () => {
    for (const text of [
      'Haluan töihin, mutta en tiedä miten.',
      '4444 3333 2222 5555',
      'FI42 5000 1510 0000 23',
      'bcdf ghjk mnpq rstv',
      '2B3C-4D5F-6G7H-8J9',
      '2B3C-4D5F-6G7H-8J9KK',
      'x2B3C-4D5F-6G7H-8J9K',
      '550e8400-e29b-41d4-a716-446655440000',
    ]) {
      expect(takeLetterCode(text), text).to.deep.equal({ text });
    }
  });

  it('leaves any text without one as it is, quickly', () => {
    fc.assert(fc.property(fc.string(), (text) => takeLetterCode(text).text === text));
    expect(takeLetterCode(`${'2222 '.repeat(13_000)}!`).letter).to.equal(undefined);
  });
});
