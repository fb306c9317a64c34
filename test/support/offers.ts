import type { Document } from '../../src/domain/documents.ts';
import type { OfferRequest } from '../../src/domain/offers/submit-offer.ts';
import { aino, cases, monday } from './coach-office.ts';
import type { Given } from './conversation.ts';

/** A place as an employer tells of it, with an address to write to. */
export const anOffer: OfferRequest = {
  place: {
    kind: 'trial',
    field: 'nature',
    what: 'Taimien istutus ja kastelu',
    hours: 'partTime',
    languages: ['fi', 'en'],
    begins: 'soon',
    where: 'Syväkangas',
    company: 'Kukkala Oy',
  },
  contact: { name: 'Testi Työnantaja', phone: '0400000001', email: 'kukkala@example.com' },
  consentVersion: 'test',
};

/** The answers of the flow that lead to it. */
export const offerAnswers: Record<string, Given> = {
  ...(anOffer.place as unknown as Record<string, Given>),
  consent: 'keep',
  name: 'Testi Työnantaja',
  way: 'both',
  phone: '040 000 0001',
  email: 'kukkala@example.com',
};

/** Documents of cards about places of employers and ordered services, with the words in every field that takes some. */
export function offerCards(words: string): [string, Document][] {
  const { place, contact } = anOffer;
  const offer = {
    ...{ id: 'o', partition: 'client-1', type: 'offer', schema: 1, reference: 'P-OFFE-RS' },
    place: { ...place, what: words, where: words, company: words },
    contact: { ...contact, name: words },
    ...{ language: 'sv', coach: aino, answerBy: '2026-11-26', openUntil: monday, suggestions: [] },
    ...{ consent: { version: '1', language: 'sv', at: monday }, submittedAt: monday, handling: {} },
  };
  const suggestion = {
    ...{ id: 's', partition: 'client-1', type: 'suggestion', schema: 1, reference: 'P-SUGG-ES' },
    place: { from: 'x', offer: 'o', kind: 'job', field: 'care', reference: 'P-OFFE-RS' },
    ...{ coach: aino, needs: [], createdAt: monday, handling: {} },
  };
  const taken = { by: aino, at: monday };
  return [
    ['offer', offer as Document],
    ['offer taken', { ...offer, suggestions: ['s'], handling: { taken } } as Document],
    ['offer closed', { ...offer, closed: { outcome: 'notFilled', by: aino, at: monday } } as Document],
    ['suggestion of a place', suggestion as Document],
    [
      'suggestion of a place accepted',
      { ...suggestion, accepted: { at: monday, version: '1', language: 'fi' } } as Document,
    ],
    ['referral that waits for an order', cases.referral(words, { state: 'awaits-order' })],
  ];
}
