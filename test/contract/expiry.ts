import { expect } from 'chai';
import { doc, ref, refused } from '../support/documents.ts';
import type { Bench } from './documents.ts';

const minute = 60_000;

/** What has expired is absent at that very millisecond, however late the store deletes it. */
export function expiryContract({ store, partition, wait, now }: Bench): void {
  it('a document is there until it expires, then absent from every question', async () => {
    const at = partition();
    await store().create('clients', doc(at, 'a', { expiresAt: now() + minute, dueAt: 1 }));
    wait(minute - 1);
    expect(await store().get(ref(at, 'a'))).not.to.equal(undefined);
    expect(await store().list('clients', at)).to.have.length(1);
    expect(await store().due('clients', 1, 10)).to.have.length(1);
    wait(1);
    expect(await store().get(ref(at, 'a'))).to.equal(undefined);
    expect(await store().list('clients', at)).to.deep.equal([]);
    expect(await store().list('clients', at, 'note')).to.deep.equal([]);
    expect(await store().due('clients', 1, 10)).to.deep.equal([]);
  });

  it('an expired document does not come between the due ones and the limit', async () => {
    for (const n of [1, 2, 3]) {
      await store().create('clients', doc(partition(), `old${n}`, { expiresAt: now() + 10, dueAt: n }));
    }
    await store().create('clients', doc(partition(), 'fresh', { dueAt: 4 }));
    wait(10);
    expect((await store().due('clients', 9, 1)).map(({ document }) => document.id)).to.deep.equal(['fresh']);
  });

  it('an expired document cannot be replaced; deleting it is no error', async () => {
    const at = partition();
    const version = await store().create('clients', doc(at, 'a', { expiresAt: now() + 10 }));
    wait(10);
    await refused(store().replace('clients', doc(at, 'a'), version), 'conflict');
    await store().delete(ref(at, 'a'));
    expect(await store().get(ref(at, 'a'))).to.equal(undefined);
  });

  it('an id is free again when its document has expired, and its old version is worth nothing', async () => {
    const at = partition();
    const old = await store().create('clients', doc(at, 'a', { expiresAt: now() + 10, dueAt: 1, old: true }));
    await refused(store().create('clients', doc(at, 'a')), 'conflict');
    wait(10);
    const version = await store().create('clients', doc(at, 'a', { type: 'new' }));
    expect(await store().get(ref(at, 'a'))).to.deep.equal({ document: doc(at, 'a', { type: 'new' }), version });
    expect(await store().list('clients', at, 'note')).to.deep.equal([]);
    expect(await store().due('clients', 1, 10)).to.deep.equal([]);
    await refused(store().replace('clients', doc(at, 'a'), old), 'conflict');
    await refused(store().create('clients', doc(at, 'a')), 'conflict');
  });

  it('a replace may put the end off or take it away', async () => {
    const at = partition();
    let version = await store().create('clients', doc(at, 'a', { expiresAt: now() + minute }));
    version = await store().replace('clients', doc(at, 'a', { expiresAt: now() + 3 * minute }), version);
    wait(2 * minute);
    expect(await store().get(ref(at, 'a'))).not.to.equal(undefined);
    await store().replace('clients', doc(at, 'a'), version);
    wait(1e12);
    expect(await store().get(ref(at, 'a'))).not.to.equal(undefined);
  });

  it('a document born expired is never seen and keeps its id free', async () => {
    const at = partition();
    await store().create('clients', doc(at, 'a', { expiresAt: now() - 1 }));
    expect(await store().get(ref(at, 'a'))).to.equal(undefined);
    await store().create('clients', doc(at, 'a'));
    expect(await store().get(ref(at, 'a'))).not.to.equal(undefined);
  });

  it('what is forgotten by the sweep is only what has expired', async () => {
    const at = partition();
    for (let n = 0; n < 20; n++) {
      await store().create('clients', doc(at, `n${10 + n}`, n % 2 ? { expiresAt: now() + minute } : {}));
    }
    for (let round = 0; round < 3; round++) {
      wait(2 * minute);
      await store().due('clients', now(), 10);
    }
    expect(await store().list('clients', at)).to.have.length(10);
  });
}
