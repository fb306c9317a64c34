import { z } from 'zod';
import type { Text } from '../../src/domain/text.ts';
import { clockText } from '../opening.ts';

// "9-12", "klo 9.00–12.30", "kl. 9 till 12", "9:00 to 12:00".
const written =
  /^(?:klo|kl\.?|from|at)?\s*(\d{1,2})(?:[.:](\d{2}))?\s*(?:[-–—]|to|till|til)\s*(?:klo|kl\.?)?\s*(\d{1,2})(?:[.:](\d{2}))?$/i;

function read(text: string): string {
  const found = written.exec(text.trim());
  if (!found) return text;
  const [, fromHour = '', fromMinute = '00', toHour = '', toMinute = '00'] = found;
  return `${fromHour.padStart(2, '0')}:${fromMinute}-${toHour.padStart(2, '0')}:${toMinute}`;
}

const clock = '(?:[01]\\d|2[0-3]):[0-5]\\d';

/** Hours of a day as people write them, kept as "09:00-12:30"; one of the codes stays as it is. */
export function hoursOr(codes: readonly string[], mayPassMidnight = false) {
  return z
    .string()
    .transform(read)
    .pipe(z.string().regex(new RegExp(`^(?:${[...codes, `${clock}-(?:${clock}|24:00)`].join('|')})$`)))
    .refine((hours) => codes.includes(hours) || mayPassMidnight || hours.slice(0, 5) < hours.slice(6));
}

/** Both ends of hours as they are kept. */
export function endsOf(hours: string): { from: string; to: string } {
  return { from: hours.slice(0, 5), to: hours.slice(6) };
}

/** Hours in words. */
export function hoursText(hours: string): Text {
  const { from, to } = endsOf(hours);
  return { key: 'block.hours.fromTo', with: { from: clockText(from), to: clockText(to) } };
}
