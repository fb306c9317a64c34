import { expect } from 'chai';
import fc from 'fast-check';
import type { PolkuError } from '../../src/errors.ts';
import { readCsv } from '../../src/letters/csv.ts';
import { readTransferred } from '../../src/letters/transferred-clients.ts';
import { porvoo } from '../support/conversation.ts';
import { identityCode } from '../support/identity-codes.ts';

const head = 'id;language;name;address1;address2;address3;coach';
const good = '1;fi;Mira Mallinen;Mallikatu 1;06100 Porvoo;;aino-lehtivaara';
const read = (...lines: string[]) => readTransferred(readCsv(Buffer.from(lines.join('\n'))), porvoo);

function problems(...lines: string[]): string[] {
  try {
    read(...lines);
  } catch (error) {
    return (error as PolkuError).details.problems as string[];
  }
  return [];
}

describe('The table of transferred clients', () => {
  it('tells number, language, name, address and coach', () => {
    expect(read(head, good, '2;SV;Örjan Öhman;"Modellgatan 2; bst 3";06100 Borgå')).to.deep.equal([
      {
        line: 2,
        number: '1',
        language: 'fi',
        name: 'Mira Mallinen',
        address: ['Mallikatu 1', '06100 Porvoo'],
        coach: 'aino-lehtivaara',
      },
      { line: 3, number: '2', language: 'sv', name: 'Örjan Öhman', address: ['Modellgatan 2; bst 3', '06100 Borgå'] },
    ]);
  });

  it('may have its columns in any order, and only those that are needed', () => {
    expect(read('Name,ADDRESS,Language,Id', 'Mira,Katu 1,ru,7')[0]).to.deep.include({
      number: '7',
      address: ['Katu 1'],
    });
  });

  it('is refused as a whole with every mistake, a line each, and nothing of what it holds', () => {
    const told = problems(
      head,
      good,
      '1;fi;Sanna Salainen;Katu 2;;;',
      '3;suomi;Sanna Salainen;Katu 2;;;',
      '4;fi;;;;;',
      '5;fi;Sanna\u0007Salainen;Katu 2;;;',
      '6;fi;سنا;Katu 2;;;',
      '7;fi;Sanna Salainen;Katu 2;;;nobody',
      `8;fi;${'x'.repeat(61)};Katu 2;;;`,
      '9;fi;Salainen;Sanna;Katu 2;06100;Porvoo;1',
    );
    expect(told).to.have.length(10);
    expect(told.map((line) => /^line (\d+): (\w+)/.exec(line)?.slice(1).join(' '))).to.deep.equal([
      '3 id',
      '4 language',
      '5 name',
      '5 address1',
      '6 name',
      '7 name',
      '8 coach',
      '9 name',
      '10 there',
      '10 coach',
    ]);
    expect(told.join()).not.to.match(/Salainen|Sanna|suomi|nobody|سنا/);
  });

  it('is refused with an identity code in any column, and does not repeat it', () => {
    fc.assert(
      fc.property(identityCode, fc.nat(3), ({ date, sign, tail, check }, column) => {
        const written = `${date}${sign}${tail}${check}`;
        const cells = ['1', 'fi', 'Mira Mallinen', 'Mallikatu 1'];
        cells[column] = `${column === 2 ? 'Mira ' : ''}${written}`;
        const told = problems(head, cells.map((cell) => `"${cell}"`).join(';'));
        expect(told.join())
          .to.match(/identity code must not be in the file/)
          .and.not.include(written);
      }),
    );
  });

  it('is refused when its head is missing, doubled or has more than the letters need', () => {
    expect(problems(good).join())
      .to.match(/the column "id" is missing/)
      .and.not.match(/Mira/);
    expect(problems('id;id;language;name;address1', '1;1;fi;a;b').join()).to.match(/"id" is there twice/);
    expect(problems(`${head};hetu`, `${good};x`)).to.deep.equal([
      'line 1: column 8 has a name that is not known; use id, language, name, address1, address2, address3, coach, and no other data',
    ]);
    expect(problems(head)).to.deep.equal(['line 1: there is no client under the names of the columns']);
    expect(problems('').join()).to.match(/the column "id" is missing/);
  });
});
