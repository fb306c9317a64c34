import { createHash } from 'node:crypto';

// No vowels and no look-alikes: easy to read out on the phone, and no word comes of it.
const letters = '23456789BCDFGHJKMNPQRSTVWXZ';

/** Makes the same id (32 hex digits) of the same parts, so that what is done twice with one intent is one thing. */
export function madeId(...parts: string[]): string {
  // Written as JSON so that parts never run into one another.
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/** A short name of a thing for people, as `P-7K3M-92`; made from its id, opens nothing, is almost always unique. */
export function referenceOf(id: string, letter = 'P'): string {
  let number = Number.parseInt(id.slice(0, 12), 16);
  let text = '';
  for (let count = 0; count < 6; count++) {
    text += letters[number % letters.length];
    number = Math.floor(number / letters.length);
  }
  return `${letter}-${text.slice(0, 4)}-${text.slice(4)}`;
}
