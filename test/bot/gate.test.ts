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
