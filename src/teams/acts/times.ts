import { DateTime } from 'luxon';
import type { Appointment, Slot } from '../../domain/appointments/appointment.ts';
import { findFree } from '../../domain/appointments/find-free.ts';
import type { CardParts } from '../present.ts';

/** As many times as a coach looks through in a list. */
const timesShown = 8;

/** The next times that a coach can propose for a meeting of this kind. */
export function freeTimes(
  { documents, municipality, now, outlook }: CardParts,
  { coach, topic, kind }: Pick<Appointment, 'coach' | 'topic' | 'kind'>,
): Promise<Slot[]> {
  const moment = DateTime.fromMillis(now(), { zone: municipality.zone });
  return findFree(outlook?.(documents) ?? documents, municipality, { coach, topic, kind, limit: timesShown }, moment);
}
