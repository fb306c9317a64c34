import { expect } from 'chai';
import { doc, ref, refused } from '../support/documents.ts';
import type { Bench } from './documents.ts';

/** One document at a time: what is written is what is read, whole and only once. */
export function writesContract({ store, again, partition, durable }: Bench): void {
  it('a document that nobody made is absent', async () => {
    expect(await store().get(ref(partition(), 'a'))).to.equal(undefined);
  });

  it('what was created is read back, with the version that create told', async () => {
    const note = doc(partition(), 'a', { text: 'Hei', list: [1, { two: null }] });
    const version = await store().create('clients', note);
    expect(await store().get(ref(note.partition, 'a'))).to.deep.equal({ document: note, version });
  });

  it('a taken id refuses a second document and keeps the first', async () => {
    const note = doc(partition(), 'a', { text: 'first' });
    const version = await store().create('clients', note);
    await refused(store().create('clients', { ...note, schema: 2 }), 'conflict');
    expect(await store().get(ref(note.partition, 'a'))).to.deep.equal({ document: note, version });
  });

  it('a replace of the version read is done and gives another version', async () => {
    const note = doc(partition(), 'a', { text: 'first' });
    const first = await store().create('clients', note);
    const second = await store().replace('clients', { ...note, text: 'second' } as typeof note, first);
    expect(second).not.to.equal(first);
    const read = await store().get(ref(note.partition, 'a'));
    expect(read).to.deep.equal({ document: { ...note, text: 'second' }, version: second });
  });

  it('a replace of an older version is refused and changes nothing', async () => {
    const note = doc(partition(), 'a', { n: 1 });
    const first = await store().create('clients', note);
    const second = await store().replace('clients', { ...note, schema: 2 }, first);
    await refused(store().replace('clients', { ...note, schema: 3 }, first), 'conflict');
    const read = await store().get(ref(note.partition, 'a'));
    expect(read).to.deep.equal({ document: { ...note, schema: 2 }, version: second });
  });

  it('a replace with the same words still ends the old version', async () => {
    const note = doc(partition(), 'a');
    const first = await store().create('clients', note);
    await store().replace('clients', note, first);
    await refused(store().replace('clients', note, first), 'conflict');
  });

  it('a replace of what is not there is a conflict, whatever the version', async () => {
    await refused(store().replace('clients', doc(partition(), 'a'), 'no-version-of-ours'), 'conflict');
    await refused(store().replace('clients', doc(partition(), 'a'), ''), 'conflict');
    await refused(store().replace('clients', doc(partition(), 'a'), '*'), 'conflict');
  });

  it('a version that means "any" elsewhere replaces nothing', async () => {
    const note = doc(partition(), 'a');
    await store().create('clients', note);
    for (const any of ['*', '', '%', '"*"']) await refused(store().replace('clients', note, any), 'conflict');
  });

  it('a replaced document keeps nothing of the old one', async () => {
    const at = partition();
    const version = await store().create('clients', doc(at, 'a', { dueAt: 1, old: true, both: { left: 1 } }));
    const next = doc(at, 'a', { both: { right: 2 } });
    await store().replace('clients', next, version);
    expect((await store().get(ref(at, 'a')))?.document).to.deep.equal(next);
    expect(await store().due('clients', 10, 10)).to.deep.equal([]);
  });

  it('a deleted document is absent, and deleting it again is no error', async () => {
    const note = doc(partition(), 'a');
    await store().create('clients', note);
    await store().delete(ref(note.partition, 'a'));
    await store().delete(ref(note.partition, 'a'));
    expect(await store().get(ref(note.partition, 'a'))).to.equal(undefined);
  });

  it('a document made again after a delete does not answer to its old version', async () => {
    const note = doc(partition(), 'a');
    const old = await store().create('clients', note);
    await store().delete(ref(note.partition, 'a'));
    await store().create('clients', note);
    await refused(store().replace('clients', note, old), 'conflict');
  });

  it('undefined fields are dropped, null stays', async () => {
    const note = doc(partition(), 'a', { gone: undefined, kept: null, dueAt: undefined });
    await store().create('clients', note);
    const read = await store().get(ref(note.partition, 'a'));
    expect(read?.document).to.deep.equal(doc(note.partition, 'a', { kept: null }));
    expect(read?.document).not.to.have.any.keys('gone', 'dueAt');
  });

  it('documents given and read are copies: changing one changes nothing else', async () => {
    const note = doc(partition(), 'a', { words: ['one'] });
    await store().create('clients', note);
    note.words.push('two');
    const first = await store().get<typeof note>(ref(note.partition, 'a'));
    first?.document.words.push('three');
    const second = await store().get<typeof note>(ref(note.partition, 'a'));
    expect(second?.document.words).to.deep.equal(['one']);
  });

  it('another opening of the store sees what the first one wrote, and they respect each other', async function () {
    if (!durable) return this.skip();
    const note = doc(partition(), 'a', { n: 1 });
    const version = await store().create('clients', note);
    const other = await again();
    expect(await other.get(ref(note.partition, 'a'))).to.deep.equal({ document: note, version });
    await other.replace('clients', note, version);
    await refused(store().replace('clients', note, version), 'conflict');
  });

  it('what was written is there after the store was closed and opened', async function () {
    if (!durable) return this.skip();
    const note = doc(partition(), 'a', { text: 'muistan' });
    const version = await store().create('clients', note);
    await store().close();
    const later = await again();
    expect(await later.get(ref(note.partition, 'a'))).to.deep.equal({ document: note, version });
    await later.replace('clients', note, version);
  });

  it('a store that answers is ready; a closed one is unavailable and closing it again is no error', async () => {
    await store().ping();
    await store().close();
    await refused(store().ping(), 'storeUnavailable');
    await refused(store().get(ref(partition(), 'a')), 'storeUnavailable');
    await refused(store().create('clients', doc(partition(), 'a')), 'storeUnavailable');
    await store().close();
  });
}
