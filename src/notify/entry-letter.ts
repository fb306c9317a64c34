import { meetingIn } from '../domain/appointments/remind.ts';
import type { Documents } from '../domain/documents.ts';
import type { Municipality } from '../domain/municipalities/pack.ts';
import type { MailNotice } from '../domain/notices.ts';
import type { Translator } from '../i18n/translator.ts';
import { eventWords } from './event-words.ts';
import { calendarFile } from './ics.ts';
import type { Letter } from './mail-letter.ts';

/**
 * The mail that puts a meeting into its coach's own calendar, changes it there or takes it away: an invitation that needs no
 * answer, and nothing of the client. Undefined when the coach or the meeting is not there any more.
 */
export async function entryLetter(
  { coach: id, about }: Extract<MailNotice, { mail: 'entry' }>,
  { documents, municipality, t }: { documents: Documents; municipality: Municipality; t: Translator },
): Promise<Letter | undefined> {
  const coach = municipality.coaches.find((one) => one.id === id);
  const found = await meetingIn(documents, about, about.appointment ?? '');
  if (!coach || !found) return undefined;
  const language = t.languages.includes(coach.language) ? coach.language : 'fi';
  const stands = found.state === 'booked' || found.state === 'seen';
  // What the client's own file counts is left alone; for this reader, that it went elsewhere is one more change.
  const sequence = found.state === 'moved' ? found.sequence + 1 : found.sequence;
  const words = eventWords(found, coach, municipality, t);
  const from = t.say(municipality.serviceName, language);
  const content = calendarFile(
    { ...found, language, sequence },
    {
      zone: municipality.zone,
      words: { summary: words.subject, description: words.body, location: words.place },
      organizer: { name: from, email: municipality.contact.email },
      attendee: { name: coach.name, email: coach.email },
    },
  );
  const when = { at: found.start, as: 'moment' } as const;
  const key = stands ? 'outlook.mail.stands' : 'outlook.mail.gone';
  const told = t.say({ key, with: { when, what: words.subject } }, language);
  const body = [t.say({ key: 'staff.mail.hello', with: { coach: coach.name } }, language), told, words.body];
  return {
    from,
    to: coach.email,
    subject: stands ? words.subject : t.say({ key: 'outlook.cancelled', with: { what: words.subject } }, language),
    text: `${[...body, t.say({ key: 'mail.auto' }, language)].join('\n\n')}\n`,
    at: found.changedAt,
    calendar: { method: stands ? 'REQUEST' : 'CANCEL', content },
  };
}
