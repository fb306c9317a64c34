import { expect } from 'chai';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { doc, ref, refused } from '../support/documents.ts';
import { seededPlan } from '../support/faults.ts';
import { type DocumentsFault, documentsFaults, faultyDocuments } from '../support/faulty-documents.ts';

describe('A store that is made to fail', () => {
  const store = openSqlite(':memory:', { now: Date.now });
  const failing = (faults: (DocumentsFault | undefined)[]) => faultyDocuments(store, ({ n }) => faults[n]);
  after(() => store.close());

  it('does nothing when it fails before, and everything when it fails after', async () => {
    const faulty = failing(['before', 'after', undefined, 'after']);
    await refused(faulty.create('clients', doc('p', 'a')), 'storeUnavailable');
    expect(await store.get(ref('p', 'a'))).to.equal(undefined);
    await refused(faulty.create('clients', doc('p', 'a')), 'storeUnavailable');
    const read = await faulty.get(ref('p', 'a'));
    expect(read?.document).to.deep.equal(doc('p', 'a'));
    await refused(faulty.delete(ref('p', 'a')), 'storeUnavailable');
    expect(await store.get(ref('p', 'a'))).to.equal(undefined);
  });

  it('takes its time when it is slow, and then answers', async () => {
    let slept = 0;
    const slow = faultyDocuments(
      store,
      () => 'slow',
      async () => {
        slept++;
      },
    );
    await slow.ping();
    await slow.list('clients', 'p');
    expect(slept).to.equal(2);
  });

  it('fails the same calls again when it is given the same seed, in the share that was asked for', () => {
    const plans = [1, 1, 2].map((seed) => {
      const plan = seededPlan(seed, 0.2, documentsFaults);
      return Array.from({ length: 5000 }, () => plan());
    });
    expect(plans[0]).to.deep.equal(plans[1]);
    expect(plans[0]).not.to.deep.equal(plans[2]);
    const share = plans[0]!.filter(Boolean).length / 5000;
    expect(share).to.be.within(0.18, 0.22);
  });
});
