import { maskIdentityCodes } from '../domain/identity-code.ts';
import type { Municipality } from '../domain/municipalities/pack.ts';
import { PolkuError } from '../errors.ts';
import type { Row } from './csv.ts';

/** A client who is transferred to the city, as the table tells; the address goes into the letter and nowhere else. */
export interface TransferredClient {
  line: number;
  number: string;
  language: string;
  name: string;
  address: string[];
  /** Id of a coach of the pack. */
  coach?: string;
}

const columns = ['id', 'language', 'name', 'address1', 'address2', 'address3', 'coach'] as const;
type Column = (typeof columns)[number];
const required: readonly Column[] = ['id', 'language', 'name', 'address1'];
const sameAs: Record<string, Column> = { address: 'address1' };

// What the font of the letters shows.
const printable = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{M}\p{Nd}\p{P}\p{Zs}+]*$/u;
// A line of the address in the letter.
const longest = 60;

/** Reads the table; throws `badRequest` that tells every mistake, a line each, without repeating what the cells hold. */
export function readTransferred([head, ...rows]: Row[], municipality: Municipality): TransferredClient[] {
  const problems: string[] = [];
  const tell = (line: number, what: string) => problems.push(`line ${line}: ${what}`);
  const order = readHead(head, tell);
  if (problems.length > 0) throw refusal(problems);
  const lines = new Map<string, number>();
  const clients = rows.map(({ line, cells }): TransferredClient => {
    if (cells.length > order.length && cells.slice(order.length).some((cell) => cell !== '')) {
      tell(
        line,
        `there are ${cells.length} cells under ${order.length} names; put cells that hold a separator into quotes`,
      );
    }
    const cell = (column: Column) => (cells[order.indexOf(column)] ?? '').normalize('NFC');
    for (const column of order) tellOf(column, cell(column), municipality, (what) => tell(line, `${column}: ${what}`));
    const earlier = lines.get(cell('id'));
    if (earlier !== undefined && cell('id') !== '') tell(line, `id: line ${earlier} has the same`);
    else lines.set(cell('id'), line);
    const address = [cell('address1'), cell('address2'), cell('address3')].filter((one) => one !== '');
    const client = { line, number: cell('id'), language: cell('language').toLowerCase(), name: cell('name'), address };
    return { ...client, ...(cell('coach') !== '' && { coach: cell('coach') }) };
  });
  if (rows.length === 0) tell(head?.line ?? 1, 'there is no client under the names of the columns');
  if (problems.length > 0) throw refusal(problems);
  return clients;
}

function readHead(head: Row | undefined, tell: (line: number, what: string) => void): Column[] {
  const names = (head?.cells ?? []).map((name) => sameAs[name.toLowerCase()] ?? name.toLowerCase());
  const line = head?.line ?? 1;
  const known = (name: string): name is Column => (columns as readonly string[]).includes(name);
  for (const name of required) if (!names.includes(name)) tell(line, `the column "${name}" is missing`);
  names.forEach((name, index) => {
    if (names.indexOf(name) !== index) tell(line, `the column "${name}" is there twice`);
    else if (!known(name)) {
      // A name may be anything, also data when the head is missing: it is not repeated.
      tell(line, `column ${index + 1} has a name that is not known; use ${columns.join(', ')}, and no other data`);
    }
  });
  return names.filter(known);
}

function tellOf(column: Column, value: string, { coaches }: Municipality, tell: (what: string) => void): void {
  if (maskIdentityCodes(value).masked) tell('an identity code must not be in the file; use the number of your system');
  else if (value === '' && required.includes(column)) tell('it is empty');
  else if (value.length > longest) tell(`it is longer than ${longest} characters`);
  else if (column === 'language' && !/^[a-z]{2}$/i.test(value)) tell('write two letters, such as fi, sv or ru');
  else if (column === 'coach' && value !== '' && !coaches.some(({ id }) => id === value)) {
    tell(`there is no such coach; use one of ${coaches.map(({ id }) => id).join(', ')}, or leave it empty`);
  } else if (!printable.test(value))
    tell('it has signs that a letter cannot show; write it in Latin letters on one line');
}

function refusal(problems: string[]): PolkuError {
  const count = problems.length === 1 ? '1 mistake' : `${problems.length} mistakes`;
  return new PolkuError('badRequest', [`The table has ${count}. Nothing was changed.`, ...problems].join('\n'), {
    problems,
  });
}
