import type { Reach } from '../clients/reach.ts';
import { isResting, toClient } from '../clients/reach.ts';
import type { OutboxItem } from '../documents.ts';
import { referralHappened } from '../figures/happened.ts';
import type { Municipality } from '../municipalities/pack.ts';
import { notice, telling, withOutbox } from '../notices.ts';
import { tellPlan } from '../plans/tell-plan.ts';
import type { Text } from '../text.ts';
import type { Referral, ReferralState, ReferralStep } from './referral.ts';
import { disagree, isClosed, isRefusedOrder, moved, withTask } from './states.ts';
import { remindersBy, timersOf } from './timers.ts';

/** What following a referral needs to know besides it: the pack, and where the client can be told of news. */
export interface Following {
  municipality: Municipality;
  reach: Reach;
  /** Epoch milliseconds. */
  now: number;
}

/** A step of somebody who moves a referral, before it has a time. */
export type NewStep = Omit<ReferralStep, 'at'>;

/** Items that belong to the state that was left: questions and reminders nobody has to hear any more. */
function isOutdated({ kind, payload }: Pick<OutboxItem, 'kind' | 'payload'>): boolean {
  return isTimer({ kind, payload }) || (kind === 'mail' && ['reminder', 'progress'].includes(String(payload.mail)));
}

/** The one timer of a referral; what the plan is told of is no timer of it. */
function isTimer({ kind, payload }: Pick<OutboxItem, 'kind' | 'payload'>): boolean {
  return kind === 'timer' && payload.timer === 'referral';
}

/** The referral with its one timer set to what comes next; without one when time brings nothing more. */
export function withTimer(referral: Referral, municipality: Municipality): Referral {
  const others = (referral.outbox ?? []).filter((item) => !isTimer(item));
  const [next] = timersOf(referral, municipality);
  const timers = next ? [notice('timer', `${referral.id}-timer-${next.at}`, next.at, { timer: 'referral' })] : [];
  return withOutbox(referral, [...others, ...timers]);
}

/**
 * The referral after a step: its history, its timer, the card of the coach, and what the client hears of it. Undefined
 * when there is no such move from where the referral is now.
 */
export function stepped(referral: Referral, step: NewStep, following: Following): Referral | undefined {
  const at = new Date(following.now).toISOString();
  const next = moved(referral, { ...step, at });
  if (!next) return undefined;
  const kept = (next.outbox ?? []).filter((item) => !isOutdated(item));
  const told = telling(
    withOutbox(next, kept),
    coachNews(next, step, following.now),
    ...clientNews(next, step, following),
    ...referralHappened(next, following),
    ...(isClosed(next.state) ? [tellPlan(next.partition, `${next.id}-${next.history.length}`, following.now)] : []),
  );
  return withTimer(told, following.municipality);
}

/** A card for the coach; the length of the history lets each step tell once. */
function coachNews({ id, history }: Referral, { by }: Pick<ReferralStep, 'by'>, at: number, what = 'step'): OutboxItem {
  return notice('coach', `${id}-${what}-${history.length}`, at, { news: 'referral', by });
}

/** The client hears of what others did, with what comes next; a closed referral is followed by the question how it went. */
function clientNews(referral: Referral, { by }: NewStep, { reach, municipality, now }: Following): OutboxItem[] {
  if (by === 'client') return [];
  const { id, state, history } = referral;
  const closed = isClosed(state);
  const say = [whatHappened(referral, municipality)];
  const mail =
    closed || state === 'accepted' || state === 'needs-client' ? { subject: subjectOf(referral) } : undefined;
  // Nobody is asked how a service was that was never ordered.
  const asks = closed && reach.mayAsk && !isRefusedOrder(referral);
  const ask = asks ? { flow: 'feedback', given: { referral: id } } : undefined;
  return toClient(reach, `${id}-${history.length}-client`, now, { say, ...(mail && { mail }), ...(ask && { ask }) });
}

function subjectOf({ reference }: Referral): Text {
  return { key: 'news.subject', with: { reference } };
}

/** States in which the client can do something now. */
const withAdvice: readonly ReferralState[] = [
  'needs-client',
  'accepted',
  'declined',
  'ended-without-help',
  'not-reached',
  'expired',
];

/** The newest step in the client's words. */
export function whatHappened(referral: Referral, { services, contact }: Municipality): Text {
  const { state, service, history, order } = referral;
  const found = services.find(({ id }) => id === service);
  const named = { service: found?.name ?? service, provider: found?.provider ?? '' };
  const next = { phone: contact.phone };
  if (isRefusedOrder(referral)) {
    const { words = '', wordsIn = 'fi' } = history.at(-1)!;
    const why: Text = { key: 'order.why', with: { words, language: { key: `answers.writtenIn.${wordsIn}` } } };
    return { lines: [{ key: 'order.refused', with: named }, why, { key: 'news.next.declined', with: next }] };
  }
  if (order && state === 'sent') {
    const reference = { key: 'order.reference', with: { order: order.reference } };
    return { lines: [{ key: 'order.approved', with: named }, reference, { key: 'order.now', with: named }] };
  }
  const lines: Text[] = [{ key: `news.referral.${state}`, with: named }, ...toldOf(history.at(-1)!)];
  if (withAdvice.includes(state)) lines.push({ key: `news.next.${state}`, with: next });
  return { lines };
}

