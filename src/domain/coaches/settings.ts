import { DateTime } from 'luxon';
import { changeDocument } from '../change-document.ts';
import type { Document, DocumentRef, Documents } from '../documents.ts';
import type { Coach, Municipality } from '../municipalities/pack.ts';
import { notice, withOutbox } from '../notices.ts';

/** What a coach has chosen for themselves. */
export interface CoachSettings extends Document {
  type: 'settings';
  /** Their cards and messages come in it; absent: in that of the pack. */
  language?: string;
  /** Local clock times ("16:00") between which nothing is sent; `from` may be later than `to`, over midnight. */
  quiet?: { from: string; to: string };
  /** What waits is told each working day at eight. */
  digest?: boolean;
}

/** What a coach can change; `null` takes a choice back. */
export type CoachChoices = { language?: string; quiet?: CoachSettings['quiet'] | null; digest?: boolean };

/** Hour of the local day at which the digest comes. */
const digestHour = 8;

/** Where the settings of a coach are. */
export function settingsRef(coach: string): DocumentRef {
  return { collection: 'coaches', partition: coach, id: 'settings' };
}

/** Reads the settings of a coach; none when nothing was chosen. */
export async function readSettings(documents: Documents, coach: string): Promise<Partial<CoachSettings>> {
  return (await documents.get<CoachSettings>(settingsRef(coach)))?.document ?? {};
}

/** The coach as they want to be addressed: the language is theirs, when they have chosen one. */
export async function asChosen(documents: Documents, coach: Coach): Promise<Coach> {
  const { language = coach.language } = await readSettings(documents, coach.id);
  return language === coach.language ? coach : { ...coach, language };
}

/** Keeps what a coach chooses, and puts the next digest on its way; again is no error. */
export async function changeSettings(
  documents: Documents,
  municipality: Municipality,
  coach: string,
  choices: CoachChoices,
  now: DateTime,
): Promise<void> {
  await changeDocument<CoachSettings>(documents, settingsRef(coach), (current) => {
    const { collection: _, ...place } = settingsRef(coach);
    const before: CoachSettings = current ?? { ...place, type: 'settings', schema: 1 };
    const { quiet = before.quiet, ...rest } = choices;
    const { quiet: __, ...kept } = { ...before, ...rest };
    return { ...kept, ...(quiet && { quiet }) };
  });
  if (choices.digest) await scheduleDigest(documents, municipality, coach, now);
}

/** Puts the next digest of a coach on its way, in the place of the last. The date in its name lets each come once. */
export async function scheduleDigest(
  documents: Documents,
  municipality: Municipality,
  coach: string,
  now: DateTime,
): Promise<void> {
  const at = nextDigest(municipality, now);
  const item = notice('coach', `${coach}-digest-${at.toISODate()}`, at.toMillis(), {
    news: 'digest',
    coaches: [coach],
  });
  // Beside the days of the coach, where outboxes are looked into.
  const ref = { collection: 'calendars', partition: coach, id: 'digest' } as const;
  await changeDocument(documents, ref, (current) => {
    if (current?.outbox?.some(({ id }) => id === item.id)) return undefined;
    const expiresAt = at.plus({ days: 30 }).toMillis();
    return withOutbox({ id: ref.id, partition: coach, type: 'digest', schema: 1, expiresAt }, [item]);
  });
}

/** Eight o'clock of the next working day. */
export function nextDigest(municipality: Municipality, now: DateTime): DateTime {
  const local = now.setZone(municipality.zone);
  let at = local.startOf('day').set({ hour: digestHour });
  while (at <= local || at.weekday > 5 || municipality.isClosed(at.toISODate()!)) {
    at = at.plus({ days: 1 }).startOf('day').set({ hour: digestHour });
  }
  return at;
}

/** When the coach's quiet hours end, if they go on now (epoch milliseconds). */
export function quietUntil({ quiet }: Partial<CoachSettings>, { zone }: Municipality, now: number): number | undefined {
  if (!quiet || quiet.from === quiet.to) return undefined;
  const local = DateTime.fromMillis(now, { zone });
  const clock = local.toFormat('HH:mm');
  const overNight = quiet.from > quiet.to;
  const isQuiet = overNight ? clock >= quiet.from || clock < quiet.to : clock >= quiet.from && clock < quiet.to;
  if (!isQuiet) return undefined;
  const [hour, minute] = quiet.to.split(':').map(Number);
  const endsTomorrow = overNight && clock >= quiet.from;
  return local
    .startOf('day')
    .plus({ days: endsTomorrow ? 1 : 0 })
    .set({ hour, minute })
    .toMillis();
}
