import { expect } from 'chai';
import fc from 'fast-check';
import { clean } from '../../src/bot/gate.ts';
import { letterCode, letterHash } from '../../src/domain/clients/letter-code.ts';

describe('What comes in from a person', () => {
  it('holds no code of a letter when it goes on, only its hash, however the code was hidden', () => {
    const code = fc.string().map((number) => letterCode(Buffer.alloc(32), number));
    const hidden = fc.constantFrom('', '\u200B', '\u2060', '\u00AD');
    fc.assert(
      fc.property(code, hidden, fc.constantFrom('', 'Koodini:', 'Nr 12, min kod är'), (own, sign, before) => {
        const cleaned = clean({ type: 'message', text: `${before} ${[...own].join(sign)}` });
        expect(cleaned.letter).to.equal(letterHash(own));
        expect(JSON.stringify(cleaned)).not.to.include(own.slice(0, 9));
      }),
    );
  });
});

describe('A message that is too long', () => {
  it('is cut where no part of an identity code can be left, however much of it cannot be seen', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('', '\u200B', '\u00AD', 'x', '\u0301'),
        fc.integer({ min: 3_900, max: 13_000 }),
        fc.integer({ min: 0, max: 5 }),
        fc.constantFrom('a', ' ', '\u200B', '\n'),
        (joint, before, dense, filling) => {
          const code = [...'131052-308T'].join(joint === 'x' ? '' : joint.repeat(dense));
          const { text } = clean({ type: 'message', text: `${filling.repeat(before)}${code}${'b'.repeat(20_000)}` });
          const plain = text.normalize('NFKD').replace(/[^0-9]/g, '');
          expect(plain).to.equal('');
          expect(text.length).to.be.at.most(4001);
          expect(text === '' || text.endsWith('…')).to.equal(true);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('stays whole as long as it may be kept', () => {
    for (const length of [1, 999, 1_001, 4_000]) {
      const text = 'ä'.repeat(length);
      expect(clean({ type: 'message', text }).text).to.equal(text);
    }
    expect(clean({ type: 'message', text: 'ä'.repeat(4_001) }).text).to.equal(`${'ä'.repeat(4_000)}…`);
  });
});
