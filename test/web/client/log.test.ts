import { expect } from 'chai';
import fc from 'fast-check';
import type { Activity } from '../../../src/bot/activity.ts';
import type { Outgoing } from '../../../src/web/client/api.ts';
import { emptyLog, type Log, withFailed, withPending, withReceived } from '../../../src/web/client/log.ts';

function activity(index: number, extra: Partial<Activity> = {}): Activity {
  const from = { id: 'polku', role: 'bot' as const };
  return { type: 'message', id: `c|${index}`, timestamp: '2026-01-05T08:00:00Z', from, text: `${index}`, ...extra };
}

function outgoing(id: string): Outgoing {
  return { type: 'message', text: id, channelData: { clientActivityID: id } };
}

describe('The log in the browser', () => {
  it('is the server’s log, however often and in whatever pieces it comes', () => {
    const server = Array.from({ length: 60 }, (_, index) => activity(index));
    const piece = fc.record({ again: fc.nat(12), length: fc.nat(12) });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        let log: Log = emptyLog;
        for (const { again, length } of pieces) {
          const from = Math.max(0, Number(log.watermark ?? 0) - again);
          const to = Math.min(server.length, from + length);
          log = withReceived(log, { activities: server.slice(from, to), watermark: String(to) });
          expect(log.activities).to.deep.equal(server.slice(0, Number(log.watermark)));
        }
      }),
    );
  });

  it('stays the very same when nothing is new, so that nothing is drawn again', () => {
    const set = { activities: [activity(0)], watermark: '1' };
    const log = withReceived(emptyLog, set);
    expect(withReceived(log, set)).to.equal(log);
  });

  it('takes the same press once, before and after the server has shown it', () => {
    const once = withPending(emptyLog, outgoing('press-1'));
    expect(withPending(once, outgoing('press-1'))).to.equal(once);
    const own = activity(0, { from: { id: 'dl_1', role: 'user' }, channelData: { clientActivityID: 'press-1' } });
    const shown = withReceived(once, { activities: [own], watermark: '1' });
    expect(shown.pending).to.deep.equal([]);
    expect(withPending(shown, outgoing('press-1'))).to.equal(shown);
  });

  it('keeps what the server refused, to be sent again', () => {
    const failed = withFailed(withPending(emptyLog, outgoing('a')), 'a', 'tooLarge');
    expect(failed.pending[0]?.failed).to.equal('tooLarge');
    expect(withFailed(failed, 'a').pending).to.deep.equal([{ outgoing: outgoing('a') }]);
  });

  it('drops everything from before the person had all erased', () => {
    const before = withPending(
      withReceived(emptyLog, { activities: [activity(0), activity(1)], watermark: '2' }),
      outgoing('yes, erase'),
    );
    const told = [activity(3, { channelData: { forgotten: true } }), activity(4, { channelData: { forgotten: true } })];
    const after = withReceived(before, { activities: told, watermark: '5' });
    expect(after.activities).to.deep.equal(told);
    expect(after.pending).to.deep.equal([]);
  });
});
