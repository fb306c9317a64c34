import { expect } from 'chai';
import fc from 'fast-check';
import { readCsv } from '../../src/letters/csv.ts';

const cells = (text: string) => readCsv(Buffer.from(text)).map((row) => row.cells);
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

describe('A table from a spreadsheet', () => {
  it('is read back as it was written, whatever the separator, the line ends, the quotes and the mark at its start', () => {
    const plain = fc.string().map((text) => `x${text}x`);
    const writing = fc.record({
      separator: fc.constantFrom(';', ',', '\t'),
      end: fc.constantFrom('\n', '\r\n', '\r'),
      bom: fc.constantFrom('', '\uFEFF'),
      last: fc.boolean(),
    });
    const table = fc.array(fc.tuple(plain, plain, plain), { minLength: 1 });
    fc.assert(
      fc.property(table, writing, (rows, { separator, end, bom, last }) => {
        const head = ['a', 'b', 'c'].join(separator);
        const lines = rows.map((row) => row.map(quoted).join(separator));
        const text = bom + [head, ...lines].join(end) + (last ? end : '');
        expect(cells(text)).to.deep.equal([['a', 'b', 'c'], ...rows]);
      }),
    );
  });

  it('needs no quotes where a cell holds none of the signs that mean something', () => {
    expect(cells('a;b\n 1 ;Öhman, Åke\n')).to.deep.equal([
      ['a', 'b'],
      ['1', 'Öhman, Åke'],
    ]);
    expect(cells('a,b\n1,5" ruuvi\n')[1]).to.deep.equal(['1', '5" ruuvi']);
  });

  it('tells the line on which each row begins, empty lines and breaks in cells counted', () => {
    const rows = readCsv(Buffer.from('a;b\r\n\r\n1;"two\r\nlines"\r\n;;\r\n2;x'));
    expect(rows.map(({ line }) => line)).to.deep.equal([1, 3, 6]);
  });

  it('is refused when a quote never ends or the file is not in UTF-8', () => {
    expect(() => cells('a;b\n1;"x\n2;y\n')).to.throw('line 2: a quote');
    expect(() => readCsv(Buffer.from('a;b\n1;Öhman', 'latin1'))).to.throw(/not in UTF-8.*“CSV UTF-8”/);
    expect(() => readCsv(Buffer.from('\uFEFFa;b', 'utf16le'))).to.throw(/not in UTF-8/);
  });
});
