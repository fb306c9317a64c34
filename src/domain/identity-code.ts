import { plainCharacters } from './plain-characters.ts';

const mask = '******-****';
const checkCharacters = '0123456789ABCDEFHJKLMNPRSTUVWXY';

// As it is written in papers: the shape alone decides, so that a code with a typing error is masked as well.
const written =
  /(?<!\d)(?<day>\d\d)(?<month>\d\d)(?<year>\d\d) {0,3}(?<sign>[-+A-FU-Y]) {0,3}(?<number>\d{3})(?<check>[\dA-FHJ-NPR-Y])(?![\dA-Z])/g;

// Taken apart, with the year in full, with another sign or without one: masked only if the check character is right.
const gap = '[ .+#-]{0,3}';
const pair = `(\\d)(${gap})(\\d)`;
// A day and a month, asked for first because that is cheaper than a whole match that is no code.
const dated = `(?=(?:0${gap}[1-9]|[12]${gap}\\d|3${gap}[01])${gap}(?:0${gap}[1-9]|1${gap}[0-2]))`;
const apart = new RegExp(
  `(?<!\\d)${dated}${pair}(${gap})${pair}(${gap})(?:(?:19|20)(?=\\d\\d))?${pair}` +
    `(${gap}[-+A-FU-Y]?${gap})(\\d)(${gap})(\\d)(${gap})(\\d)(${gap})([\\dA-FHJ-NPR-Y])`,
  'g',
);

function isDate(day: number, month: number): boolean {
  return day >= 1 && day <= 31 && month >= 1 && month <= 12;
}

function isWritten({ groups, index }: RegExpExecArray, text: string): boolean {
  const { day, month, sign, number } = groups!;
  // A letter for the sign inside a longer row of letters and digits is more often a key of some system.
  if (/[A-Z]/.test(sign!) && /[A-Z]/.test(text[index - 1] ?? '')) return false;
  return isDate(Number(day), Number(month)) && Number(number) >= 2;
}

/** Groups as people write them (12 03 85 - 123A, 1 2 0 3 …); a phone number in its groups is not so. */
function isEvenlySpaced(inPairs: string[], betweenPairs: string[], inTail: string[]): boolean {
  const everywhere = [...inPairs, ...betweenPairs, ...inTail].every((one) => one !== '');
  const nowhereInside = [...inPairs, ...inTail].every((one) => one === '');
  return everywhere || (nowhereInside && (betweenPairs[0] === '') === (betweenPairs[1] === ''));
}

function numberOf(...digits: string[]): number {
  let number = 0;
  for (const digit of digits) number = number * 10 + digit.charCodeAt(0) - 48;
  return number;
}

function isApart(found: RegExpExecArray, text: string): boolean {
  const [, d1, g1, d2, g2, m1, g3, m2, g4, y1, g5, y2, sign, n1, g6, n2, g7, n3, g8, check] = found as string[];
  const number = numberOf(n1!, n2!, n3!);
  if (checkCharacters[(numberOf(d1!, d2!, m1!, m2!, y1!, y2!) * 1000 + number) % 31] !== check || number < 2)
    return false;
  const [inPairs, betweenPairs, inTail] = [
    [g1!, g3!, g5!],
    [g2!, g4!],
    [g6!, g7!, g8!],
  ];
  const gaps = new Set([...inPairs, ...betweenPairs, ...inTail].filter((one) => one !== ''));
  const next = text[found.index + found[0].length] ?? '';
  // Several things in a row, each with its digits, are not one code.
  if (gaps.size > 1 || (gaps.size === 1 && /[\dA-Z#]/.test(next))) return false;
  if (/[A-Z]/.test(check!)) return true;
  // Without a letter it might be a phone number or an invoice: then the sign and the groups must be those of a code.
  return !/\d/.test(next) && /[-+A-FU-Y]/.test(sign!) && isEvenlySpaced(inPairs, betweenPairs, inTail);
}

interface Span {
  start: number;
  end: number;
}

function spansIn(source: string, hyphen: '' | '-'): Span[] {
  const { text, starts, ends } = plainCharacters(source, hyphen);
  const spans: Span[] = [];
  for (const [shape, fits] of [
    [written, isWritten],
    [apart, isApart],
  ] as const) {
    shape.lastIndex = 0;
    for (let found = shape.exec(text); found; found = shape.exec(text)) {
      const end = found.index + found[0].length;
      if (fits(found, text)) spans.push({ start: starts[found.index]!, end: ends[end - 1]! });
      // Codes may begin inside what only looked like one.
      else shape.lastIndex = found.index + 1;
    }
  }
  return spans;
}

/**
 * Masks identity codes (henkilötunnus) in words of a person, however they are disguised, before anything is kept or
 * shown: by shape and a possible day and month, in any script, case and dash. The rest of the text stays as it was.
 */
export function maskIdentityCodes(text: string): { text: string; masked: boolean } {
  // Nine digits and a tenth character are needed; most messages have fewer and are done here.
  if (!/(?:\p{N}\P{N}*){9}/u.test(text)) return { text, masked: false };
  const spans = spansIn(text, '');
  if (text.includes('\u00AD')) spans.push(...spansIn(text, '-'));
  spans.sort((a, b) => a.start - b.start);
  let masked = '';
  let done = 0;
  for (const { start, end } of spans) {
    if (start >= done) masked += text.slice(done, start) + mask;
    done = Math.max(done, end);
  }
  return { text: masked + text.slice(done), masked: spans.length > 0 };
}
