/** What came of a client's case when it was closed. */
export const caseOutcomes = [
  'job',
  'ownBusiness',
  'education',
  'rehabilitation',
  'pension',
  'otherService',
  'movedAway',
  'notReached',
  'notNow',
  'other',
] as const;
export type CaseOutcome = (typeof caseOutcomes)[number];

/** Which coach did something, and when (ISO 8601). */
export interface Step {
  by: string;
  at: string;
}

/** What the coaches have done about a case; the first `taken` wins. */
export interface Handling {
  taken?: Step;
  seen?: Step;
  /** `told`: whether the client could be told how their path ended. */
  done?: Step & { outcome?: CaseOutcome; told?: boolean };
  /** When a certificate was put on the client's path last. */
  certified?: Step;
  /** Given to another coach, who has it to take; without `to` handed back to all. A later `taken` is newer. */
  given?: Step & { to?: string };
}
