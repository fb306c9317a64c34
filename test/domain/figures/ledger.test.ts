import { expect } from 'chai';
import fc from 'fast-check';
import type { DocumentRef, OutboxItem } from '../../../src/domain/documents.ts';
import type { FigureNotice, Happening } from '../../../src/domain/figures/figure.ts';
import { countIn, type FigurePart, figuresOfMonth, placeOf, takenFor } from '../../../src/domain/figures/ledger.ts';
import { notice, telling } from '../../../src/domain/notices.ts';
import { createRelay } from '../../../src/outbox/relay.ts';
import { HandClock } from '../../support/clock.ts';
import { doc } from '../../support/documents.ts';
import { dying } from '../../support/dying-documents.ts';
import { documentsFaults, faultyDocuments } from '../../support/faulty-documents.ts';
import { MemoryDocuments } from '../../support/memory-documents.ts';
import { isFull, seed, tellRow } from '../../support/row.ts';

const start = '2026-11-23T10:00:00+02:00';
const hour = 3_600_000;
const quiet = { info() {}, warn() {}, error() {} };

function figure(id: string, what: Happening, at: number, more: Partial<FigureNotice> = {}): OutboxItem {
  const day = new Date(at).toISOString().slice(0, 10);
  return notice('figure', id, at, { city: 'town', day, what, of: { service: 'workshop' }, ...more });
}

/** What is counted of the city, all its parts together. */
function countsOf(store: MemoryDocuments): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const part of store.all<FigurePart>('clients').filter(({ type }) => type === 'figures')) {
    for (const [name, n] of Object.entries(part.counts)) counts[name] = (counts[name] ?? 0) + n;
  }
  return counts;
}

function relayOn(documents: Parameters<typeof createRelay>[0]['documents'], clock: HandClock) {
  return createRelay({ documents, senders: {}, log: quiet, now: clock.now, timers: clock.timers });
}

describe('The figures', () => {
  it('are counted once each, whatever fails, dies, comes twice or is worked on at once', async () => {
    const what = fc.constantFrom<Happening>('intake', 'booked', 'seen', 'sent', 'declined');
    const sources = fc.array(fc.array(what, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 5 });
    const fault = fc.option(fc.constantFrom(...(Object.keys(documentsFaults) as (keyof typeof documentsFaults)[])), {
      freq: 4,
      nil: undefined,
    });
    const deaths = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.constantFrom('before', 'after')), {
      maxLength: 6,
    });
    let items = 0;
    let crashes = 0;
    await fc.assert(
      fc.asyncProperty(sources, fc.array(fault, { maxLength: 60 }), deaths, async (all, faults, dyings) => {
        const clock = new HandClock(start);
        const store = new MemoryDocuments(clock.now);
        const wanted: Record<string, number> = {};
        for (const [n, happenings] of all.entries()) {
          const own = happenings.map((one, k) => figure(`${n}-${k}`, one, clock.time));
          for (const one of happenings) wanted[one] = (wanted[one] ?? 0) + 1;
          items += own.length;
          await store.create('clients', telling(doc(`c${n}`, 'case'), ...own));
        }
        // Processes that die somewhere, then two at once on a store that fails now and then.
        for (const [call, when] of dyings as [number, 'before' | 'after'][]) {
          await relayOn(dying(store, { call, when }).documents, clock).sweep();
          crashes++;
        }
        const faulty = faultyDocuments(
          store,
          ({ n }) => faults[n],
          () => new Promise((resolve) => setImmediate(resolve)),
        );
        await Promise.all([relayOn(faulty, clock).sweep(), relayOn(faulty, clock).sweep()]);
        for (let rest = 0; rest < 3; rest++) await relayOn(store, clock).sweep();
        const counts = countsOf(store);
        for (const name of Object.keys(wanted)) {
          expect(counts[name], name).to.equal(wanted[name]);
          expect(counts[`${name}/service/workshop`], name).to.equal(wanted[name]);
        }
        expect(await store.due('clients', clock.time, 100), 'still waiting').to.deep.equal([]);
      }),
      { numRuns: isFull ? 5000 : 150, seed },
    );
    tellRow(`Figures: ${items} counted once each, over ${crashes} crashes, duplicates and faults (seed ${seed})`);
  });

  it('that come again days later are known, and after two weeks are not taken any more', async () => {
    const clock = new HandClock(start);
    const store = new MemoryDocuments(clock.now);
    const one = { id: 'x-figure-seen', figure: figure('x', 'seen', clock.time).payload as FigureNotice };
    const { ref } = placeOf(one);
    for (let day = 0; day <= takenFor + 20; day++) {
      await countIn(store, ref, [one, one], clock.time);
      expect(countsOf(store).seen, `day ${day}`).to.equal(1);
      clock.time += 24 * hour;
    }
    const late = { ...one, id: 'late' };
    await countIn(store, placeOf(late).ref, [late], clock.time);
    expect(countsOf(store).seen).to.equal(1);
  });

  it('remember no more marks than two weeks bring, and hold nothing that points at a document', async () => {
    const clock = new HandClock(start);
    const store = new MemoryDocuments(clock.now);
    const ids: string[] = [];
    for (let n = 0; n < 40 * 24; n++) {
      const id = `appointment-${n}-figure-booked`;
      ids.push(id);
      const one = { id, figure: figure(id, 'booked', clock.time).payload as FigureNotice };
      await countIn(store, placeOf(one).ref, [one], clock.time);
      clock.time += hour;
    }
    const parts = store.all<FigurePart>('clients');
    const marks = parts.flatMap(({ applied }) => Object.values(applied).flat());
    // Of the months that are over, the marks of the last days before stay; nothing adds to them.
    expect(marks.length).to.be.at.most(3 * (takenFor + 1) * 24);
    expect(countsOf(store).booked).to.equal(ids.length);
    const text = JSON.stringify(parts);
    for (const id of ids) expect(text).not.to.include(id);
  });

  it('of what is worked on at once go together in few writes', async () => {
    const clock = new HandClock(start);
    const store = new MemoryDocuments(clock.now);
    for (let n = 0; n < 64; n++) {
      await store.create('clients', telling(doc(`c${n}`, 'case'), figure(`${n}-a`, 'seen', clock.time)));
    }
    let writes = 0;
    const counting = new Proxy(store, {
      get(target, name: keyof MemoryDocuments) {
        if (name !== 'create' && name !== 'replace') return target[name];
        return (collection: DocumentRef['collection'], document: { type: string }, version: string) => {
          if (document.type === 'figures') writes++;
          return (target[name] as (...all: unknown[]) => unknown)(collection, document, version);
        };
      },
    });
    await relayOn(counting as MemoryDocuments, clock).sweep();
    expect(countsOf(store).seen).to.equal(64);
    expect(writes).to.be.below(64);
  });

  it('are kept by month, for five years', async () => {
    const clock = new HandClock(start);
    const store = new MemoryDocuments(clock.now);
    const one = { id: 'x', figure: figure('x', 'seen', clock.time, { days: { bookingToMeeting: 6 } }).payload };
    await countIn(store, placeOf(one as never).ref, [one as never], clock.time);
    const [part] = store.all<FigurePart>('clients');
    expect(part!.partition).to.equal(figuresOfMonth('town', '2026-11'));
    expect(part!.days).to.deep.equal({ bookingToMeeting: { 6: 1 }, 'bookingToMeeting/workshop': { 6: 1 } });
    expect(new Date(part!.expiresAt!).toISOString()).to.equal('2031-11-01T00:00:00.000Z');
  });
});
