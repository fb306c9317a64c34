import fc from 'fast-check';

const checkCharacters = '0123456789ABCDEFHJKLMNPRSTUVWXY';
const two = (number: number) => String(number).padStart(2, '0');

/** An identity code that was never given to anybody in this way: invented date, sign and number, right check character. */
export const identityCode = fc
  .record({
    day: fc.integer({ min: 1, max: 31 }),
    month: fc.integer({ min: 1, max: 12 }),
    year: fc.integer({ min: 0, max: 99 }),
    sign: fc.constantFrom(...'+-YXWVUABCDEF'),
    number: fc.integer({ min: 2, max: 999 }),
  })
  .map(({ day, month, year, sign, number }) => {
    const date = two(day) + two(month) + two(year);
    const tail = String(number).padStart(3, '0');
    return { date, sign, tail, check: checkCharacters[Number(date + tail) % 31]! };
  });
type Code = { date: string; sign: string; tail: string; check: string };

const invisible = ['\u200B', '\u200C', '\u200D', '\u2060', '\uFEFF', '\u200E', '\u200F', '\u202A', '\u202E', '\u202C'];
const rest = ['\u2066', '\u2069', '\u034F', '\uFE0F', '\u180E', '\u0000', '\u061C', '\u20E3'];
const minus = [...'-‐‑‒–—―−⁃﹘﹣－˗➖ー_~'];
const zeros = ['0', '０', '٠', '۰', '०', '০', '๐', '၀', '០', '𝟎', '𝟘', '𝟬', '߀', '𞥐', '🯰'];
const alike: Record<string, string> = {
  A: 'АΑＡ𝐀',
  B: 'ВΒＢ',
  C: 'СＣⅭ',
  E: 'ЕΕ',
  H: 'НΗ',
  K: 'КΚ',
  M: 'МΜ',
  P: 'РΡ',
  T: 'ТΤ',
};
const spaces = fc.constantFrom('', '', '', ' ', '\u00A0', '\u202F', '  ', '\t', '\u3000');

function digit(zero: string, value: string): string {
  return String.fromCodePoint(zero.codePointAt(0)! + Number(value));
}

/** A way to write each character: script of the digits, case, look-alikes, and what cannot be seen after it. */
function dressed(text: string): fc.Arbitrary<string> {
  const one = fc.record({
    zero: fc.constantFrom(...zeros),
    plain: fc.boolean(),
    lower: fc.boolean(),
    pick: fc.nat(20),
    hidden: fc.oneof(
      { weight: 4, arbitrary: fc.constant('') },
      { weight: 1, arbitrary: fc.constantFrom(...invisible, ...rest) },
    ),
  });
  return fc.array(one, { minLength: text.length, maxLength: text.length }).map((ways) =>
    [...text]
      .map((character, index) => {
        const { zero, plain, lower, pick, hidden } = ways[index]!;
        if (/\d/.test(character)) return digit(plain ? '0' : zero, character) + hidden;
        const same = [...(alike[character] ?? character)];
        const letter = plain ? character : same[pick % same.length]!;
        return (lower ? letter.toLowerCase() : letter) + hidden;
      })
      .join(''),
  );
}

function signed(sign: string): fc.Arbitrary<string> {
  if (sign === '+') return fc.constantFrom('+', '＋', '﹢', '⁺');
  return sign === '-' ? fc.constantFrom(...minus, '\u00AD') : dressed(sign);
}

/** The same code as people and pranksters write it. */
function disguised({ date, sign, tail, check }: Code): fc.Arbitrary<string> {
  const written = fc
    .tuple(dressed(date), spaces, signed(sign), spaces, dressed(tail + check))
    .map((parts) => parts.join(''));
  const [day, month, year] = [date.slice(0, 2), date.slice(2, 4), date.slice(4)];
  const inGroups = fc
    .constantFrom('.', ' ', '-', '/', '\u2009')
    .chain((gap) =>
      fc
        .tuple(dressed(day), dressed(month), dressed(year), signed(sign), dressed(tail + check))
        .map(([d, m, y, s, t]) => `${d}${gap}${m}${gap}${y}${s}${t}`),
    );
  const soft = fc
    .constantFrom('-', '–')
    .map((dash) => [...date, sign === '-' ? dash : sign, ...tail, check].join('\u00AD'));
  const spread = fc.constantFrom(' ', '.', ' - ').map((gap) => [...date, sign, ...tail, check].join(gap));
  const fullYear = signed(sign).map((one) => `${day}.${month}.19${year}${one}${tail}${check}`);
  const noSign = fc.constantFrom('', ' ', '/', ':', '…').map((one) => `${date}${one}${tail}${check}`);
  // Ten digits in a row without any sign may be a phone number: only a letter at the end makes a code of them.
  const odd = /[A-Z]/.test(check) ? [inGroups, soft, spread, fullYear, noSign] : [inGroups, soft, spread, fullYear];
  return fc.oneof({ weight: 6, arbitrary: written }, ...odd.map((arbitrary) => ({ weight: 1, arbitrary })));
}

