import { createHash, createHmac } from 'node:crypto';

// No vowels and no look-alikes; no 0 and 1, so that no month of an identity code comes of it. 27 letters: 4.75 bits each.
const letters = '23456789BCDFGHJKMNPQRSTVWXZ';
const groups = 4;
const groupLength = 4;

const one = '[2-9B-DF-HJKMNP-TV-XZ]';
const gap = '[\\s.\\p{Pd}]{0,3}';
const group = `${one}{${groupLength}}`;
const shape = new RegExp(`(?<![\\p{L}\\p{N}])${group}(?:${gap}${group}){${groups - 1}}(?![\\p{L}\\p{N}])`, 'giu');

/**
 * The code of a letter, 76 bits in groups as `7K3M-92BD-FGHJ-KM4P`: the same key and parts always make the same code, so
 * that a letter can be printed again, and nobody without the key can make it.
 */
export function letterCode(key: Uint8Array, ...parts: string[]): string {
  for (let round = 0; ; round++) {
    const digest = createHmac('sha256', key)
      .update(JSON.stringify([round, ...parts]))
      .digest('hex');
    let number = BigInt(`0x${digest}`);
    let code = '';
    for (let count = 0; count < groups * groupLength; count++) {
      code += letters[Number(number % 27n)];
      number /= 27n;
    }
    // Letters and digits both, so that a long number or a row of letters is never taken for a code.
    if (isMixed(code)) return code.match(new RegExp(`.{${groupLength}}`, 'g'))!.join('-');
  }
}

function isMixed(code: string): boolean {
  return /[2-9]/.test(code) && /[A-Z]/i.test(code);
}

/** What is kept of a code: 64 hex digits, the same however the code is written. */
export function letterHash(code: string): string {
  const plain = code.toUpperCase().replace(/[^0-9A-Z]/g, '');
  return createHash('sha256').update(`polku letter ${plain}`).digest('hex');
}

/** Takes a code out of what a person wrote, so that it is neither kept nor shown; only its hash goes on. */
export function takeLetterCode(text: string): { text: string; letter?: string } {
  // Nearly every message is too short for a code.
  if (text.length < groups * groupLength) return { text };
  let letter: string | undefined;
  const masked = text.replace(shape, (code) => {
    if (!isMixed(code)) return code;
    letter ??= letterHash(code);
    return '****-****-****-****';
  });
  return { text: masked, ...(letter !== undefined && { letter }) };
}
