import type { Text } from '../domain/text.ts';
import type { CoachLink } from '../teams/coach-link.ts';

/** Says that Teams did not bring some of the news, since when, and that they went by mail. */
export function missedText({ since, count }: NonNullable<CoachLink['missed']>): Text {
  const at = { at: since, as: 'moment' } as const;
  return { key: `staff.missed.${count === 1 ? 'one' : 'many'}`, with: { count, at } };
}
