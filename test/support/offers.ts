import type { OfferRequest } from '../../src/domain/offers/submit-offer.ts';
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
