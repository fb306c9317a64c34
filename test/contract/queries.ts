import { expect } from 'chai';
import type { Read } from '../../src/domain/documents.ts';
import { doc, ref } from '../support/documents.ts';
import type { Bench } from './documents.ts';

const ids = (reads: Read[]) => reads.map(({ document }) => document.id);

/** Lists of a partition, and what is due in a collection. */
export function queriesContract({ store, partition }: Bench): void {
  it('a list holds the documents of one type in order of id, or of all types', async () => {
    const at = partition();
    for (const id of ['b', 'a10', 'a2', 'B', 'ä', 'a']) await store().create('clients', doc(at, id));
    await store().create('clients', doc(at, 'aa', { type: 'other' }));
    await store().create('clients', doc(partition(), 'a1'));
    await store().create('coaches', doc(at, 'a3'));
    expect(ids(await store().list('clients', at, 'note'))).to.deep.equal(['B', 'a', 'a10', 'a2', 'b', 'ä']);
    expect(ids(await store().list('clients', at))).to.deep.equal(['B', 'a', 'a10', 'a2', 'aa', 'b', 'ä']);
    expect(await store().list('clients', at, 'none such')).to.deep.equal([]);
    expect(await store().list('clients', partition())).to.deep.equal([]);
  });

  it('what a list tells can be replaced, and equals what get tells', async () => {
    const at = partition();
    await store().create('clients', doc(at, 'a', { text: 'x' }));
    const [listed] = await store().list('clients', at);
    expect(listed).to.deep.equal(await store().get(ref(at, 'a')));
    await store().replace('clients', doc(at, 'a'), listed!.version);
  });

  it('a long list is told whole', async () => {
    const at = partition();
    const all = Array.from({ length: 230 }, (_, n) => `n${String(n).padStart(4, '0')}`);
    await Promise.all(all.toReversed().map((id) => store().create('clients', doc(at, id))));
    expect(ids(await store().list('clients', at, 'note'))).to.deep.equal(all);
  });

  it('a type or partition with quotes is a name, not a command', async () => {
    const at = partition();
    await store().create('clients', doc(at, 'a'));
    for (const trick of ["' OR '1'='1", '" OR "1"="1', "note'--", '@type']) {
      expect(await store().list('clients', at, trick)).to.deep.equal([]);
      expect(await store().list('clients', trick)).to.deep.equal([]);
    }
  });

  it('what is due is told over all partitions, oldest first, from its very millisecond on', async () => {
    const late = await store().create('clients', doc(partition(), 'late', { dueAt: 3000 }));
    await store().create('clients', doc(partition(), 'soon', { dueAt: 1000 }));
    await store().create('clients', doc(partition(), 'middle', { dueAt: 2000, type: 'other' }));
    await store().create('clients', doc(partition(), 'never'));
    await store().create('coaches', doc(partition(), 'elsewhere', { dueAt: 500 }));
    expect(ids(await store().due('clients', 999, 10))).to.deep.equal([]);
    expect(ids(await store().due('clients', 2000, 10))).to.deep.equal(['soon', 'middle']);
    const all = await store().due('clients', 9999, 10);
    expect(ids(all)).to.deep.equal(['soon', 'middle', 'late']);
    expect(all[2]?.version).to.equal(late);
  });

  it('no more is told to be due than was asked for, and the oldest come first', async () => {
    const order = [7, 3, 9, 1, 8, 2, 6, 4, 5, 0, 11, 10];
    for (const n of order) await store().create('clients', doc(partition(), `n${n}`, { dueAt: 100 + n }));
    expect(ids(await store().due('clients', 200, 3))).to.deep.equal(['n0', 'n1', 'n2']);
    expect(ids(await store().due('clients', 200, 100))).to.have.length(12);
    expect(await store().due('clients', 200, 0)).to.deep.equal([]);
  });

  it('a document whose due time was moved or taken away is due accordingly', async () => {
    const at = partition();
    let version = await store().create('clients', doc(at, 'a', { dueAt: 100 }));
    version = await store().replace('clients', doc(at, 'a', { dueAt: 300 }), version);
    expect(ids(await store().due('clients', 200, 10))).to.deep.equal([]);
    expect(ids(await store().due('clients', 300, 10))).to.deep.equal(['a']);
    await store().replace('clients', doc(at, 'a'), version);
    expect(ids(await store().due('clients', 300, 10))).to.deep.equal([]);
  });
}
