import { expect } from 'chai';
import { DateTime } from 'luxon';
import { requestContact } from '../../../src/domain/clients/request-contact.ts';
import { isOpen } from '../../../src/domain/municipalities/opening.ts';
import { coachNotice } from '../../../src/domain/notices.ts';
import { anAct } from '../../support/acts.ts';

describe('A contact request', () => {
  it('is one request when it is confirmed twice, with the promise that was given first', async () => {
    const act = anAct();
    const first = await requestContact(act, { phone: '0400000001', here: false });
    const again = await requestContact(
      { ...act, now: act.now.plus({ hours: 3 }) },
      { phone: '0400000001', here: false },
    );
    expect(again).to.deep.equal(first);
  });

  it('is told to every coach in the same write', async () => {
    const { outbox, coach } = await requestContact(anAct(), { here: true });
    expect(coach).to.equal(undefined);
    const news = outbox!.filter(({ kind }) => kind === 'coach').map(({ payload }) => coachNotice.parse(payload));
    expect(news).to.deep.equal([{ news: 'contact', by: 'client' }]);
  });

  it('is promised an answer within the hours of the pack, at a time when the service is open, at any hour of a year', async () => {
    const { documents, municipality, ...act } = anAct();
    for (let hours = 0; hours < 365 * 24; hours += 53) {
      const now = act.now.plus({ hours });
      const intent = `at ${hours}`;
      const { answerBy } = await requestContact({ ...act, documents, municipality, now, intent }, { here: true });
      const by = DateTime.fromISO(answerBy, { zone: municipality.zone });
      expect(by > now && isOpen(municipality, by.minus({ minutes: 1 })), `${now} → ${answerBy}`).to.equal(true);
    }
  });
});
