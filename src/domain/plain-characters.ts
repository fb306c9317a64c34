// Dashes that are not of Unicode's dash class, and strokes that people use for one.
const dashes = '−⁃˗➖ーー一ㅡ─━‾¯ˉ_~～⁓〜۔⎯֊᠆';
// Letters of other alphabets that look like the Latin letters of an identity code.
const lookAlikes = new Map(
  Object.entries({
    ABCEHKMPTXY: 'АВСЕНКМРТХУ',
    ABEHKMNPTXYU: 'ΑΒΕΗΚΜΝΡΤΧΥՍ',
    JSFDLRVW: 'ЈЅϜⅮⅬᏒѴԜ',
  }).flatMap(([latin, others]) => [...others].map((other, index) => [other, latin[index]!] as const)),
);

/** Text as its plain characters, with the place in the source (start and end, in UTF-16 units) of each. */
export interface PlainCharacters {
  text: string;
  starts: number[];
  ends: number[];
}

/** Value of a digit of any script: scripts keep their ten digits in a row, so the start of the row is zero. */
function digitValue(character: string): string {
  const code = character.codePointAt(0)!;
  let first = code;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(first - 1))) first--;
  return String((code - first) % 10);
}

function plainOf(character: string): string {
  if (/^[\p{Cf}\p{Mn}\p{Me}\p{Default_Ignorable_Code_Point}]$/u.test(character)) return '';
  let plain = '';
  for (const part of character.normalize('NFKC').toUpperCase()) {
    if (/^[0-9A-Z]$/.test(part)) plain += part;
    else if (/^\p{Nd}$/u.test(part)) plain += digitValue(part);
    else if (lookAlikes.has(part)) plain += lookAlikes.get(part)!;
    else if (dashes.includes(part) || /^\p{Pd}$/u.test(part)) plain += '-';
    else if (part === '+') plain += '+';
    else if (/^\s$/u.test(part)) plain += ' ';
    else if (/^[\p{Cc}\p{Cf}\p{Mn}\p{Me}]$/u.test(part)) continue;
    else plain += /^\p{L}$/u.test(part) ? '#' : '.';
  }
  return plain;
}

/**
 * What a reader sees, in few characters: `0-9`, `A-Z`, `-`, `+`, a space, `#` for other letters and `.` for other signs.
 * Digits of any script, full-width and decorated forms become plain; what cannot be seen is left out. `hyphen` says
 * what a soft hyphen counts as, since it shows in some places and not in others.
 */
export function plainCharacters(source: string, hyphen: '' | '-'): PlainCharacters {
  const known = new Map<string, string>([['\u00AD', hyphen]]);
  const parts: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const character of source) {
    let plain = known.get(character);
    if (plain === undefined) {
      plain = plainOf(character);
      known.set(character, plain);
    }
    parts.push(plain);
    for (let count = 0; count < plain.length; count++) {
      starts.push(at);
      ends.push(at + character.length);
    }
    at += character.length;
  }
  return { text: parts.join(''), starts, ends };
}
