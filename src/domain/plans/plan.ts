import type { Need } from '../directory/match.ts';
import type { Document, DocumentRef } from '../documents.ts';
import type { Handling } from '../handling.ts';
import { madeId } from '../made-id.ts';
import type { ReferralState } from '../referrals/referral.ts';

/** Who does a step. */
export const doers = ['client', 'coach', 'partner'] as const;
export type Doer = (typeof doers)[number];

/** What a step can be; `own` is told in words alone. */
export const stepKinds = [
  'register',
  'meet',
  'interpreter',
  'cv',
  'jobs',
  'studies',
  'careers',
  'idea',
  'kela',
  'goal',
  'talk',
  'service',
  'find',
  'followUp',
  'own',
] as const;
export type StepKind = (typeof stepKinds)[number];

/** What a goal is about: a need of the intake, the work together with the coach, or own words. */
export type GoalKind = Exclude<Need, 'none'> | 'together' | 'own';

/** Words of a person, and the language they are in (ISO 639-1). */
export interface OwnWords {
  text: string;
  language: string;
}

/** How a step came to its end. */
export interface Tick {
  at: string;
  /** A meeting that was held, a referral that closed, or a coach who says so. */
  by: 'meeting' | 'referral' | 'coach';
  /** Id of the meeting or the referral; each ticks one step. */
  fact?: string;
  /** How the referral closed; anything but `completed` is an end, and the step is not done. */
  came?: ReferralState;
}

/** One step towards a goal: what, who does it, and by when (local ISO date). */
export interface PlanStep {
  id: string;
  what: StepKind;
  /** What is talked about or looked for. */
  need?: Exclude<Need, 'none'>;
  /** Id of a service of the directory. */
  service?: string;
  words?: OwnWords;
  who: Doer;
  by?: string;
  tick?: Tick;
}

/** A goal with its steps, in order. */
export interface PlanGoal {
  id: string;
  what: GoalKind;
  words?: OwnWords;
  steps: PlanStep[];
}

/** What the client wrote about the plan, and which version they saw. */
export interface PlanComment {
  id: string;
  words: OwnWords;
  at: string;
  version: number;
}

/**
 * The employment plan of a client, one a client: a draft from the intake that the coach works on. It is what the two of
 * them agree on, never an official decision.
 */
export interface Plan extends Document {
  type: 'plan';
  /** The intake that the draft was made from, and its reference, which both know. */
  intake: { id: string; reference: string };
  /** For the coach, who has many. */
  name?: string;
  coach?: string;
  /** ISO 639-1 of the client's chat when the draft was made. */
  language: string;
  /** As the coach has it before them. */
  goals: PlanGoal[];
  /** Counts the coach's changes; 1 is the draft. */
  version: number;
  /** The coach's last change, with a mark of the press that made it, so that the same press again is known. */
  changed?: { by: string; at: string; press: string };
  /** As the client sees it: the draft, or what a coach (`by`) sent; `parts` are the ids that were new or changed then. */
  shown: { version: number; at: string; goals: PlanGoal[]; by?: string; parts?: string[]; told?: boolean };
  /** The version that the client said yes to last. */
  accepted?: { version: number; at: string };
  comments: PlanComment[];
  /** Meetings and ends of referrals that were looked at: none of them ticks anything a second time. */
  heard: string[];
  createdAt: string;
  handling: Handling;
}

/** A plan holds at most so many goals; its card with all forms stays under the 28 kB of Teams. */
export const mostGoals = 6;
/** Steps of a plan, in all its goals. */
export const mostSteps = 18;
/** Comments of the client that are kept, the newest. */
export const mostComments = 20;
/** Longest own words of a coach in a goal or step, in characters. */
export const longestPlanWords = 150;

/** Id of the plan of a client; one client has one. */
export function planId(client: string): string {
  return madeId('plan', client);
}

/** Where the plan of a client is. */
export function planRef(client: string): DocumentRef {
  return { collection: 'clients', partition: client, id: planId(client) };
}

/** Whether a step is done; one whose referral closed in another way is not. */
export function isDone({ tick }: PlanStep): boolean {
  return tick !== undefined && (tick.came === undefined || tick.came === 'completed');
}

/** All steps of goals, in order. */
export function stepsOf(goals: readonly PlanGoal[]): PlanStep[] {
  return goals.flatMap(({ steps }) => steps);
}

/** Whether the client is asked for a yes: a coach sent a version that they have not accepted. */
export function awaitsClient({ shown, accepted }: Plan): boolean {
  return shown.by !== undefined && accepted?.version !== shown.version;
}

/** Whether the coach has changes that the client has not been sent, or the draft has never been sent. */
export function isUnsent({ shown, version }: Plan): boolean {
  return shown.by === undefined || shown.version !== version;
}

/** When the client last said something of the plan (ISO 8601); undefined when they have not. */
export function heardFromClient({ accepted, comments }: Plan): string | undefined {
  const times = [accepted?.at, comments.at(-1)?.at].filter((at) => at !== undefined);
  return times.sort().at(-1);
}
