import { DateTime } from 'luxon';
import { addWorkingDays } from '../municipalities/opening.ts';
import type { Municipality } from '../municipalities/pack.ts';
import type { Referral } from './referral.ts';
import { awaitsAnswer } from './states.ts';

/** What time brings to a referral when nobody acts. */
export type Due = 'remindPartner' | 'expire' | 'askClient' | 'askPartner' | 'tellCoach';

/** What happens by itself, and at which moment (epoch milliseconds). */
export interface Timer {
  what: Due;
  at: number;
}

type Rules = Pick<Municipality, 'timers' | 'zone' | 'services' | 'holidays'>;
const day = 24 * 3_600_000;
/** Hour of the local day at which a question about a start date is asked. */
const morning = 9;

/** Everything that time will bring as things stand, the earliest first. */
export function timersOf(referral: Referral, rules: Rules): Timer[] {
  if (referral.state === 'awaits-order') return orderTimers(referral, rules);
  const timers = awaitsAnswer(referral.state) ? answerTimers(referral, rules) : outcomeTimers(referral, rules);
  return timers.sort((one, other) => one.at - other.at);
}

/** A coach who has not decided about the order in the time that the client was told is reminded once. */
function orderTimers({ createdAt, service, asked = {} }: Referral, rules: Rules): Timer[] {
  if (asked.coach) return [];
  const by = orderBy({ createdAt, service }, rules);
  return by === undefined ? [] : [{ what: 'tellCoach', at: firstMorningAfter(by, rules) }];
}

/** The date (ISO) by which a coach decides about the order of a service; undefined when the city orders it no longer. */
export function orderBy(
  { createdAt, service }: Pick<Referral, 'createdAt' | 'service'>,
  rules: Rules,
): string | undefined {
  const days = rules.services.find(({ id }) => id === service)?.referral?.ordered?.workingDays;
  const day = DateTime.fromISO(createdAt).setZone(rules.zone).toISODate()!;
  return days === undefined ? undefined : addWorkingDays(rules, day, days);
}

/** The partner is reminded now and then, and at last it is over; each answer of the partner starts the time anew. */
function answerTimers({ history, reminded = 0 }: Referral, { timers }: Rules): Timer[] {
  const since = Date.parse(history.at(-1)!.at);
  const expires = since + timers.referralExpiryDays * day;
  const reminder = since + (reminded + 1) * timers.partnerReminderDays * day;
  return [
    { what: 'expire', at: expires },
    ...(reminder < expires ? [{ what: 'remindPartner' as const, at: reminder }] : []),
  ];
}

/** After a place was given both sides are asked once what came of it; when neither says, a coach is. */
function outcomeTimers({ state, history, asked = {}, outcome }: Referral, rules: Rules): Timer[] {
  const accepted = history.findLast((step) => step.state === 'accepted');
  if (!accepted || (state !== 'accepted' && state !== 'started')) return [];
  const { outcomeDays, referralExpiryDays } = rules.timers;
  const since = Date.parse(accepted.at);
  // Nobody is asked before the first day in the service.
  const start = accepted.startsOn === undefined ? since : Math.max(since, firstMorningAfter(accepted.startsOn, rules));
  const askClient = Math.max(since + outcomeDays * day, start);
  const askPartner = start + outcomeDays * day;
  const timers: Timer[] = [];
  if (!asked.client && !outcome) timers.push({ what: 'askClient', at: askClient });
  if (state === 'started') return timers;
  if (!asked.partner) timers.push({ what: 'askPartner', at: askPartner });
  if (!asked.coach && !outcome) timers.push({ what: 'tellCoach', at: askPartner + referralExpiryDays * day });
  return timers;
}

function firstMorningAfter(date: string, { zone }: Rules): number {
  return DateTime.fromISO(date, { zone }).plus({ days: 1 }).set({ hour: morning }).toMillis();
}

/** How many reminders would have been sent by now; those that a long stop has made late are sent as one. */
export function remindersBy(referral: Referral, now: number, { timers }: Rules): number {
  const passed = now - Date.parse(referral.history.at(-1)!.at);
  return Math.max((referral.reminded ?? 0) + 1, Math.floor(passed / (timers.partnerReminderDays * day)));
}