const around = fc.constantFrom(
  '',
  ' ',
  'Hetuni on ',
  'hetu:',
  'Min kod är ',
  '(',
  '"',
  '\n',
  'Hei! 🙂 ',
  'osoite ',
  '\u202E',
  '<b>',
);
const after = fc.constantFrom('', ' ', '.', ', kiitos', ')', '\n', '!!!', ' ja nimi', '</b>', '\u200B', ' 🙂', ':n');

/** A message with one disguised code in it; `before` and `behind` hold no digits and must stay as they are. */
export const messageWithCode = identityCode.chain((code) =>
  fc.record({ before: around, code: disguised(code), behind: after }),
);

const digits = (count: number) =>
  fc.integer({ min: 0, max: 10 ** count - 1 }).map((n) => String(n).padStart(count, '0'));
const at = fc.date({ min: new Date('1930-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
const clock = fc.tuple(fc.nat(23), fc.nat(59)).map(([hour, minute]) => `${hour}.${two(minute)}`);

/** Fills a pattern: `9` any digit, `A` any letter. */
function like(pattern: string): fc.Arbitrary<string> {
  const parts = [...pattern].map((one) =>
    one === '9' ? digits(1) : one === 'A' ? fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ') : fc.constant(one),
  );
  return fc.tuple(...parts).map((all) => all.join(''));
}

const phones = [
  '040 999 9999',
  '0409999999',
  '040-9999999',
  '040-999 9999',
  '050 99 99 999',
  '+358 40 9999999',
  '+358409999999',
];
const landlines = ['(09) 9999 9999', '019 999 999', '019-999 999', '09-99999999', '0600 99 999', '00358 44 999 9999'];
const numbers = [
  'FI99 9999 9999 9999 99',
  'FI9999999999999999',
  '9999999-9',
  '2026-99999',
  'INV-999999',
  '20261199-9999',
];
const more = ['P-AA99-99', '99 99999 99999 99999', '999999', 'AAA-999', '9 999,99 €', '978-951-9999-99-9', '999999999'];
const dates = at.map((date) => [date.getUTCDate(), date.getUTCMonth() + 1, date.getUTCFullYear()] as const);
const harmlessPart = fc.oneof(
  ...[...phones, ...landlines, ...numbers, ...more].map(like),
  fc.uuid(),
  digits(5).map((code) => `${code} Porvoo`),
  dates.map(([d, m, y]) => `${d}.${m}.${y}`),
  dates.map(([d, m, y]) => `${two(d)}.${two(m)}.${two(y % 100)}`),
  dates.map(([d, m, y]) => `${y}-${two(m)}-${two(d)}`),
  dates.map(([d, m, y]) => `${two(d)}${two(m)}${y}`),
  fc.tuple(dates, dates).map(([[d, m, y], [e, n, z]]) => `${d}.${m}.${y}–${e}.${n}.${z}`),
  fc.tuple(dates, clock, clock).map(([[d, m, y], from, to]) => `${d}.${m}.${y} klo ${from}–${to}`),
  fc.tuple(clock, clock).map(([from, to]) => `klo ${from}-${to}`),
);

/** What people write with digits in it that is no identity code: phones, dates, times, accounts, invoices, references. */
export const harmlessText = fc
  .array(harmlessPart, { minLength: 1, maxLength: 3 })
  .chain((parts) => fc.constantFrom(' ', ', ', ' ja ', '\n', ' / ').map((gap) => parts.join(gap)));
