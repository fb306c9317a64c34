import { expect } from 'chai';
import fc from 'fast-check';
import { breakdown, shareOf } from '../../../src/domain/figures/breakdown.ts';
import { leadTimeOf } from '../../../src/domain/figures/lead-time.ts';
import { monthsOf, quarterOf, quartersBefore, shownFrom } from '../../../src/domain/figures/quarter.ts';
import { fewest, suppressed } from '../../../src/domain/figures/suppress.ts';
import { isFull, seed, tellRow } from '../../support/row.ts';

const sum = (counts: number[]) => counts.reduce((all, one) => all + one, 0);

/** Every table of so many groups and so many people. */
function* tablesOf(groups: number, people: number): Generator<number[]> {
  if (groups === 1) yield [people];
  else for (let n = 0; n <= people; n++) for (const rest of tablesOf(groups - 1, people - n)) yield [n, ...rest];
}

const looksOf = (table: number[]) =>
  suppressed(table)
    .map((count) => count ?? '–')
    .join(' ');

function add(alike: Map<string, Set<number>[]>, looks: string, table: number[]): void {
  const values = alike.get(looks) ?? table.map(() => new Set<number>());
  for (const [i, count] of table.entries()) values[i]!.add(count);
  alike.set(looks, values);
}

describe('Small groups', () => {
  it('cannot be worked out from the total, not even by somebody who knows the rule', () => {
    let tables = 0;
    let hidden = 0;
    for (const [groups, most] of isFull
      ? [
          [2, 60],
          [3, 60],
          [4, 44],
          [5, 32],
          [6, 26],
          [7, 22],
        ]
      : [
          [2, 40],
          [3, 30],
          [4, 24],
          [5, 21],
          [6, 14],
        ]) {
      for (let people = 0; people <= most!; people++) {
        // All tables that look the same on the page, with each value that each hidden count has in one of them; and as
        // somebody sees them who knows from elsewhere which groups are empty.
        const alike = new Map<string, Set<number>[]>();
        const alikeKnowing = new Map<string, Set<number>[]>();
        for (const table of tablesOf(groups!, people)) {
          const looks = looksOf(table);
          add(alike, looks, table);
          add(alikeKnowing, `${looks} ${table.map((count) => (count === 0 ? 'empty' : ''))}`, table);
          tables++;
        }
        for (const [looks, values] of alike) {
          for (const [i, shown] of looks.split(' ').entries()) {
            if (shown !== '–') continue;
            hidden++;
            expect(values[i]!.size, `${people} people, ${looks}`).to.be.above(1);
          }
        }
        for (const [looks, values] of alikeKnowing) {
          // Where no group is large there is nothing to hide the small ones behind but the empty ones.
          const isLarge = values.some((one) => [...one].some((count) => count >= fewest));
          const known = values.flatMap((one) => (one.size === 1 ? [...one] : []));
          const small = known.filter((count) => count > 0 && count < fewest);
          expect(isLarge ? small : [], `${people} people, ${looks}`).to.deep.equal([]);
        }
      }
    }
    tellRow(`Figures: ${tables} tables, ${hidden} hidden counts, 0 worked out from the total`);
  });

  it('are never shown, of whatever table, and those that are left leave more than one way to fill the rest', () => {
    const counts = fc.array(fc.oneof(fc.nat(6), fc.nat(3000)), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(counts, (table) => {
        const page = suppressed(table);
        for (const count of page) expect(count === undefined || count === 0 || count >= fewest).to.equal(true);
        const hidden = table.filter((_, i) => page[i] === undefined);
        if (hidden.length === 0) return;
        expect(hidden.length).to.be.above(1);
        const left = sum(table) - sum(page.map((count) => count ?? 0));
        expect(left).to.equal(sum(hidden));
        expect(left).to.be.above(0);
        // Whoever is hidden can have been anybody else who is.
        const swapped = [...table];
        const places = table.flatMap((_, i) => (page[i] === undefined ? [i] : []));
        for (const [n, place] of places.entries()) swapped[place] = table[places[(n + 1) % places.length]!]!;
        expect(suppressed(swapped)).to.deep.equal(page);
      }),
      { numRuns: isFull ? 100_000 : 3000, seed },
    );
  });

  it('are not told by shares either', () => {
    const figures = { counts: { 'intake/age/18to29': 12, 'intake/age/55plus': 3, 'intake/age/notTold': 40 }, days: {} };
    const table = breakdown(figures, 'intake', 'age', ['under18', '18to29', '55plus', 'notTold']);
    expect(table.total).to.equal(55);
    expect(table.groups.map(({ count }) => count)).to.deep.equal([undefined, undefined, undefined, 40]);
    expect(shareOf(table, ['55plus'])).to.equal(undefined);
    expect(shareOf(table, ['18to29', 'notTold'])).to.equal(undefined);
    expect(shareOf(table, ['notTold'])).to.be.closeTo(72.7, 0.1);
  });

  it('have no lead time', () => {
    expect(leadTimeOf({ 3: 4 })).to.equal(undefined);
    expect(leadTimeOf(undefined)).to.equal(undefined);
    expect(leadTimeOf({ 3: 5 })).to.deep.equal({ people: 5, median: 3, most: 3 });
  });
});

describe('Lead times', () => {
  it('are those of the people in order: half waited so long at most, and nine of ten', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { minLength: fewest, maxLength: 200 }), (waits) => {
        const lengths: Record<string, number> = {};
        for (const days of waits) lengths[days] = (lengths[days] ?? 0) + 1;
        const sorted = waits.toSorted((a, b) => a - b);
        const at = (share: number) => sorted[Math.ceil(share * sorted.length - 1e-9) - 1];
        expect(leadTimeOf(lengths)).to.deep.equal({ people: waits.length, median: at(0.5), most: at(0.9) });
      }),
    );
  });
});

describe('Quarters', () => {
  it('follow one another without a gap, and are shown by group two weeks after their end', () => {
    expect(quarterOf('2026-11-22')).to.equal('2026-Q4');
    expect(quartersBefore('2026-Q1', 1)).to.equal('2025-Q4');
    expect(monthsOf('2025-Q4')).to.deep.equal(['2025-10', '2025-11', '2025-12']);
    expect(shownFrom('2025-Q4')).to.equal('2026-01-16');
    const months = Array.from({ length: 40 }, (_, n) => monthsOf(quartersBefore('2030-Q4', 39 - n))).flat();
    expect(new Set(months).size).to.equal(120);
    expect(months).to.deep.equal([...months].sort());
  });
});
