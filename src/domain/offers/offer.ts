import { z } from 'zod';
import { emailAddress, phoneNumber, words } from '../clients/intake.ts';
import type { Document } from '../documents.ts';
import type { Handling } from '../handling.ts';

/** What an employer can offer somebody. */
export const placeKinds = ['job', 'trial', 'training', 'apprenticeship'] as const;
export type PlaceKind = (typeof placeKinds)[number];
/** Fields of work, as employers name them; the words of each are in `field-words.ts`. */
export const fields = [
  'industry',
  'construction',
  'transport',
  'sales',
  'restaurant',
  'cleaning',
  'care',
  'education',
  'office',
  'digital',
  'nature',
  'other',
] as const;
export type Field = (typeof fields)[number];
/** When the work is done. */
export const workingHours = ['fullTime', 'partTime', 'shifts', 'gigs', 'agreed'] as const;
/** Languages with which one manages at work; `none`: none is needed. */
export const workLanguages = ['fi', 'sv', 'en', 'other', 'none'] as const;

/** What an employer tells of a place, by question id. Nothing in it is about a person. */
export const offeredPlace = z.object({
  kind: z.enum(placeKinds),
  field: z.enum(fields),
  what: words,
  hours: z.enum(workingHours),
  languages: z.array(z.enum(workLanguages)).min(1),
  begins: z.union([z.iso.date(), z.literal('soon'), z.literal('agreed')]),
  where: words,
  company: words,
});
export type OfferedPlace = z.infer<typeof offeredPlace>;

/** Whom the job finder gets in touch with. */
export const offerContact = z.object({ name: words, phone: phoneNumber.optional(), email: emailAddress.optional() });
export type OfferContact = z.infer<typeof offerContact>;

/** How an offer can end: the employer, a coach or time ends it. */
export const offerOutcomes = ['filledByClient', 'filledElsewhere', 'withdrawn', 'notFilled', 'expired'] as const;
export type OfferOutcome = (typeof offerOutcomes)[number];
/** Outcomes that a coach can choose from. */
export const coachOutcomes = ['filledByClient', 'filledElsewhere', 'withdrawn', 'notFilled'] as const;
/** Outcomes that an employer can choose from. */
export const employerOutcomes = ['filledElsewhere', 'withdrawn'] as const;

/** A place that an employer told of. It is in the partition of the employer's chat, who is no client for that. */
export interface Offer extends Document {
  type: 'offer';
  reference: string;
  place: OfferedPlace;
  contact: OfferContact;
  /** What was agreed to about the contact's data, when (ISO 8601), in which words and language. */
  consent: { version: string; language: string; at: string };
  /** ISO 639-1 of the employer's chat. */
  language: string;
  conversation?: string;
  /** The job finder whom it came to. */
  coach?: string;
  /** The job finder gets in touch on this day at the latest (ISO date). */
  answerBy: string;
  /** When it is closed by itself (ISO 8601). */
  openUntil: string;
  closed?: { outcome: OfferOutcome; by: string; at: string };
  /** Suggestions of it to clients, by their ids alone. */
  suggestions: string[];
  submittedAt: string;
  handling: Handling;
}

/** Where an offer is, for those who know of it. */
export interface OfferPlace {
  partition: string;
  id: string;
}
