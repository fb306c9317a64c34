import { expect } from 'chai';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { OutboxItem } from '../../../src/domain/documents.ts';
import { withOutbox } from '../../../src/domain/notices.ts';
import { answeredOutcome, type Following, stepped, ticked, withTimer } from '../../../src/domain/referrals/follow.ts';
import type { Referral } from '../../../src/domain/referrals/referral.ts';
import { awaitsAnswer } from '../../../src/domain/referrals/states.ts';
import { timersOf } from '../../../src/domain/referrals/timers.ts';
import { porvoo } from '../../support/conversation.ts';

const day = 24 * 3_600_000;
const start = Date.parse('2026-11-23T10:00:00+02:00');
const reach = { client: 'c', conversation: 'chat-1', hasEmail: true, language: 'sv', mayAsk: true };
const at = (days: number): Following => ({ municipality: porvoo, reach, now: start + days * day });

function sent(): Referral {
  const created = new Date(start).toISOString();
  return withTimer(
    {
      id: 'r',
      partition: 'c',
      type: 'referral',
      schema: 1,
      reference: 'P-TEST-99',
      service: 'job-search-group',
      state: 'sent',
      lines: [],
      language: 'sv',
      history: [{ state: 'sent', at: created, by: 'client' }],
      createdAt: created,
      handling: {},
    },
    porvoo,
  );
}

const names = (items: OutboxItem[] = []) =>
  items
    .filter(({ kind }) => kind !== 'timer' && kind !== 'figure')
    .map(({ kind, payload }) => `${kind} ${kind === 'mail' ? payload.mail : ''}`.trim());

/** What waits for its time; the plan is told of an end at once. */
const isTimer = ({ kind, payload }: OutboxItem) => kind === 'timer' && payload.timer === 'referral';

/** Lets days go by one at a time, everything that was told being delivered; what was told, by day. */
function live(referral: Referral, from: number, to: number): { referral: Referral; told: [number, string][] } {
  const told: [number, string][] = [];
  let now = referral;
  for (let one = from; one <= to; one++) {
    now = ticked(now, at(one));
    told.push(...names(now.outbox).map((name): [number, string] => [one, name]));
    now = withOutbox(now, (now.outbox ?? []).filter(isTimer));
  }
  return { referral: now, told };
}

describe('The timers of a referral', () => {
  it('remind the partner every 10 days and end at 30, and the coach and the client hear of the end', () => {
    const { referral, told } = live(sent(), 0, 60);
    expect(told).to.deep.equal([
      [10, 'mail reminder'],
      [20, 'mail reminder'],
      [30, 'coach'],
      [30, 'chat'],
      [30, 'mail client'],
    ]);
    expect(referral).to.include({ state: 'expired', task: 'noAnswer' }).and.not.have.property('dueAt');
    expect(referral.history.at(-1)).to.include({ by: 'system' });
  });

  it('begin anew when the partner says something, and stop when the partner has decided', () => {
    const studied = stepped(live(sent(), 0, 12).referral, { state: 'under-study', by: 'partner' }, at(12))!;
    const { told } = live(withOutbox(studied, []), 12, 40);
    expect(told).to.deep.equal([
      [22, 'mail reminder'],
      [32, 'mail reminder'],
    ]);
    const declined = stepped(studied, { state: 'declined', by: 'partner', reason: 'other', words: 'x' }, at(13))!;
    expect(timersOf(declined, porvoo)).to.deep.equal([]);
  });

  it('ask the client at 14 days and the partner too, and a coach when neither has said', () => {
    const accepted = stepped(sent(), { state: 'accepted', by: 'partner' }, at(0))!;
    const { referral, told } = live(withOutbox(accepted, []), 0, 90);
    expect(told).to.deep.equal([
      [14, 'chat'],
      [14, 'mail client'],
      [14, 'mail progress'],
      [44, 'coach'],
    ]);
    expect(referral).to.include({ state: 'accepted', task: 'silent' });
  });

  it('ask nobody before the first day in the service', () => {
    const accepted = stepped(sent(), { state: 'accepted', by: 'partner', startsOn: '2027-01-11' }, at(0))!;
    const { told } = live(withOutbox(accepted, []), 0, 80);
    const startDay = DateTime.fromISO('2027-01-11', { zone: porvoo.zone }).diff(
      DateTime.fromMillis(start),
      'days',
    ).days;
    expect(told[0]![0]).to.be.greaterThan(startDay);
    expect(told.map(([, what]) => what)).to.deep.equal(['chat', 'mail client', 'mail progress']);
  });

  it('ask no more when the client has answered, also that they would rather not', () => {
    for (const answer of ['yes', 'no', 'notNow'] as const) {
      const accepted = stepped(sent(), { state: 'accepted', by: 'partner' }, at(0))!;
      const answered = answeredOutcome(withOutbox(accepted, []), answer, at(3));
      const { told } = live(withOutbox(answered, []), 3, 90);
      expect(
        told.filter(([, what]) => what === 'chat' || what === 'mail client'),
        answer,
      ).to.deep.equal([]);
    }
  });

  it('go on as they are told, whenever somebody looks: late, often, or after a long stop', () => {
    const looks = fc.array(fc.integer({ min: 0, max: 70 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(looks, (days) => {
        let referral = sent();
        for (const one of days.sort((a, b) => a - b)) referral = ticked(referral, at(one));
        const last = days.at(-1)!;
        const reminders = names(referral.outbox).filter((name) => name === 'mail reminder').length;
        expect(reminders).to.be.at.most(Math.floor(Math.min(last, 29) / 10));
        expect(referral.state).to.equal(last >= 30 ? 'expired' : 'sent');
        const timers = (referral.outbox ?? []).filter(isTimer);
        expect(timers.length).to.equal(awaitsAnswer(referral.state) ? 1 : 0);
        expect(timers.every(({ nextAt }) => nextAt > start + last * day)).to.equal(true);
        expect(ticked(referral, at(last)), 'a timer that rings twice').to.deep.equal(referral);
      }),
      { numRuns: 200 },
    );
  });
});
