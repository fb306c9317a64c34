import type { Municipality } from '../domain/municipalities/pack.ts';
import type { MailNotice } from '../domain/notices.ts';
import type { Translator } from '../i18n/translator.ts';
import type { Letter } from './mail-letter.ts';

/**
 * The letter that tells a coach of news when Teams does not: what kind of news it is and why it comes by mail, and nothing
 * of the client. Undefined when the coach has left.
 */
export function coachLetter(
  { coach: id, news, why, at }: Extract<MailNotice, { mail: 'coach' }>,
  municipality: Municipality,
  t: Translator,
): Letter | undefined {
  const coach = municipality.coaches.find((one) => one.id === id);
  if (!coach) return undefined;
  const language = t.languages.includes(coach.language) ? coach.language : 'fi';
  const say = (key: string, values?: Parameters<Translator['say']>[0]) =>
    t.say(values === undefined ? { key } : { key, with: { what: values } }, language);
  const what = { key: `staff.news.${news ?? 'message'}` };
  const body = [
    t.say({ key: 'staff.mail.hello', with: { coach: coach.name } }, language),
    t.say({ key: 'staff.mail.what', with: { what, at: { at, as: 'moment' } } }, language),
    say(`staff.mail.why.${why}`),
    say('staff.mail.open'),
    say('mail.auto'),
  ];
  const from = t.say(municipality.serviceName, language);
  return { from, to: coach.email, subject: say('staff.mail.subject', what), text: `${body.join('\n\n')}\n`, at };
}
