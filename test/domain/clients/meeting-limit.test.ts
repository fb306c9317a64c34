import { expect } from 'chai';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { meetingLimit } from '../../../src/domain/clients/meeting-limit.ts';
import { firstMeetingBy } from '../../../src/domain/municipalities/opening.ts';
import { porvoo } from '../../support/conversation.ts';

const at = (iso: string) => DateTime.fromISO(iso, { zone: porvoo.zone });

describe('The day by which a client is met', () => {
  it('is counted from the start of the job search', () => {
    expect(meetingLimit(porvoo, { searchStart: '2026-11-16' }, at('2026-11-23T10:00'))).to.equal('2026-11-30');
  });

  it('is counted from today when the search began long ago, has not begun, or is not told', () => {
    for (const searchStart of ['2019-05-06', 'notYet', 'unknown', null, undefined] as const) {
      expect(meetingLimit(porvoo, { searchStart }, at('2026-11-23T10:00'))).to.equal('2026-12-07');
    }
  });

  it('knows which day it is in the city just before and after midnight', () => {
    expect(meetingLimit(porvoo, {}, at('2026-11-22T23:59'))).to.equal(firstMeetingBy(porvoo, '2026-11-22'));
    expect(meetingLimit(porvoo, {}, at('2026-11-23T00:01').toUTC())).to.equal(firstMeetingBy(porvoo, '2026-11-23'));
  });

  it('is never a day that is gone, nor a day on which the service is closed', () => {
    const days = fc.integer({ min: 0, max: 700 });
    fc.assert(
      fc.property(days, fc.integer({ min: -900, max: 200 }), (today, start) => {
        const now = at('2026-01-01T12:00').plus({ days: today });
        const limit = meetingLimit(porvoo, { searchStart: now.plus({ days: start }).toISODate() }, now);
        expect(limit >= now.toISODate()!, `${limit} is before ${now.toISODate()}`).to.equal(true);
        expect(porvoo.isClosed(limit), `${limit} is closed`).to.equal(false);
        expect(DateTime.fromISO(limit).weekday).to.be.lessThan(6);
      }),
    );
  });
});
