import { expect } from 'chai';
import fc from 'fast-check';
import { makeRecent } from '../src/recent.ts';

describe('What was used lately', () => {
  it('is remembered while it is among the last so many, and forgotten before twice as many others came', () => {
    const use = fc.record({ key: fc.nat(12), is: fc.constantFrom('get', 'set', 'delete') });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(use, { maxLength: 80 }), (most, uses) => {
        const recent = makeRecent<number, number>(most);
        const truth = new Map<number, number>();
        let lately: number[] = [];
        for (const [n, { key, is }] of uses.entries()) {
          const others = lately.indexOf(key);
          if (is === 'get') {
            const found = recent.get(key);
            if (found !== undefined || (others >= 0 && others < most)) expect(found).to.equal(truth.get(key));
            if (others >= 2 * most || others < 0) expect(found).to.equal(undefined);
            if (found === undefined) truth.delete(key);
          }
          if (is === 'set') {
            recent.set(key, n);
            truth.set(key, n);
          }
          if (is === 'delete') {
            recent.delete(key);
            truth.delete(key);
          }
          lately = lately.filter((one) => one !== key);
          if (truth.has(key)) lately.unshift(key);
        }
      }),
    );
  });
});
