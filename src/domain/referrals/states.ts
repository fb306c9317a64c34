import type { Mover, Referral, ReferralState, ReferralStep, ReferralTask } from './referral.ts';

type Moves = Partial<Record<Mover, readonly ReferralState[]>>;

const toAccepted: readonly ReferralState[] = ['started', 'completed', 'not-reached', 'ended-without-help'];
const toStarted: readonly ReferralState[] = ['completed', 'not-reached', 'ended-without-help'];
/** The partner answers on the page; a coach writes down what the partner said on the phone. */
const answered = (to: readonly ReferralState[]): Moves => ({ partner: to, coach: to });

/** Every move there is. What is not here cannot happen, whoever wants it; states without moves are ends. */
const moves: Record<ReferralState, Moves> = {
  draft: { client: ['sent', 'withdrawn'] },
  // The client agrees; the partner is told only when a coach has approved the city's order.
  'awaits-order': { client: ['withdrawn'], coach: ['sent', 'declined'] },
  sent: {
    ...answered(['under-study', 'needs-client', 'accepted', 'declined']),
    client: ['withdrawn'],
    system: ['expired'],
  },
  'under-study': {
    ...answered(['needs-client', 'accepted', 'declined']),
    client: ['withdrawn'],
    system: ['expired'],
  },
  'needs-client': {
    ...answered(['under-study', 'accepted', 'declined']),
    client: ['withdrawn'],
    system: ['expired'],
  },
  // "I got there" starts the service as well: partners forget to tell.
  accepted: { ...answered(toAccepted), client: ['started', 'withdrawn'] },
  started: { ...answered(toStarted), client: ['withdrawn'] },
  // A late answer comes by phone.
  expired: { coach: ['accepted', 'declined'] },
  declined: {},
  completed: {},
  'ended-without-help': {},
  'not-reached': {},
  withdrawn: {},
};

/** Where this mover can take a referral from this state. */
export function nextStates(from: ReferralState, by: Mover): readonly ReferralState[] {
  return moves[from][by] ?? [];
}

/** Whether the partner still has something to tell: only then does a link open the page. */
export function isWithPartner(state: ReferralState): boolean {
  return nextStates(state, 'partner').length > 0;
}

/** Whether a coach has refused the order, so that the partner never heard of it. */
export function isRefusedOrder({ state, history }: Pick<Referral, 'state' | 'history'>): boolean {
  return state === 'declined' && history.at(-2)?.state === 'awaits-order';
}

/** Whether the client waits for the partner's answer. */
export function awaitsAnswer(state: ReferralState): boolean {
  return nextStates(state, 'system').length > 0;
}

/** Whether nothing more will come of it; a draft has not begun. */
export function isClosed(state: ReferralState): boolean {
  return state !== 'draft' && state !== 'awaits-order' && !isWithPartner(state);
}

/** Whether the client and the partner say opposite things of the same referral. */
export function disagree({ state, outcome }: Pick<Referral, 'state' | 'outcome'>): boolean {
  if (outcome?.answer === 'no') return state === 'accepted' || state === 'started' || state === 'completed';
  return outcome?.answer === 'yes' && state === 'not-reached';
}

/** The referral with something for the coach to look at, or with nothing; what was done about an earlier task is over. */
export function withTask(referral: Referral, task: ReferralTask | undefined): Referral {
  const { task: before, ...rest } = referral;
  if (task === before) return referral;
  if (!task) return rest;
  const { done: _, ...handling } = referral.handling;
  return { ...rest, task, handling };
}

/** The referral a step further, with the step as a line of its history; undefined when there is no such move. */
export function moved(referral: Referral, step: ReferralStep): Referral | undefined {
  if (!nextStates(referral.state, step.by).includes(step.state)) return undefined;
  const { reminded: _, ...rest } = referral;
  const next: Referral = { ...rest, state: step.state, history: [...referral.history, step] };
  if (step.state === 'expired') return withTask(next, 'noAnswer');
  return withTask(next, disagree(next) ? 'disagree' : undefined);
}
