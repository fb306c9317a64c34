import { expect } from 'chai';
import fc from 'fast-check';
import {
  movers,
  type Outcome,
  outcomes,
  type Referral,
  referralStates,
} from '../../../src/domain/referrals/referral.ts';
import {
  awaitsAnswer,
  disagree,
  isClosed,
  isWithPartner,
  moved,
  nextStates,
} from '../../../src/domain/referrals/states.ts';
import { openStates } from '../../../src/domain/referrals/withdraw.ts';

const at = '2026-11-23T08:00:00.000Z';

function inState(state: Referral['state'], answer?: Outcome): Referral {
  return {
    id: 'r',
    partition: 'c',
    type: 'referral',
    schema: 1,
    reference: 'P-TEST-99',
    service: 's',
    state,
    lines: [],
    language: 'fi',
    history: [{ state, at, by: 'client' }],
    createdAt: at,
    handling: { done: { by: 'coach', at } },
    ...(answer && { outcome: { answer, at } }),
  };
}

describe('The states of a referral', () => {
  it('can be left only as the table says, by those whom it names, each move with its line', () => {
    for (const from of referralStates) {
      for (const to of referralStates) {
        for (const by of movers) {
          const next = moved(inState(from), { state: to, at, by });
          expect(next !== undefined, `${from} → ${to} by ${by}`).to.equal(nextStates(from, by).includes(to));
          if (next) expect(next.history.at(-1)).to.deep.equal({ state: to, at, by });
        }
      }
    }
  });

  it('keep the client the master: what goes on can be stopped by the client alone, what has ended by nobody', () => {
    for (const state of referralStates) {
      const goesOn = state === 'draft' || state === 'awaits-order' || isWithPartner(state);
      expect(nextStates(state, 'client').includes('withdrawn'), state).to.equal(goesOn);
      for (const by of ['partner', 'coach', 'system'] as const) {
        expect(nextStates(state, by), `${by} at ${state}`).not.to.include('withdrawn');
        // Nobody is sent to a partner but by the client, or by the coach who orders what the client agreed to.
        const orders = by === 'coach' && state === 'awaits-order';
        expect(nextStates(state, by).includes('sent'), `${by} at ${state}`).to.equal(orders);
      }
    }
    expect(openStates).to.include.members(['draft', 'sent', 'accepted', 'started']);
    expect(nextStates('withdrawn', 'coach')).to.deep.equal([]);
    expect(nextStates('draft', 'partner')).to.deep.equal([]);
  });

  it('all lead to an end, and none but a coach brings anything back', () => {
    const ends = new Set(referralStates.filter(isClosed));
    const leads = (state: Referral['state'], depth = 0): boolean =>
      ends.has(state) || (depth < 12 && movers.some((by) => nextStates(state, by).some((to) => leads(to, depth + 1))));
    for (const state of referralStates) expect(leads(state), state).to.equal(true);
    for (const state of ends) {
      for (const by of ['client', 'partner', 'system'] as const) expect(nextStates(state, by), state).to.deep.equal([]);
    }
    for (const state of referralStates) if (awaitsAnswer(state)) expect(isWithPartner(state)).to.equal(true);
  });

  it('never skip what was said: any sequence of wishes leaves a history in which each line follows from the one before', () => {
    const wish = fc.record({ state: fc.constantFrom(...referralStates), by: fc.constantFrom(...movers) });
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 25 }), (wishes) => {
        let referral = inState('sent');
        for (const one of wishes) referral = moved(referral, { ...one, at }) ?? referral;
        const { history } = referral;
        for (const [i, line] of history.entries()) {
          if (i > 0) expect(nextStates(history[i - 1]!.state, line.by)).to.include(line.state);
        }
        expect(history.at(-1)!.state).to.equal(referral.state);
      }),
      { numRuns: 300 },
    );
  });

  it('give the coach a task when the two sides disagree, and only then', () => {
    for (const answer of outcomes) {
      for (const state of referralStates) {
        const both = disagree(inState(state, answer));
        const clientDenies = answer === 'no' && ['accepted', 'started', 'completed'].includes(state);
        const partnerDenies = answer === 'yes' && state === 'not-reached';
        expect(both, `${answer} and ${state}`).to.equal(clientDenies || partnerDenies);
      }
    }
    const started = moved(inState('accepted', 'no'), { state: 'started', at, by: 'partner' })!;
    expect(started.task).to.equal('disagree');
    expect(started.handling, 'what was done before is another matter').to.deep.equal({});
    expect(moved(started, { state: 'not-reached', at, by: 'partner' })).not.to.have.property('task');
  });
});
