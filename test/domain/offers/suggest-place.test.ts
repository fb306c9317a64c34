import { expect } from 'chai';
import { changeClient } from '../../../src/domain/clients/client.ts';
import { goOnPath, pausePath } from '../../../src/domain/clients/course.ts';
import { endPath } from '../../../src/domain/clients/end-path.ts';
import { eraseClient } from '../../../src/domain/clients/erase.ts';
import { submitIntake } from '../../../src/domain/clients/submit-intake.ts';
import { addClient } from '../../../src/domain/coaches/my-clients.ts';
import { acceptSuggestion, declineSuggestion, type Suggestion } from '../../../src/domain/coaches/suggestion.ts';
import type { Documents } from '../../../src/domain/documents.ts';
import { takeBackOffer } from '../../../src/domain/offers/close-offer.ts';
import type { Offer, OfferOutcome } from '../../../src/domain/offers/offer.ts';
import { submitOffer } from '../../../src/domain/offers/submit-offer.ts';
import { suggestPlace } from '../../../src/domain/offers/suggest-place.ts';
import { suitableClients } from '../../../src/domain/offers/suitable-clients.ts';
import { createTimerSender } from '../../../src/outbox/timer-sender.ts';
import { anAct } from '../../support/acts.ts';
import { porvoo } from '../../support/conversation.ts';
import { dying, slowly } from '../../support/dying-documents.ts';
import { anOffer } from '../../support/offers.ts';

const coach = porvoo.employers!.jobFinder;
const consent = { version: 'v1', language: 'fi' };

/** An open place and a client in the chat. */
async function begin(conversation: string | undefined = 'chat-1') {
  const act = anAct({ ...(conversation && { conversation }) });
  await submitIntake(act, { wantedWork: 'Puutarha', name: 'Mira' });
  const offer = await submitOffer({ ...act, client: 'employer-1', intent: 'offer' }, anOffer);
  const suggests = (documents: Documents = act.documents) =>
    suggestPlace({ documents, municipality: porvoo, coach, now: act.now }, offer, { client: act.client, words: 'Hei' });
  const suggestions = async () =>
    (await act.documents.list<Suggestion>('clients', act.client, 'suggestion')).map(({ document }) => document);
  const kept = async () =>
    (await act.documents.get<Offer>({ collection: 'clients', partition: 'employer-1', id: offer.id }))!.document;
  return { act, offer, suggests, suggestions, kept };
}

const code = (run: Promise<unknown>) =>
  run.then(
    () => undefined,
    (error: { code?: string }) => error.code,
  );

