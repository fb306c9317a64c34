import { expect } from 'chai';
import { maxDocumentBytes } from '../../src/storage/encoded-document.ts';
import { doc, ref, refused } from '../support/documents.ts';
import type { Bench } from './documents.ts';

const oddIds = [
  'two  words',
  'a+b&c=d;e,f',
  'O\'Neill "the" `tick`',
  '$(x) {y} [z] <b> |^~',
  '2026-11-23T08:00:00.000+02:00',
  'Äijälä-Åström',
  '日本語',
  '🦊👩‍👩‍👧',
  '...',
  '__proto__',
  'constructor',
  'null',
  '0',
  "' OR '1'='1",
  'docs',
  'x'.repeat(255),
  'ä'.repeat(127),
];
const refusedIds = [
  '',
  ' ',
  ' a',
  'a ',
  'a\u00a0',
  '.',
  '..',
  'a/b',
  'a\\b',
  'a?b',
  'a#b',
  'a%b',
  'a%2Fb',
  'a\nb',
  'a\u0000b',
  'half \ud800',
  'x'.repeat(256),
  'ä'.repeat(128),
];

/** Names, words and sizes: what may be an id, and that nothing in a document is lost or understood as a command. */
export function identityContract({ store, partition }: Bench): void {
  it('odd ids are kept apart and come back unchanged', async () => {
    const at = partition();
    for (const id of oddIds) await store().create('clients', doc(at, id, { name: id }));
    for (const id of oddIds) {
      const read = await store().get(ref(at, id));
      expect(read?.document).to.deep.equal(doc(at, id, { name: id }));
      await store().replace('clients', doc(at, id), read!.version);
    }
    expect(await store().list('clients', at)).to.have.length(oddIds.length);
    for (const id of oddIds) await store().delete(ref(at, id));
    expect(await store().list('clients', at)).to.deep.equal([]);
  });

  it('an id that some store could not keep is refused by every verb', async () => {
    const at = partition();
    for (const id of refusedIds) {
      await refused(store().create('clients', doc(at, id)), 'badRequest');
      await refused(store().replace('clients', doc(at, id), 'v'), 'badRequest');
      await refused(store().get(ref(at, id)), 'badRequest');
      await refused(store().delete(ref(at, id)), 'badRequest');
    }
  });

  it('odd partitions are kept apart, empty and endless ones are refused', async () => {
    const at = partition();
    const odd = ['/', '?a=b', '#', '%', '\\', '"', "'", ' ', 'ä', '🦊', '.', '..', 'a\nb'].map((end) => `${at}${end}`);
    for (const each of odd) await store().create('clients', doc(each, 'a', { each }));
    for (const each of odd) {
      expect((await store().get(ref(each, 'a')))?.document).to.deep.equal(doc(each, 'a', { each }));
      expect(await store().list('clients', each)).to.have.length(1);
    }
    for (const each of ['', 'x'.repeat(256), '\udc00']) {
      await refused(store().create('clients', doc(each, 'a')), 'badRequest');
      await refused(store().list('clients', each), 'badRequest');
    }
  });

  it('the same id in another partition or collection is another document', async () => {
    const [one, two] = [partition(), partition()];
    await store().create('clients', doc(one, 'a', { n: 1 }));
    await store().create('clients', doc(two, 'a', { n: 2 }));
    await store().create('coaches', doc(one, 'a', { n: 3 }));
    await store().delete(ref(two, 'a'));
    expect((await store().get(ref(one, 'a')))?.document).to.include({ n: 1 });
    expect((await store().get(ref(one, 'a', 'coaches')))?.document).to.include({ n: 3 });
    expect(await store().get(ref(two, 'a'))).to.equal(undefined);
  });

  it('every character and number of a document comes back', async () => {
    const note = doc(partition(), 'a', {
      text: 'ä\u0000\u2028\u2029\ufeff👩‍👩‍👧 "\\/\' \u202eoikea\r\n\t',
      composed: '\u00e4',
      decomposed: 'a\u0308',
      numbers: [0.1 + 0.2, Number.MAX_SAFE_INTEGER, Number.MIN_VALUE, 1e300, -1],
      nothing: [null, '', {}, [], false],
      'odd key $ . [0] "': 1,
    });
    await store().create('clients', note);
    expect((await store().get(ref(note.partition, 'a')))?.document).to.deep.equal(note);
  });

  it('fields named like those of a store are only fields', async () => {
    const mine = {
      _etag: 'e',
      _ts: 1,
      _rid: 'r',
      _self: 's',
      ttl: 1,
      attempt: 'x',
      version: 'v',
      body: {},
      document: 1,
    };
    const note = doc(partition(), 'a', { ...mine, collection: 'coaches', rowid: 7 });
    await store().create('clients', note);
    expect((await store().get(ref(note.partition, 'a')))?.document).to.deep.equal(note);
  });

  it('a key __proto__ in a document changes no prototype', async () => {
    const note = doc(partition(), 'a', JSON.parse('{"inner":{"__proto__":{"admin":true}}}'));
    await store().create('clients', note);
    const read = await store().get(ref(note.partition, 'a'));
    expect(JSON.stringify(read?.document)).to.equal(JSON.stringify(note));
    expect(({} as Record<string, unknown>).admin).to.equal(undefined);
  });

  it('a document may be large, and one over the limit is refused before anything is written', async () => {
    const at = partition();
    const room = maxDocumentBytes - Buffer.byteLength(JSON.stringify(doc(at, 'a', { text: '' })));
    const largest = doc(at, 'a', { text: 'x'.repeat(room) });
    const version = await store().create('clients', largest);
    expect((await store().get<typeof largest>(ref(at, 'a')))?.document.text).to.have.length(room);
    const tooLarge = doc(at, 'a', { text: 'x'.repeat(room + 1) });
    await refused(store().replace('clients', tooLarge, version), 'documentTooLarge');
    await refused(store().create('clients', { ...tooLarge, id: 'b' }), 'documentTooLarge');
    // Bytes count, not characters: ä has two.
    await refused(store().create('clients', doc(at, 'c', { text: 'ä'.repeat(room / 2 + 1) })), 'documentTooLarge');
    expect(await store().list('clients', at)).to.have.length(1);
  });

  it('a time that is no whole number of milliseconds is refused', async () => {
    for (const time of [1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      await refused(store().create('clients', doc(partition(), 'a', { dueAt: time })), 'badRequest');
      await refused(store().create('clients', doc(partition(), 'a', { expiresAt: time })), 'badRequest');
    }
  });
}
