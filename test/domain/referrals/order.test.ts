import { expect } from 'chai';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { eraseClient } from '../../../src/domain/clients/erase.ts';
import { approvedOrder, refusedOrder } from '../../../src/domain/referrals/order.ts';
import { moveReferral, tickReferral } from '../../../src/domain/referrals/progress.ts';
import type { Referral } from '../../../src/domain/referrals/referral.ts';
import { submitReferral } from '../../../src/domain/referrals/submit.ts';
import { orderBy } from '../../../src/domain/referrals/timers.ts';
import { withdrawReferral } from '../../../src/domain/referrals/withdraw.ts';
import { anAct } from '../../support/acts.ts';
import { cityOf } from '../../support/cities.ts';
import { monday } from '../../support/conversation.ts';

const kemi = cityOf('kemi');
const ordered = kemi.services.filter(({ referral }) => referral?.ordered);
const reach = { client: 'client-1', conversation: 'chat-1', hasEmail: false, language: 'fi', mayAsk: true };
const now = DateTime.fromISO(monday, { zone: kemi.zone });
const following = { municipality: kemi, reach, now: now.toMillis() };
const act = () => anAct({ municipality: kemi, now, conversation: 'chat-1' });
const request = { service: ordered[0]!.id, lines: [], consent: true, consentVersion: 'v1' };
const mails = ({ outbox = [] }: Referral) =>
  outbox.filter(({ kind }) => kind === 'mail').map(({ payload }) => payload.mail);

describe('A service that the city orders', () => {
  it('is no referral to the partner before a coach has ordered it: the partner is told nothing', async () => {
    const referral = await submitReferral(act(), request);
    expect(referral.state).to.equal('awaits-order');
    expect(mails(referral)).to.deep.equal([]);
    expect(referral.order).to.equal(undefined);
  });

  it('is told to the partner with the order’s own reference once it is approved', async () => {
    const referral = await submitReferral(act(), request);
    const sent = approvedOrder(referral, 'aila-siikaniemi', following)!;
    expect(sent.state).to.equal('sent');
    expect(mails(sent)).to.deep.equal(['referral']);
    expect(sent.order!.reference)
      .to.match(/^T-[0-9A-Z]{4}-[0-9A-Z]{2}$/)
      .and.not.equal(referral.reference);
    expect(approvedOrder(sent, 'aila-siikaniemi', following)).to.equal(undefined);
  });

  it('is refused with words that the client gets, and the partner never hears of it', async () => {
    const referral = await submitReferral(act(), request);
    const words = { words: 'Puhutaan ensin muista palveluista', wordsIn: 'fi' };
    const refused = refusedOrder(referral, words, following)!;
    expect(refused.state).to.equal('declined');
    expect(mails(refused)).to.deep.equal([]);
    expect(JSON.stringify(refused.outbox)).to.include(words.words).and.include('order.refused');
  });

  it('can be withdrawn and erased while it waits, and the partner hears nothing of that either', async () => {
    const by = act();
    const { id } = await submitReferral(by, request);
    const withdrawn = await withdrawReferral(by, id);
    expect(mails(withdrawn)).to.deep.equal([]);
    const other = act();
    await submitReferral(other, request);
    await eraseClient({ ...other, intent: 'erase' });
    const kept = (await other.documents.list('clients', 'erasures')).flatMap(({ document }) => document.outbox ?? []);
    expect(kept.filter(({ kind }) => kind === 'mail')).to.deep.equal([]);
  });

  it('is recalled to the coach once when the time that the client was told is over, and nothing ends by itself', async () => {
    const by = act();
    const { id } = await submitReferral(by, request);
    const at = async (date: string) => {
      const later = DateTime.fromISO(`${date}T12:00`, { zone: kemi.zone });
      await tickReferral({ documents: by.documents, municipality: kemi, client: by.client, now: later }, id);
      return (await by.documents.get<Referral>({ collection: 'clients', partition: by.client, id }))!.document;
    };
    expect(orderBy({ createdAt: now.toISO()!, service: request.service }, kemi)).to.equal('2026-11-30');
    expect((await at('2026-11-30')).task).to.equal(undefined);
    const late = await at('2026-12-01');
    expect(late).to.include({ state: 'awaits-order', task: 'order' });
    const news = (document: Referral) => (document.outbox ?? []).filter(({ kind }) => kind === 'coach').length;
    expect(news(await at('2027-03-01'))).to.equal(news(late));
    expect((await at('2027-03-01')).state).to.equal('awaits-order');
  });

  it('is never the partner’s to answer, nor a coach’s to skip, before the order', async () => {
    const steps = fc.constantFrom('under-study', 'accepted', 'started', 'completed', 'expired', 'not-reached');
    const by = act();
    const { id } = await submitReferral(by, request);
    await fc.assert(
      fc.asyncProperty(steps, fc.constantFrom('partner', 'coach', 'system'), async (state, who) => {
        const moved = await moveReferral(by, id, { state, by: who } as never, 1);
        expect(moved).to.deep.include({ moved: false });
        expect(moved.referral.state).to.equal('awaits-order');
      }),
      { numRuns: 30 },
    );
  });

  it('is as any other where the pack orders nothing', async () => {
    const free = kemi.services.find(({ referral }) => referral && !referral.ordered)!;
    expect((await submitReferral(act(), { ...request, service: free.id })).state).to.equal('sent');
    expect(ordered.length).to.be.at.least(2);
  });
});
