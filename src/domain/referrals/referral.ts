import type { Handling } from '../appointments/appointment.ts';
import type { Document } from '../documents.ts';
import type { SharedField } from '../municipalities/pack.ts';

/** Every state a referral can be in, from the choice to what came of it. */
export const referralStates = [
  'draft',
  'sent',
  'under-study',
  'needs-client',
  'accepted',
  'declined',
  'started',
  'completed',
  'ended-without-help',
  'not-reached',
  'withdrawn',
  'expired',
] as const;
export type ReferralState = (typeof referralStates)[number];

/** One line that the partner sees: a code, or the person's own words with the language they are in. */
export interface SharedLine {
  field: SharedField;
  value: unknown;
  language?: string;
}

/** What a client asks to be passed on; only ticked lines are here. */
export interface ReferralRequest {
  service: string;
  lines: SharedLine[];
  /** False keeps a draft and tells nobody. */
  consent: boolean;
  /** Version of the consent text that was shown. */
  consentVersion: string;
}

/** A referral to a partner service, followed until something came of it. */
export interface Referral extends Document {
  type: 'referral';
  reference: string;
  service: string;
  state: ReferralState;
  lines: SharedLine[];
  /** What was agreed to, when, in which words and language; absent in a draft. */
  consent?: { version: string; language: string; at: string };
  language: string;
  coach?: string;
  history: { state: ReferralState; at: string; by: 'client' | 'coach' | 'partner' | 'system' }[];
  createdAt: string;
  handling: Handling;
}
