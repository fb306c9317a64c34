import type { Document, Documents } from '../domain/documents.ts';
import { madeId } from '../domain/made-id.ts';
import { type CoachNotice, notice, telling } from '../domain/notices.ts';
import { hasCode } from '../errors.ts';
import { cardId } from '../teams/cases.ts';

/** Kept a little longer than its news takes to go out. */
const keptFor = 7 * 24 * 3_600_000;

/**
 * Keeps news of a case for one coach until their quiet hours end (epoch milliseconds). News of one case is told once then,
 * as the case is by that time.
 */
export async function holdBack(
  documents: Documents,
  coach: string,
  news: CoachNotice & { about: NonNullable<CoachNotice['about']> },
  until: number,
): Promise<void> {
  const kind = news.news === 'erased' ? 'erased' : 'case';
  const id = `held-${madeId(coach, cardId(news.about), String(until), kind)}`;
  // Beside the days of the coach, where outboxes are looked into.
  const held: Document = { id, partition: coach, type: 'held', schema: 1, expiresAt: until + keptFor };
  try {
    await documents.create('calendars', telling(held, notice('coach', `${id}-news`, until, news)));
  } catch (error) {
    if (!hasCode(error, 'conflict')) throw error;
  }
}
