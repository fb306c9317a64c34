import { z } from 'zod';
import { emailAddress, phoneNumber, words } from '../src/domain/clients/intake.ts';
import { type OfferContact, offeredPlace } from '../src/domain/offers/offer.ts';
import type { Text } from '../src/domain/text.ts';
import { hasCode } from '../src/errors.ts';
import { defineFlow } from './engine/flow.ts';
import { callUs } from './meeting-words.ts';
import { jobFinderOf } from './offer-words.ts';
import type { Services } from './services.ts';

/** Version of the text `offer-place.consent.text`; a new one whenever its meaning changes. */
const consentVersion = '2026-11';

/** An employer tells of a place; it comes to the job finder, who gets in touch. */
export const offerPlace = defineFlow({
  id: 'offer-place',
  answers: offeredPlace.extend({
    // A word of its own rather than a yes: who does not agree goes on by phone.
    consent: z.string(),
    name: words,
    way: z.enum(['phone', 'email', 'both']),
    phone: phoneNumber,
    email: emailAddress,
  }),
  offered: ({ municipality }) => municipality.employers !== undefined,
  questions: [
    { ask: 'kind' },
    { ask: 'field' },
    { ask: 'what' },
    { ask: 'hours' },
    { ask: 'languages' },
    { ask: 'begins', between: ({ now }) => [now.toISODate()!, now.plus({ years: 1 }).toISODate()!] },
    { ask: 'where' },
    { ask: 'company' },
    {
      ask: 'consent',
      tell: (_, services) => [whatIsKept(services)],
      options: () => [
        { value: 'keep', label: { key: 'offer-place.consent.options.keep' } },
        { value: 'self', label: { key: 'offer-place.consent.options.self' }, goes: { flow: 'contact' } },
      ],
      show: () => ({ key: 'offer-place.consent.options.keep' }),
    },
    { ask: 'name' },
    { ask: 'way' },
    { ask: 'phone', when: { way: ['phone', 'both'] } },
    { ask: 'email', when: { way: ['email', 'both'] } },
  ],
  review: true,
  async complete({ consent: _, name, way, phone, email, ...told }, services, intent) {
    const contact: OfferContact = {
      name,
      ...(way !== 'email' && { phone }),
      ...(way !== 'phone' && { email }),
    };
    try {
      const request = { place: offeredPlace.parse(told), contact, consentVersion };
      const { reference, answerBy } = await services.offers.submit(request, intent);
      return { say: whatNow(reference, answerBy, contact, services) };
    } catch (error) {
      if (!hasCode(error, 'tooMany')) throw error;
      return { say: [callUs('offer-place.tooMany', services.municipality)] };
    }
  },
});

function whatIsKept({ municipality }: Services): Text {
  const { contact, employers } = municipality;
  const { name, phone } = jobFinderOf(municipality);
  return {
    lines: [
      {
        key: 'offer-place.consent.text',
        with: { coach: name, days: employers?.keptDays ?? 0, open: employers?.openDays ?? 0 },
      },
      { key: 'offer-place.consent.notice', with: { notice: contact.privacyNotice } },
      { key: 'offer-place.consent.call', with: { coach: name, phone } },
    ],
  };
}

/** Reference, who gets in touch by when and how, and how to take the offer back. */
function whatNow(reference: string, answerBy: string, { email }: OfferContact, { municipality }: Services): Text[] {
  const { name, phone } = jobFinderOf(municipality);
  return [
    { key: 'offer-place.done.sent', with: { reference } },
    { key: 'offer-place.done.next', with: { coach: name, phone, by: { at: answerBy, as: 'date' } } },
    ...(email === undefined ? [] : [{ key: 'offer-place.done.mail', with: { email } }]),
    { key: 'offer-place.done.later' },
  ];
}
