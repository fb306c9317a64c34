import type { Appointment, Handling } from '../appointments/appointment.ts';
import type { Suggestion } from '../coaches/suggestion.ts';
import type { Document } from '../documents.ts';
import type { CaseOutcome } from '../handling.ts';
import type { Offer } from '../offers/offer.ts';
import type { Plan } from '../plans/plan.ts';
import type { Referral } from '../referrals/referral.ts';
import type { Text } from '../text.ts';
import type { Certificate } from './certificate.ts';
import type { Correction } from './correct-intake.ts';
import type { CourseStep } from './course.ts';
import type { Feedback } from './feedback.ts';
import type { Handoff } from './handoff.ts';
import type { IntakeAnswers } from './intake.ts';
import type { PanelState } from './panel.ts';
import type { HandOver, Responsible } from './responsible.ts';

/** Who is responsible for a client and why: a coach of the pack, or the team when no rule fitted. */
export interface Routing {
  coach?: string;
  /** Id of the pack's rule that decided; absent when none fitted. */
  rule?: string;
  because: Text;
}

/** How a client's path ended, which coach said so, and when (ISO 8601). */
export interface PathEnd {
  outcome: CaseOutcome;
  by: string;
  at: string;
}

/** A client as a person with a case; answers are in the intakes. */
export interface Client extends Document {
  type: 'client';
  municipality: string;
  language: string;
  /** Set when a coach took the client over from the team or another coach. */
  coach?: string;
  /** Who has answered for the client, the newest last: where organisations share clients, exactly one at every moment. */
  responsible?: Responsible[];
  /** Offered to another coach, who has not answered yet. */
  handOver?: HandOver;
  /** Id of the newest intake, where organisations share clients: by it a coach knows whose card this is. */
  intake?: string;
  /** What the client decided of their path, the newest last. */
  course?: CourseStep[];
  panel?: PanelState;
  /** Id of the chat in which the client was last, for what is told there later. */
  conversation?: string;
  /** Set when a coach closed the newest case; a later intake begins anew. */
  ended?: PathEnd;
  /** When the client asked not to be asked for feedback again (ISO 8601). */
  noFeedback?: string;
  /** Present when the client was transferred to the city and opened the chat with the code of their letter. */
  transferred?: {
    /** Hash of the code. */
    letter: string;
    /** Number in the system that the client comes from. */
    number: string;
    name: string;
    at: string;
  };
  /** Where the client's appointments may be found; a pointer without an appointment is harmless. */
  appointments: { coach: string; date: string; id: string }[];
  createdAt: string;
}

/** A submitted alkukartoitus. */
export interface Intake extends Document {
  type: 'intake';
  reference: string;
  answers: Partial<IntakeAnswers>;
  language: string;
  routing: Routing;
  /** The last day of the first meeting by the pack's dated rule (ISO date). */
  meetBy: string;
  submittedAt: string;
  /** What the client has put right since, the newest last. */
  corrections?: Correction[];
  /** Id of the plan that has a draft from it; absent in intakes of earlier releases. */
  plan?: string;
  handling: Handling;
}

/** A wish to talk with a person. */
export interface ContactRequest extends Document {
  type: 'contact';
  reference: string;
  name?: string;
  phone?: string;
  about?: string;
  /** The person waits in the chat rather than for a call. */
  here: boolean;
  /** Present when the person waits in a chat that we can write to. */
  handoff?: Handoff;
  /** Where the person hears that somebody has taken the request. */
  conversation?: string;
  language: string;
  coach?: string;
  requestedAt: string;
  /** Somebody answers by this moment (ISO 8601), in opening hours. */
  answerBy: string;
  handling: Handling;
}

/** What the confirmation of an intake tells. */
export interface IntakeDone {
  intake: Intake;
  coachName?: string;
}

/** Everything Polku keeps of one client, newest first. */
export interface ClientPath {
  client?: Client;
  intakes: Intake[];
  appointments: Appointment[];
  referrals: Referral[];
  contacts: ContactRequest[];
  feedback: Feedback[];
  suggestions: Suggestion[];
  /** Places that were told of in this chat, by an employer. */
  offers: Offer[];
  certificates: Certificate[];
  /** The employment plan; absent until there is an intake. */
  plan?: Plan;
}