/** What was told with a step, a line each: the first day, the reason, and own words with their language. */
export function toldOf({ by, startsOn, reason, words, wordsIn = 'fi' }: ReferralStep): Text[] {
  const language = { key: `answers.writtenIn.${wordsIn}` };
  return [
    ...(startsOn === undefined
      ? []
      : [{ key: 'news.startsOn', with: { date: { at: startsOn, as: 'date' } as const } }]),
    ...(reason === undefined ? [] : [{ key: 'news.reason', with: { reason: { key: `reasons.${reason}` } } }]),
    ...(words === undefined ? [] : [{ key: by === 'coach' ? 'order.why' : 'news.words', with: { words, language } }]),
  ];
}

/** What the client answered to "did you get there?"; "yes" starts the service when the partner has not told. */
export function answeredOutcome(
  referral: Referral,
  answer: NonNullable<Referral['outcome']>['answer'],
  following: Following,
): Referral {
  const at = new Date(following.now).toISOString();
  const heard: Referral = { ...referral, outcome: { answer, at } };
  if (answer === 'notNow') return withTimer(heard, following.municipality);
  const started = answer === 'yes' ? stepped(heard, { state: 'started', by: 'client' }, following) : undefined;
  if (started) return started;
  const next = withTask(heard, disagree(heard) ? 'disagree' : undefined);
  return withTimer(telling(next, coachNews(next, { by: 'client' }, following.now, answer)), following.municipality);
}

/** The referral after everything that time has brought by now; the same referral when nothing was due. */
export function ticked(referral: Referral, following: Following): Referral {
  const { municipality, reach, now } = following;
  const due = timersOf(referral, municipality).filter(({ at }) => at <= now);
  const what = due.some((timer) => timer.what === 'expire') ? 'expire' : due[0]?.what;
  const { id, asked, history } = referral;
  const at = new Date(now).toISOString();
  switch (what) {
    case undefined:
      return withTimer(referral, municipality);
    case 'expire':
      return stepped(referral, { state: 'expired', by: 'system' }, following)!;
    case 'remindPartner': {
      const reminded = remindersBy(referral, now, municipality);
      const mail = notice('mail', `${id}-${history.length}-reminder-${reminded}`, now, { mail: 'reminder' });
      return ticked(telling({ ...referral, reminded }, mail), following);
    }
    case 'askClient': {
      if (!isResting(reach, now)) return ticked(outcomeAsked(referral, following), following);
      return ticked({ ...referral, asked: { ...asked, client: at, afterRest: true } }, following);
    }
    case 'askPartner': {
      const mail = notice('mail', `${id}-progress`, now, { mail: 'progress' });
      return ticked(telling({ ...referral, asked: { ...asked, partner: at } }, mail), following);
    }
    case 'tellCoach': {
      const task = referral.state === 'awaits-order' ? 'order' : 'silent';
      const next = withTask({ ...referral, asked: { ...asked, coach: at } }, task);
      return ticked(telling(next, coachNews(next, { by: 'system' }, now, task)), following);
    }
  }
}

/** The referral with the question that fell due while the client rested; undefined when there is none, or they still rest. */
export function askedAfterRest(referral: Referral, following: Following): Referral | undefined {
  const { asked, outcome, state } = referral;
  if (!asked?.afterRest || isResting(following.reach, following.now)) return undefined;
  const { afterRest: _, ...rest } = asked;
  const isOver = outcome !== undefined || (state !== 'accepted' && state !== 'started');
  return isOver ? { ...referral, asked: rest } : outcomeAsked({ ...referral, asked: rest }, following);
}

/** Asks the client whether they got there, in the chat and by mail. */
function outcomeAsked(referral: Referral, { municipality, reach, now }: Following): Referral {
  const { id, asked } = referral;
  const ask = { flow: 'outcome', given: { referral: id } };
  const letter = [askWhether(referral, municipality), { key: 'news.answerHere' }];
  const mail = { subject: subjectOf(referral), say: letter };
  const items = toClient(reach, `${id}-outcome`, now, { say: [], ask, mail });
  return telling({ ...referral, asked: { ...asked, client: new Date(now).toISOString() } }, ...items);
}

function askWhether({ service, history }: Referral, { services }: Municipality): Text {
  const name = services.find(({ id }) => id === service)?.name ?? service;
  const accepted = history.findLast(({ state }) => state === 'accepted')!;
  return { key: 'outcome.accepted', with: { service: name, date: { at: accepted.at, as: 'date' } } };
}
