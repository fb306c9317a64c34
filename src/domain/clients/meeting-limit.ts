import type { DateTime } from 'luxon';
import { firstMeetingBy } from '../municipalities/opening.ts';
import type { Municipality } from '../municipalities/pack.ts';
import type { IntakeAnswers } from './intake.ts';

/**
 * The last day (ISO date) of the first meeting. The limit runs from the start of the job search; without one, or when
 * that limit has passed already, from today, so that nobody is promised a day that is gone.
 */
export function meetingLimit(
  municipality: Municipality,
  { searchStart }: Partial<IntakeAnswers>,
  now: DateTime,
): string {
  const today = now.setZone(municipality.zone).toISODate()!;
  const start = /^\d/.test(searchStart ?? '') ? searchStart! : today;
  const limit = firstMeetingBy(municipality, start);
  return limit < today ? firstMeetingBy(municipality, today) : limit;
}
