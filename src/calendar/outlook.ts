import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Coach } from '../domain/municipalities/pack.ts';

/** The name of a coach's mailbox: the one they sign in with. */
export function mailboxOf({ upn, email }: Pick<Coach, 'upn' | 'email'>): string {
  return upn ?? email;
}

/** A moment (ISO 8601) for Outlook, in UTC so that no change of clocks can be read in two ways. */
export function utcTime(moment: string): { dateTime: string; timeZone: string } {
  return { dateTime: new Date(moment).toISOString().slice(0, 19), timeZone: 'UTC' };
}

/** A moment as Outlook tells it, in epoch milliseconds; one that cannot be read is no answer, since it might hide a time. */
export const outlookMoment = z
  .object({ dateTime: z.string(), timeZone: z.string() })
  .transform(({ dateTime, timeZone }) => DateTime.fromISO(dateTime, { zone: timeZone }).toMillis())
  .refine(Number.isFinite, 'the moment cannot be read');
