import { expect } from 'chai';
import fc from 'fast-check';
import { type FoundObject, splitObjects } from '../../src/municipalities/json-objects.ts';

function split(text: string, sizes: number[] = [1 << 16]): FoundObject[] {
  const bytes = Buffer.from(text, 'utf8');
  const splitter = splitObjects('itemList');
  const all: FoundObject[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length]!;
    // The same room for each piece, as a reader of files does it.
    const piece = Buffer.from(bytes.subarray(at, at + size));
    all.push(...splitter.push(piece));
    piece.fill(0);
    at += size;
  }
  splitter.end();
  return all;
}

const found = (text: string, sizes?: number[]): unknown[] => split(text, sizes).map((one) => JSON.parse(one.text));

function refusal(text: string): string {
  try {
    found(text);
    return 'taken';
  } catch (error) {
    return (error as Error).message;
  }
}

const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 8 });
const writing = fc.record({
  sizes: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
  indent: fc.constantFrom(undefined, 2),
  bom: fc.constantFrom('', '\uFEFF'),
});

describe('A JSON file of services', () => {
  it('gives every object of a list, in whatever pieces it comes', () => {
    fc.assert(
      fc.property(objects, writing, (list, { sizes, indent, bom }) => {
        expect(found(bom + JSON.stringify(list, undefined, indent), sizes)).to.deep.equal(normal(list));
      }),
    );
  });

  it('gives every object of a page, and nothing of what stands around', () => {
    fc.assert(
      fc.property(objects, writing, (itemList, { sizes, indent, bom }) => {
        const page = { pageNumber: 1, other: [{ not: 'this' }], note: 'itemList', itemList, after: { itemLists: [] } };
        expect(found(bom + JSON.stringify(page, undefined, indent), sizes)).to.deep.equal(normal(itemList));
      }),
    );
  });

  it('gives a single object, and pages saved one after another', () => {
    expect(found('{"id":"a","serviceNames":[{"value":"}]"}]}')).to.deep.equal([
      { id: 'a', serviceNames: [{ value: '}]' }] },
    ]);
    expect(found('{"itemList":[{"a":1}]}\n{"itemList":[{"a":2}]}\n')).to.deep.equal([{ a: 1 }, { a: 2 }]);
    expect(found('{"a":"\\"{\\\\"}{"b":[]}')).to.deep.equal([{ a: '"{\\' }, { b: [] }]);
    expect(found('[]')).to.deep.equal([]);
  });

  it('tells the line on which an object begins', () => {
    expect(split('[\n{"a":1},\n\n{"b":\n2}]', [3]).map(({ line }) => line)).to.deep.equal([2, 4]);
  });

  it('is refused with the line when it is something else or ends in the middle', () => {
    expect(refusal('\n<!DOCTYPE html>')).to.match(/^Line 2 is no JSON/);
    expect(refusal('[{"a":1},\n{"b":')).to.match(/ends in the middle, on line 2/);
    expect(refusal(']')).to.match(/^Line 1 is no JSON/);
  });
});

function normal(list: unknown): unknown {
  return JSON.parse(JSON.stringify(list));
}
