import { serialize } from 'node:v8';
import { expect } from 'chai';
import fc from 'fast-check';
import { encodeDocument } from '../../src/storage/encoded-document.ts';

describe('A document in writing', () => {
  const place = { id: 'a', partition: 'p', type: 't', schema: 1 };

  it('is what JSON makes of it, frozen members or not, when its lists are its last fields, also when it is written again', () => {
    const member = fc.jsonValue().map((value) => (value === null ? value : Object.freeze(value)));
    const list = fc.array(fc.oneof(fc.jsonValue(), member, fc.constant(undefined)));
    const other = fc.oneof(fc.jsonValue(), fc.constant(undefined)).filter((value) => !Array.isArray(value));
    const named = (first: string) => fc.string().map((rest) => `${first}${rest}`);
    fc.assert(
      fc.property(fc.dictionary(named('a'), other), fc.dictionary(named('b'), list), (more, lists) => {
        const document = { ...place, ...more, ...lists };
        for (let again = 0; again < 2; again++) {
          expect(encodeDocument(document)).to.equal(JSON.stringify(document));
        }
      }),
    );
  });

  it('is a text of one byte a letter, though dashes and quotation marks are said in it', () => {
    // How V8 keeps a text is seen in how it hands one on: a quotation mark stands before a narrow one.
    const isNarrow = (said: string) => {
      const document = { ...place, said };
      return serialize(encodeDocument(document)).subarray(0, 4).includes('"');
    };
    expect(isNarrow('ä – it’s “fine”'), 'with marks').to.equal(true);
    expect(isNarrow('я'), 'in another script').to.equal(false);
  });

  it('says what JSON says of it, frozen members or not, in any script, also when it is written again', () => {
    const marks = fc.string({
      unit: fc.constantFrom('–', '’', '“', '\u2028', '\\', '"', 'ä', 'я', '🙂', '\ud800', 'u'),
    });
    const value = fc.oneof(fc.jsonValue({ stringUnit: 'binary' }), marks, fc.record({ text: marks }));
    const member = value.map((one) => (one === null ? one : Object.freeze(one)));
    const list = fc.array(fc.oneof(value, member, fc.constant(undefined)));
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(value, list, fc.constant(undefined))), (more) => {
        const document = { ...more, ...place };
        for (let again = 0; again < 2; again++) {
          expect(JSON.parse(encodeDocument(document))).to.deep.equal(JSON.parse(JSON.stringify(document)));
        }
      }),
    );
  });

  it('tells a member that was changed, since only frozen ones are remembered', () => {
    const line = { text: 'one' };
    const document = { ...place, lines: [line] };
    expect(encodeDocument(document)).to.include('one');
    line.text = 'two';
    expect(encodeDocument(document)).to.include('two');
  });
});
