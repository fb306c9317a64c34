import { expect } from 'chai';
import fc from 'fast-check';
import type { ClientAct } from '../../../src/domain/clients/client.ts';
import { eraseClient } from '../../../src/domain/clients/erase.ts';
import { readPath } from '../../../src/domain/clients/read-path.ts';
import { coachNotice } from '../../../src/domain/notices.ts';
import { expireOffer, takeBackOffer } from '../../../src/domain/offers/close-offer.ts';
import type { Offer } from '../../../src/domain/offers/offer.ts';
import { submitOffer } from '../../../src/domain/offers/submit-offer.ts';
import { openSqlite } from '../../../src/storage/sqlite.ts';
import { anAct, everything } from '../../support/acts.ts';
import { porvoo } from '../../support/conversation.ts';
import { dying } from '../../support/dying-documents.ts';
import { anOffer } from '../../support/offers.ts';

const day = 24 * 3_600_000;
const rules = porvoo.employers!;
const names = ({ outbox = [] }: Offer) =>
  outbox
    .filter(({ kind }) => kind !== 'figure')
    .map(({ kind, payload }) => `${kind} ${payload.news ?? payload.what ?? payload.timer ?? ''}`.trim())
    .sort();
const noMail = { ...anOffer, contact: { name: 'Testi', phone: '0400000001' } };

async function offers(act: ClientAct): Promise<Offer[]> {
  return (await readPath(act.documents, act.client)).offers;
}

describe('A place that an employer tells of', () => {
  it('comes to the job finder of the pack, who answers within working days, and is confirmed by mail', async () => {
    const act = anAct();
    const offer = await submitOffer(act, anOffer);
    expect(offer).to.include({ coach: rules.jobFinder, answerBy: '2026-11-26' });
    expect(names(offer)).to.deep.equal(['coach offer', 'mail sent', 'timer offer']);
    expect(names(await submitOffer({ ...act, intent: 'another' }, noMail))).to.deep.equal([
      'coach offer',
      'timer offer',
    ]);
  });

  it('makes no client of who tells of it', async () => {
    const act = anAct();
    await submitOffer(act, anOffer);
    expect((await everything(act.documents, [act.client])).map(({ type }) => type)).to.deep.equal(['offer']);
    expect((await readPath(act.documents, act.client)).client).to.equal(undefined);
  });

  it('is one offer however often it is confirmed, also after a death at any call to the store', async () => {
    const { documents: counted, calls } = dying(anAct().documents);
    await submitOffer(anAct({ documents: counted }), anOffer);
    expect(calls()).to.be.greaterThan(1);
    for (let call = 1; call <= calls(); call++) {
      for (const when of ['before', 'after'] as const) {
        const act = anAct();
        const { documents } = dying(act.documents, { call, when });
        const died = await submitOffer({ ...act, documents }, anOffer).then(
          () => false,
          () => true,
        );
        expect(died, `${call} ${when}`).to.equal(true);
        await submitOffer(act, anOffer);
        expect(await offers(act)).to.have.length(1);
      }
    }
  });

  it('is refused when one chat tells of very many, or the city takes none', async () => {
    const act = anAct();
    for (let n = 0; n < 10; n++) await submitOffer({ ...act, intent: `i-${n}` }, anOffer);
    const failed = (run: Promise<unknown>) =>
      run.then(
        () => undefined,
        ({ code }: { code: string }) => code,
      );
    expect(await failed(submitOffer({ ...act, intent: 'more' }, anOffer))).to.equal('tooMany');
    const { employers: _, ...without } = porvoo;
    expect(await failed(submitOffer(anAct({ municipality: without }), anOffer))).to.equal('notFound');
  });

  it('ends once, whoever ends it first, and then it is deleted with its contact', async () => {
    const wish = fc.constantFrom('filled', 'withdrawn', 'early', 'late');
    await fc.assert(
      fc.asyncProperty(fc.array(wish, { minLength: 1, maxLength: 6 }), async (wishes) => {
        let time = 0;
        const start = anAct().now.toMillis();
        const documents = openSqlite(':memory:', { now: () => start + time });
        const act = anAct({ documents });
        const at = () => ({ ...act, now: act.now.plus({ milliseconds: time }) });
        const { id, partition } = await submitOffer(act, anOffer);
        let first: Offer | undefined;
        for (const one of wishes) {
          time += one === 'late' ? rules.openDays * day : day;
          if (one === 'early' || one === 'late') await expireOffer(at(), { id, partition });
          else {
            const outcome = one === 'filled' ? 'filledElsewhere' : 'withdrawn';
            await takeBackOffer(at(), id, outcome).catch(() => undefined);
          }
          const [now] = await offers(act);
          if (first && now) expect(now).to.deep.equal(first);
          if (now?.closed) first ??= now;
          if (first && now === undefined) expect(start + time).to.be.at.least(first.expiresAt!);
        }
        time += (rules.openDays + rules.keptDays) * day;
        expect(await offers(act)).to.deep.equal([]);
        if (first) {
          expect(first.expiresAt! - Date.parse(first.closed!.at)).to.equal(rules.keptDays * day);
          expect(names(first).filter((name) => name.startsWith('timer'))).to.deep.equal([]);
          expect(names(first)).to.include('mail closed');
        }
        await documents.close();
      }),
      { numRuns: 60 },
    );
  });

  it('is told in the chat when the employer gave no address, and not to who ended it themselves', async () => {
    const act = anAct({ conversation: 'chat-1' });
    const { id, partition } = await submitOffer(act, noMail);
    await expireOffer({ ...act, now: act.now.plus({ days: rules.openDays }) }, { id, partition });
    const [expired] = await offers(act);
    expect(expired!.closed).to.include({ outcome: 'expired', by: 'system' });
    expect(names(expired!).filter((name) => name.startsWith('chat'))).to.have.length(1);
    const other = await submitOffer({ ...act, intent: 'another' }, noMail);
    const taken = await takeBackOffer(act, other.id, 'withdrawn');
    expect(names(taken).filter((name) => name.startsWith('chat'))).to.deep.equal([]);
  });

  it('goes when the employer has everything deleted, and the job finder hears so', async () => {
    const act = anAct();
    const { reference } = await submitOffer(act, anOffer);
    await eraseClient({ ...act, intent: 'erase' });
    expect(await offers(act)).to.deep.equal([]);
    const kept = await everything(act.documents, [act.client]);
    expect(kept.map(({ type }) => type)).to.deep.equal(['erasure']);
    expect(JSON.stringify(kept)).not.to.include('kukkala@').and.not.include('Työnantaja');
    const items = kept.flatMap(({ outbox = [] }) => outbox).filter(({ kind }) => kind === 'coach');
    const news = items.map(({ payload }) => coachNotice.parse(payload));
    expect(news).to.have.length(1);
    expect(news[0]).to.include({ news: 'erased', reference });
    expect(news[0]!.coaches).to.deep.equal([rules.jobFinder]);
  });
});
