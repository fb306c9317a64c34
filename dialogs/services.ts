import type { DateTime } from 'luxon';
import type {
  Appointment,
  AppointmentTopic,
  BookingRequest,
  Slot,
  SlotQuery,
} from '../src/domain/appointments/appointment.ts';
import type { FeedbackGiven, FeedbackSubject } from '../src/domain/clients/feedback.ts';
import type { IntakeAnswers } from '../src/domain/clients/intake.ts';
import type { LetterOutcome } from '../src/domain/clients/letter.ts';
import type { ClientPath, ContactRequest, IntakeDone } from '../src/domain/clients/path.ts';
import type { SuggestedPlace } from '../src/domain/coaches/suggestion.ts';
import type { Match, Need } from '../src/domain/directory/match.ts';
import type { MeetingKind, Municipality } from '../src/domain/municipalities/pack.ts';
import type { Offer, OfferedPlace, OfferOutcome } from '../src/domain/offers/offer.ts';
import type { OfferRequest } from '../src/domain/offers/submit-offer.ts';
import type { Plan } from '../src/domain/plans/plan.ts';
import type { Outcome, Referral, ReferralRequest } from '../src/domain/referrals/referral.ts';
import type { TogetherDone } from '../src/domain/referrals/together.ts';

export type { BookingRequest, SlotQuery };

/**
 * Everything a flow may ask of the world, bound to the client of the conversation. What changes something takes the
 * intent of the confirmation and is idempotent by it; refusals are `PolkuError`s with a code.
 */
export interface Services {
  now: DateTime;
  language: string;
  municipality: Municipality;
  clients: {
    path(): Promise<ClientPath>;
    submitIntake(answers: Partial<IntakeAnswers>, intent: string): Promise<IntakeDone>;
    /** Puts answers of an intake right; resolves with the questions whose answers changed. Throws `notFound`. */
    correctIntake(intake: string, answers: Partial<IntakeAnswers>, intent: string): Promise<(keyof IntakeAnswers)[]>;
    /** Opens the letter whose code has this hash: the client becomes the one that it is for. */
    openLetter(hash: string): Promise<LetterOutcome>;
    /** Deletes everything about the client, frees their times, tells their coach. */
    erase(intent: string): Promise<void>;
  };
  appointments: {
    /** Kinds that somebody offers for the topic, in the order to show. */
    kinds(topic: AppointmentTopic): MeetingKind[];
    free(query: SlotQuery): Promise<Slot[]>;
    /** Local dates with at least one free time, from the next day on. */
    days(query: Omit<SlotQuery, 'day' | 'after'>): Promise<string[]>;
    /** Throws `slotTaken`, `tooManyAppointments`, `tooManyFromHere`; when it moves an appointment also `tooLateToMove`, `notFound`. */
    book(request: BookingRequest, intent: string): Promise<Appointment>;
    /** Throws `tooLateToCancel`, `notFound`. */
    cancel(appointment: string, intent: string): Promise<Appointment>;
    /** Notes that the client wants an earlier time than this appointment's, or no longer does. Throws `notFound`. */
    wantEarlier(appointment: string, wants: boolean, intent: string): Promise<Appointment>;
    /** Calendar file of the appointment, in the client's language. */
    ics(appointment: Appointment): string;
  };
  referrals: {
    match(needs: Need[], limit: number): Promise<Match[]>;
    submit(request: ReferralRequest, intent: string): Promise<Referral>;
    /** Refers to several services from one consent; those that are full or have the client already are left out. */
    submitTogether(requests: ReferralRequest[], intent: string): Promise<TogetherDone>;
    withdraw(referral: string, intent: string): Promise<Referral>;
    /** Keeps what the client says of whether they got there; the first answer stands. Throws `notFound`. */
    outcome(referral: string, answer: Outcome, intent: string): Promise<Referral>;
  };
  course: {
    /** Rests until the day (local ISO date), or until the person goes on. */
    pause(until: string | undefined, intent: string): Promise<void>;
    stop(intent: string): Promise<void>;
    goOn(intent: string): Promise<void>;
  };
  panel: {
    /** Whether to ask of the panel now; true once a person. */
    askOnce(intent: string): Promise<boolean>;
    /** Resolves with the reference that the staff see. */
    join(intent: string): Promise<string>;
    leave(intent: string): Promise<void>;
  };
  feedback: {
    /** Keeps the client's opinion; the first of each subject stands. */
    give(about: FeedbackSubject, given: FeedbackGiven, intent: string): Promise<void>;
    /** The client does not want to be asked again. */
    refuse(intent: string): Promise<void>;
  };
  fromCoach: {
    declineSuggestion(id: string, intent: string): Promise<void>;
    /** The client wants the suggested place, and agrees to the text of this version. Throws `notFound`. */
    acceptPlace(id: string, consentVersion: string, intent: string): Promise<void>;
    /** What an employer tells of a suggested place; undefined when it is not open any more. */
    place(suggested: SuggestedPlace): Promise<OfferedPlace | undefined>;
    /** The meeting stays as it is, though its coach proposed another time. */
    keepTime(appointment: string, intent: string): Promise<void>;
  };
  offers: {
    /** Throws `tooMany`. */
    submit(request: OfferRequest, intent: string): Promise<Offer>;
    /** The employer ends an offer. Throws `notFound`. */
    takeBack(offer: string, outcome: OfferOutcome, intent: string): Promise<Offer>;
  };
  certificates: {
    /** Hides a certificate from the coaches, or shows it again. Throws `notFound`. */
    hide(id: string, hides: boolean, intent: string): Promise<void>;
    /** Removes a certificate; again is no error. */
    remove(id: string, intent: string): Promise<void>;
  };
  plan: {
    /** The client's yes to the version they saw; changes nothing when a newer one was sent. Throws `notFound`. */
    accept(version: number, intent: string): Promise<Plan>;
    /** Keeps what the client writes about the plan, for the coach. Throws `notFound`. */
    comment(words: string, intent: string): Promise<Plan>;
  };
  contact: {
    /** Whether the counter is open now, and when it opens next (ISO 8601). */
    hours(): { open: boolean; opens: string };
    request(
      wish: { phone?: string; name?: string; about?: string; here: boolean },
      intent: string,
    ): Promise<ContactRequest>;
    /** Adds a number to a request that nobody came for. Throws `notFound`, `alreadyTaken`. */
    askToCall(contact: string, phone: string, intent: string): Promise<ContactRequest>;
  };
}
