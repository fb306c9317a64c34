import { expect } from 'chai';
import fc from 'fast-check';
import { createPace } from '../../src/notify/teams-pace.ts';

describe('The pace of messages to Teams', () => {
  it('keeps every limit of Teams, for each chat and for all of them', () => {
    const chats = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 50, maxLength: 300 });
    fc.assert(
      fc.property(chats, (wanted) => {
        const pace = createPace();
        let now = 0;
        const sent: { chat: string; at: number }[] = [];
        for (const [i, chat] of wanted.entries()) {
          for (let until = pace.take(`c${chat}`, `m${i}`, now); until > 0; until = pace.take(`c${chat}`, `m${i}`, now))
            now = until;
          sent.push({ chat: `c${chat}`, at: now });
        }
        const most = (times: number[], within: number) =>
          Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + within).length));
        expect(
          most(
            sent.map(({ at }) => at),
            1_000,
          ),
        ).to.be.at.most(50);
        for (const chat of new Set(sent.map((one) => one.chat))) {
          const times = sent.filter((one) => one.chat === chat).map(({ at }) => at);
          expect(most(times, 1_000)).to.be.at.most(7);
          expect(most(times, 30_000)).to.be.at.most(60);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('waits as long as Teams asks for, in that chat alone', () => {
    const pace = createPace();
    pace.pause('a', 5_000);
    expect(pace.take('a', 'm1', 0)).to.equal(5_000);
    expect(pace.take('b', 'm2', 0)).to.equal(0);
    expect(pace.take('a', 'm1', 5_000)).to.equal(0);
  });
});
