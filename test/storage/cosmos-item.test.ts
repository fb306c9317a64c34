import { expect } from 'chai';
import fc from 'fast-check';
import {
  type CosmosVersion,
  judgeReplace,
  readVersion,
  type StoredItem,
  toItem,
  versionOf,
  writeVersion,
} from '../../src/storage/cosmos-item.ts';
import { doc } from '../support/documents.ts';

const note = doc('p', 'a');
let made = 0;
const attempt = () => String(made++).padStart(8, 'a');

function write(by: string, over?: CosmosVersion, now = 0): StoredItem {
  return { ...toItem(note, by, over?.attempts ?? '', now), _etag: `etag-of-${by}` };
}

/** A document with this many writes, oldest first. */
function history(writes: number): StoredItem[] {
  const items = [write(attempt())];
  while (items.length < writes) items.push(write(attempt(), versionOf(items.at(-1)!)));
  return items;
}

describe('What a document in Cosmos DB tells of a write that nobody answered', () => {
  const sizes = { before: fc.integer({ min: 1, max: 200 }), since: fc.integer({ min: 0, max: 127 }) };

  it('a write that was done is found, also under 127 later ones', () => {
    fc.assert(
      fc.property(sizes.before, sizes.since, (before, since) => {
        const base = versionOf(history(before).at(-1)!);
        const mine = attempt();
        let item = write(mine, base);
        for (let n = 0; n < since; n++) item = write(attempt(), versionOf(item));
        expect(judgeReplace(item, base, mine)).to.equal('written');
      }),
    );
  });

  it('a write that was not done is lost as soon as others wrote, and open until then', () => {
    fc.assert(
      fc.property(sizes.before, sizes.since, (before, since) => {
        let item = history(before).at(-1)!;
        const base = versionOf(item);
        for (let n = 0; n < since; n++) item = write(attempt(), versionOf(item));
        expect(judgeReplace(item, base, attempt())).to.equal(since ? 'lost' : 'open');
      }),
    );
  });

  it('a state from before the version that was read tells nothing yet', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 127 }), sizes.before, (lag, before) => {
        const items = history(before + lag);
        expect(judgeReplace(items[before - 1]!, versionOf(items.at(-1)!), attempt())).to.equal('open');
      }),
    );
  });

  it('when more was written since than a document remembers, it is said that nobody can tell', () => {
    const base = versionOf(history(3).at(-1)!);
    const mine = attempt();
    let item = write(mine, base);
    for (let n = 0; n < 128; n++) item = write(attempt(), versionOf(item));
    expect(judgeReplace(item, base, mine)).to.equal('untold');
  });

  it('a document that is written now and then remembers its last four writes, and all of the last half minute', () => {
    fc.assert(
      fc.property(fc.nat(4e12), fc.integer({ min: 31, max: 60 }), (start, pause) => {
        let [item, now] = [write(attempt(), undefined, start), start];
        for (let n = 0; n < 20; n++) {
          now += pause * 1000;
          item = write(attempt(), versionOf(item), now);
        }
        expect(item.attempts).to.have.length(4 * 10);
        const base = versionOf(item);
        const mine = attempt();
        item = write(mine, base, now);
        for (let n = 0; n < 30; n++) item = write(attempt(), versionOf(item), now + n * 1000);
        expect(judgeReplace(item, base, mine)).to.equal('written');
        expect(judgeReplace(item, base, attempt())).to.equal('lost');
      }),
    );
  });

  it('a document made anew has nothing to do with a write to the old one', () => {
    const base = versionOf(history(3).at(-1)!);
    expect(judgeReplace(write(attempt()), base, attempt())).to.equal('lost');
  });

  it('a version is read back as it was written; what is no version of ours is none', () => {
    const etag = fc.stringMatching(/^[!-~]{1,40}$/).filter((text) => text !== '*');
    fc.assert(
      fc.property(
        etag,
        fc.option(fc.integer(), { nil: undefined }),
        fc.stringMatching(/^[\w-]{8}$/),
        (e, expiresAt, a) => {
          const version = { etag: e, expiresAt, attempts: a };
          expect(readVersion(writeVersion(version))).to.deep.equal(version);
        },
      ),
    );
    for (const other of ['', '*', '*  aaaaaaaa', 'x', 'c0ffee', ' ', '  ']) {
      expect(readVersion(other), other).to.equal(undefined);
    }
  });

  it('the store keeps an item for an hour after its end, and never longer than it can count', () => {
    expect(toItem({ ...note, expiresAt: 61_000 }, attempt(), '', 1000).ttl).to.equal(60 + 3600);
    expect(toItem({ ...note, expiresAt: 0 }, attempt(), '', 1000).ttl).to.equal(3600);
    expect(toItem({ ...note, expiresAt: 9e15 }, attempt(), '', 1000).ttl).to.equal(2_147_483_647);
    expect(toItem(note, attempt(), '', 1000)).not.to.have.property('ttl');
  });
});