describe('A place that a coach suggests to a client', () => {
  it('is one suggestion however often it is made, also after a death at any call to the store', async () => {
    const counted = await begin();
    const { documents, calls } = dying(counted.act.documents);
    await counted.suggests(documents);
    expect(calls()).to.be.greaterThan(4);
    for (let call = 1; call <= calls(); call++) {
      for (const when of ['before', 'after'] as const) {
        const { act, suggests, suggestions, kept } = await begin();
        await suggests(dying(act.documents, { call, when }).documents).catch(() => undefined);
        await suggests();
        expect(await suggestions(), `${call} ${when}`).to.have.length(1);
        expect((await kept()).suggestions, `${call} ${when}`).to.have.length(1);
        const chats = (await suggestions())[0]!.outbox!.filter(({ kind }) => kind === 'chat');
        expect(chats).to.have.length(1);
      }
    }
  });

  it('is one suggestion when two devices of the coach send it at once', async () => {
    const { act, suggests, suggestions, kept } = await begin();
    let turn = 0;
    const slow = slowly(act.documents, () => {
      turn = (turn * 5 + 2) % 7;
      return turn % 4;
    });
    await Promise.all([suggests(slow), suggests(slow), suggests(slow)]);
    expect(await suggestions()).to.have.length(1);
    expect((await kept()).suggestions).to.have.length(1);
  });

  it('is not made of a place that is closed, nor to a client who is gone or can be told nowhere', async () => {
    const closed = await begin();
    await takeBackOffer({ ...closed.act, client: 'employer-1' }, closed.offer.id, 'withdrawn');
    expect(await code(closed.suggests())).to.equal('notFound');
    const silent = await begin('');
    expect(await code(silent.suggests())).to.equal('notReached');
    expect((await silent.kept()).suggestions).to.deep.equal([]);
  });

  it('is told once to the client who said yes when it closes, whoever closes it, and is asked about no longer', async () => {
    const ends = async (answer: 'yes' | 'no' | 'none', outcome: OfferOutcome = 'filledElsewhere') => {
      const { act, offer, suggests, suggestions, kept } = await begin();
      const { documents, client } = act;
      await addClient(documents, coach, client, undefined);
      const { id } = await suggests();
      if (answer === 'yes') await acceptSuggestion(documents, client, id, consent, act.now.toMillis());
      if (answer === 'no') await declineSuggestion(documents, client, id, act.now.toMillis());
      await takeBackOffer({ ...act, client: 'employer-1' }, offer.id, outcome);
      const items = (await kept()).outbox!.filter(({ payload }) => payload.timer === 'placeOver');
      const sender = createTimerSender({ documents, municipality: porvoo, now: () => act.now.toMillis() });
      const ref = { collection: 'clients', partition: 'employer-1', id: offer.id } as const;
      for (const item of [...items, ...items]) expect(await sender({ item, ref } as never)).to.equal('sent');
      const [suggestion] = await suggestions();
      const told = suggestion!.outbox!.filter((item) => item.id.includes('-over')).map(({ payload }) => payload);
      return { over: suggestion!.over, told: JSON.stringify(told), count: told.length };
    };
    const yes = await ends('yes');
    expect(yes).to.deep.include({ over: { at: yes.over!.at, told: true }, count: 1 });
    expect(yes.told).to.include('suggested.place.over.closed').and.include('offer.kinds.trial');
    expect((await ends('yes', 'filledByClient')).told).to.include('suggested.place.over.filledByClient');
    for (const answer of ['no', 'none'] as const) {
      expect(await ends(answer))
        .to.include({ count: 0 })
        .and.to.have.property('over');
    }
  });

  it('is told to the client as closed also when the employer has everything deleted', async () => {
    const { act, suggests, suggestions } = await begin();
    const { documents, client } = act;
    await addClient(documents, coach, client, undefined);
    const { id } = await suggests();
    await acceptSuggestion(documents, client, id, consent, act.now.toMillis());
    await eraseClient({ ...act, client: 'employer-1', intent: 'erase' });
    const due = await documents.due('clients', act.now.toMillis(), 100);
    const items = due.flatMap(({ document }) => document.outbox ?? []);
    const sender = createTimerSender({ documents, municipality: porvoo, now: () => act.now.toMillis() });
    for (const item of items.filter(({ payload }) => payload.timer === 'placeOver')) {
      await sender({ item, ref: { collection: 'clients', partition: 'erasures', id: 'e' } } as never);
    }
    expect((await suggestions())[0]!.over).to.include({ told: true });
  });

  it('is thought of for nobody who rests from their path or has ended it', async () => {
    const { act, offer } = await begin();
    const { documents, now } = act;
    const names = async () =>
      (await suitableClients(documents, coach, offer, now.toMillis())).map(({ name }) => name ?? '');
    await addClient(documents, coach, act.client, undefined);
    await changeClient(act, () => ({ coach }));
    expect(await names()).to.deep.equal(['Mira']);
    await pausePath({ ...act, intent: 'pause' }, undefined);
    expect(await names()).to.deep.equal([]);
    await goOnPath({ ...act, intent: 'on' });
    expect(await names()).to.deep.equal(['Mira']);
    await endPath(documents, act.client, { outcome: 'job', by: coach, at: now.plus({ days: 1 }).toUTC().toISO()! });
    expect(await names()).to.deep.equal([]);
  });

  it('keeps the newest word of the client, with the consent while it is given and not after', async () => {
    const { act, suggests, suggestions } = await begin();
    const { id } = await suggests();
    const { documents, client } = act;
    const at = (n: number) => act.now.toMillis() + n;
    await acceptSuggestion(documents, client, id, consent, at(1));
    await acceptSuggestion(documents, client, id, { ...consent, version: 'v2' }, at(2));
    expect((await suggestions())[0]!.accepted).to.include({ version: 'v1', language: 'fi' });
    await declineSuggestion(documents, client, id, at(3));
    await declineSuggestion(documents, client, id, at(4));
    const [no] = await suggestions();
    expect(no).to.have.property('declinedAt');
    expect(no).not.to.have.property('accepted');
    await acceptSuggestion(documents, client, id, consent, at(5));
    const [yes] = await suggestions();
    expect(yes).to.have.property('accepted');
    expect(yes).not.to.have.property('declinedAt');
    const news = yes!.outbox!.filter(({ kind }) => kind === 'coach').map(({ payload }) => payload.news);
    expect(news).to.deep.equal(['accepted', 'declined', 'accepted']);
    expect(await code(acceptSuggestion(documents, 'somebody-else', id, consent, at(6)))).to.equal('notFound');
  });
});
