import type { Handling } from '../appointments/appointment.ts';
import type { Document } from '../documents.ts';
import type { SharedField } from '../municipalities/pack.ts';

/** Every state a referral can be in, from the choice to what came of it. */
export const referralStates = [
  'draft',
  'awaits-order',
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

/** Who can move a referral from one state to another. */
export const movers = ['client', 'partner', 'coach', 'system'] as const;
export type Mover = (typeof movers)[number];

/** Why a partner takes somebody not on: a fixed list, so that it can be counted, beside the partner's own words. */
export const refusalReasons = [
  'notReached',
  'didNotCome',
  'inWork',
  'inTraining',
  'notEligible',
  'cannotTravel',
  'notInterested',
  'otherObstacle',
  'sessionFull',
  'duplicate',
  'other',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** What the client says when asked whether they got there; `notNow` is never asked again. */
export const outcomes = ['yes', 'no', 'notNow'] as const;
export type Outcome = (typeof outcomes)[number];

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

/** One line of a referral's history: who moved it where, when (ISO 8601), and what they said of it. */
export interface ReferralStep {
  state: ReferralState;
  at: string;
  by: Mover;
  reason?: RefusalReason;
  /** Own words of whoever moved it, and the language they are in. */
  words?: string;
  wordsIn?: string;
  /** First day in the service (ISO date). */
  startsOn?: string;
}

/** A link that was mailed to the partner: what is kept of it, and until when it opens the page (epoch milliseconds). */
export interface PartnerLink {
  hash: string;
  until: number;
}

/** Why a coach has to look: nobody answered in time, the two sides disagree, or neither said what came of it. */
export type ReferralTask = 'noAnswer' | 'disagree' | 'silent' | 'order';

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
  history: ReferralStep[];
  createdAt: string;
  handling: Handling;
  /** Names those that were sent from one consent; absent when it was sent alone. */
  together?: string;
  /** Links of the partner, the oldest first. */
  links?: PartnerLink[];
  /** How often the partner was reminded since the last step. */
  reminded?: number;
  /**
   * When each side was asked what came of an accepted referral, and when a coach was (ISO 8601). `afterRest`: the client
   * rested then, and is asked when they go on.
   */
  asked?: { client?: string; partner?: string; coach?: string; afterRest?: true };
  /** The client's own word on whether they got there. */
  outcome?: { answer: Outcome; at: string };
  task?: ReferralTask;
  /** The city's order to the provider, where the service is ordered: its own reference, who approved it, when (ISO 8601). */
  order?: { reference: string; by: string; at: string };
}
