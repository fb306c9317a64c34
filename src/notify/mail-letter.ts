import type { Municipality, Service } from '../domain/municipalities/pack.ts';
import type { MailNotice } from '../domain/notices.ts';
import type { Referral } from '../domain/referrals/referral.ts';
import type { Text } from '../domain/text.ts';
import type { Translator } from '../i18n/translator.ts';
import { type Reader, tellAnswer, writtenIn } from './answers.ts';

/** A letter to a partner in the partner's language, before it becomes a mail. */
export interface Letter {
  /** Name of the sender. */
  from: string;
  to: string;
  subject: string;
  text: string;
  /** When what it tells of happened (ISO 8601). */
  at: string;
}

const unsafe = /[\p{Cc}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu;

/** Words of a person on one line, so that they never look like another line of the letter. */
function oneLine(text: string): string {
  return text.replace(unsafe, ' ').trim();
}

function readerFor(service: Service, t: Translator, municipality: Municipality) {
  const wanted = service.referral?.language ?? 'fi';
  const language = t.languages.includes(wanted) ? wanted : 'fi';
  const reader: Reader = { t, language, municipality };
  const from = t.say(municipality.serviceName, language);
  const say = (key: string, values?: Record<string, Text>) => t.say({ key, ...(values && { with: values }) }, language);
  return { reader, from, say };
}

/** The letter that refers a client: the ticked lines and nothing else. Undefined without a live consent or an address. */
export function referralLetter(referral: Referral, municipality: Municipality, t: Translator): Letter | undefined {
  const service = municipality.services.find(({ id }) => id === referral.service);
  const { consent, state, lines, reference } = referral;
  if (!service?.referral || !consent || state === 'draft' || state === 'withdrawn') return undefined;
  const { fields, email } = service.referral;
  const { reader, from, say } = readerFor(service, t, municipality);
  const shared = lines
    .filter(({ field }) => fields.includes(field))
    .map(({ field, value, language }) => {
      const { label, text, own } = tellAnswer(field, value, reader);
      const remark = own ? ` (${writtenIn(language ?? referral.language, reader)})` : '';
      return `${label}: ${oneLine(text)}${remark}`;
    });
  const coach = municipality.coaches.find(({ id }) => id === referral.coach);
  const { contact, serviceName } = municipality;
  const body = [
    say('mail.referral.hello'),
    say('mail.referral.what', { municipality: municipality.serviceName, service: service.name }),
    shared.length > 0 ? shared.join('\n') : say('mail.referral.noLines'),
    say('mail.referral.consent', { date: { at: consent.at, as: 'date' } }),
    say('mail.referral.use'),
    say('mail.referral.contact', {
      coach: coach?.name ?? serviceName,
      phone: coach?.phone ?? contact.phone,
      email: coach?.email ?? contact.email,
    }),
    `${say('mail.reference', { reference })}\n${say('mail.auto')}`,
  ];
  const subject = say('mail.referral.subject', { service: service.name, reference });
  return { from, to: email, subject, text: `${body.join('\n\n')}\n`, at: consent.at };
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
