import type { Document } from '../domain/documents.ts';
import type { Municipality } from '../domain/municipalities/pack.ts';
import type { MailNotice } from '../domain/notices.ts';
import type { Offer } from '../domain/offers/offer.ts';
import type { Text } from '../domain/text.ts';
import type { Translator } from '../i18n/translator.ts';
import type { Letter } from './mail-letter.ts';

/**
 * The letter to an employer about the place that the document holds, in the language of their chat: that it has come, or
 * what came of it. It holds no words of theirs, so that nobody can send theirs to others by it. Undefined without a place
 * or an address.
 */
export function employerLetter(
  { what, at }: Extract<MailNotice, { mail: 'employer' }>,
  document: Document,
  municipality: Municipality,
  t: Translator,
): Letter | undefined {
  const offer = document.type === 'offer' ? (document as Offer) : undefined;
  const to = offer?.contact.email;
  if (!offer || to === undefined || (what === 'closed' && !offer.closed)) return undefined;
  const { place, reference, language: wanted } = offer;
  const language = t.languages.includes(wanted) ? wanted : 'fi';
  const say = (key: string, values?: Record<string, Text>) => t.say({ key, ...(values && { with: values }) }, language);
  const kind = { key: `offer.kinds.${place.kind}` };
  const { name, phone } = municipality.coaches.find(({ id }) => id === offer.coach) ?? {
    name: municipality.serviceName,
    phone: municipality.contact.phone,
  };
  const body = [
    say('offer.mail.hello'),
    ...(what === 'sent'
      ? [
          say('offer.mail.sent', { kind }),
          say('offer.mail.next', { coach: name, phone, by: { at: offer.answerBy, as: 'date' } }),
        ]
      : [
          say('offer.closed.what', { reference }),
          say(`offer.closed.${offer.closed!.outcome}`),
          say('offer.mail.thanks'),
        ]),
    say('offer.mail.kept', { date: { at: new Date(offer.expiresAt ?? 0).toISOString(), as: 'date' } }),
    `${t.say(municipality.serviceName, language)}\n${say('mail.reference', { reference })}\n${say('mail.auto')}`,
  ];
  const subject = say(`offer.mail.subject.${what}`, { reference });
  const from = t.say(municipality.serviceName, language);
  return { from, to, subject, text: `${body.join('\n\n')}\n`, at };
}
