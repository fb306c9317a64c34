import { expect } from 'chai';
import fc from 'fast-check';
import { makeLimit } from '../../src/http/rate-limit.ts';

const taken = (take: () => void) => {
  try {
    take();
    return true;
  } catch {
    return false;
  }
};

describe('The limit of an address', () => {
  it('never lets more through than the burst and what time has added, and never less than the burst', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.array(fc.nat({ max: 3000 })), (burst, waits) => {
        let now = 0;
        let through = 0;
        const limit = makeLimit({ burst, perSecond: 2 }, () => now);
        for (const wait of waits) {
          now += wait;
          if (taken(() => limit('a'))) through++;
        }
        expect(through).to.be.at.most(burst + (now / 1000) * 2);
        expect(through).to.be.at.least(Math.min(burst, waits.length));
      }),
    );
  });

  it('is its own for each address, and few are remembered', () => {
    const limit = makeLimit({ burst: 1, perSecond: 1 }, () => 0, 2);
    const taking = (keys: string) => [...keys].map((key) => taken(() => limit(key)));
    expect(taking('abacad')).to.deep.equal([true, true, false, true, false, true]);
    // Of those before the last two that were seen, one is forgotten now.
    expect(taking('ab')).to.deep.equal([false, true]);
  });

  it('stands still when the clock goes back', () => {
    let now = 10_000;
    const limit = makeLimit({ burst: 1, perSecond: 1 }, () => now);
    expect(taken(() => limit('a'))).to.equal(true);
    now = 0;
    expect(taken(() => limit('a'))).to.equal(false);
  });
});
