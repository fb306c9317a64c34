import type { Municipality, Service } from '../domain/municipalities/pack.ts';
import type { MailNotice } from '../domain/notices.ts';
import type { Referral } from '../domain/referrals/referral.ts';
import { isWithPartner } from '../domain/referrals/states.ts';
import { timersOf } from '../domain/referrals/timers.ts';
import type { Text } from '../domain/text.ts';
import type { Translator } from '../i18n/translator.ts';

/** A letter in its reader's language, before it becomes a mail. */
export interface Letter {
  /** Name of the sender. */
  from: string;
  to: string;
  subject: string;
  text: string;
  /** When what it tells of happened (ISO 8601). */
  at: string;
  /** A calendar file that the reader's own calendar takes in. */
  calendar?: { method: 'REQUEST' | 'CANCEL'; content: string };
}

/** A link that a letter carries; moments are epoch milliseconds. */
export interface LetterLink {
  url: string;
  issued: number;
  until: number;
}

/** What a letter to a partner is about: a new client, no answer yet, what came of it, or a link that was asked for. */
export type PartnerMail = Extract<MailNotice, { mail: 'referral' | 'reminder' | 'progress' | 'link' }>['mail'];

function readerFor(service: Service, t: Translator, municipality: Municipality) {
  const wanted = service.referral?.language ?? 'fi';
  const language = t.languages.includes(wanted) ? wanted : 'fi';
  const from = t.say(municipality.serviceName, language);
  const say = (key: string, values?: Record<string, Text>) => t.say({ key, ...(values && { with: values }) }, language);
  return { from, say };
}

/**
 * A letter to the partner about a referral. It holds nothing of the client: what was ticked is on the page that the link
 * opens. Undefined without a live consent or an address, and when the partner has nothing to answer any more.
 */
export function partnerLetter(
  mail: PartnerMail,
  referral: Referral,
  link: LetterLink,
  municipality: Municipality,
  t: Translator,
): Letter | undefined {
  const service = municipality.services.find(({ id }) => id === referral.service);
  const { consent, state, reference, order } = referral;
  if (!service?.referral || !consent || !isWithPartner(state)) return undefined;
  const { from, say } = readerFor(service, t, municipality);
  const coach = municipality.coaches.find(({ id }) => id === referral.coach);
  const { contact, serviceName } = municipality;
  const named = { municipality: serviceName, service: service.name, date: { at: consent.at, as: 'date' } as const };
  const expires = timersOf(referral, municipality).find(({ what }) => what === 'expire');
  const body = [
    say('mail.referral.hello'),
    say(mail === 'referral' ? 'mail.referral.what' : `partner.mail.${mail}`, named),
    ...(order ? [say('order.mail', { order: order.reference })] : []),
    `${say('partner.mail.open')}\n${link.url}`,
    say('partner.mail.until', { until: dateOf(link.until) }),
    ...(expires ? [say('partner.mail.answerBy', { date: dateOf(expires.at) })] : []),
    say('mail.referral.use'),
    say('mail.referral.contact', {
      coach: coach?.name ?? serviceName,
      phone: coach?.phone ?? contact.phone,
      email: coach?.email ?? contact.email,
    }),
    `${say('mail.reference', { reference })}\n${say('mail.auto')}`,
  ];
  const subject = say(mail === 'referral' ? 'mail.referral.subject' : `partner.mail.subject.${mail}`, {
    service: service.name,
    reference,
  });
  const at = new Date(link.issued).toISOString();
  return { from, to: service.referral.email, subject, text: `${body.join('\n\n')}\n`, at };
}

function dateOf(moment: number): Text {
  return { at: new Date(moment).toISOString(), as: 'date' };
}

/** The letter that tells a partner to stop; it names the case by its reference, for the person may be erased. */
export function withdrawalLetter(
  { service: id, reference, at }: Extract<MailNotice, { mail: 'withdrawal' }>,
  municipality: Municipality,
  t: Translator,
): Letter | undefined {
  const service = municipality.services.find((one) => one.id === id);
  if (!service?.referral) return undefined;
  const { from, say } = readerFor(service, t, municipality);
  const { contact, serviceName } = municipality;
  const body = [
    say('mail.referral.hello'),
    say('mail.withdrawal.what', { date: { at, as: 'date' }, service: service.name }),
    say('mail.withdrawal.stop'),
    say('mail.referral.contact', { coach: serviceName, phone: contact.phone, email: contact.email }),
    `${say('mail.reference', { reference })}\n${say('mail.auto')}`,
  ];
  const subject = say('mail.withdrawal.subject', { service: service.name, reference });
  return { from, to: service.referral.email, subject, text: `${body.join('\n\n')}\n`, at };
}

/** A letter to a client in the language of their chat, with what they could also read there. */
export function clientLetter(
  { language: wanted, subject, say: texts, at }: Extract<MailNotice, { mail: 'client' }>,
  to: string,
  municipality: Municipality,
  t: Translator,
): Letter {
  const language = t.languages.includes(wanted) ? wanted : 'fi';
  const say = (text: Text) => t.say(text, language);
  const { contact, serviceName } = municipality;
  const body = [
    say({ key: 'news.mail.hello' }),
    ...texts.map(say),
    say({ key: 'news.mail.contact', with: { phone: contact.phone } }),
    `${say(serviceName)}\n${say({ key: 'mail.auto' })}`,
  ];
  return { from: say(serviceName), to, subject: oneLine(say(subject)), text: `${body.join('\n\n')}\n`, at };
}

const unsafe = /[\p{Cc}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu;

/** Words of a person on one line, so that they never look like another line. */
export function oneLine(text: string): string {
  return text.replace(unsafe, ' ').trim();
}
