import { z } from 'zod';
import { endOf } from '../src/domain/clients/end-path.ts';
import type { ClientPath } from '../src/domain/clients/path.ts';
import { openStates } from '../src/domain/referrals/withdraw.ts';
import type { Text } from '../src/domain/text.ts';
import { hasCode } from '../src/errors.ts';
import { courseText, leadTimesText, responsibleTexts, restIn } from './course-words.ts';
import { defineFlow, type Option } from './engine/flow.ts';
import { callUs, coming, meetingLine } from './meeting-words.ts';
import { panelOption } from './panel.ts';
import { again, endedText } from './path-ended.ts';
import { nameOfService } from './referral-words.ts';
import type { Services } from './services.ts';

/** Days of the pauses that are offered; any other day can be typed. */
const pauses = [14, 30, 90];
const longestPause = { years: 1 };

/** The person's own path as a whole: who is responsible, how long steps take; to pause it, stop it, go on, or put an answer right. */
export const myCourse = defineFlow({
  id: 'my-course',
  offered: ({ municipality }) => municipality.ownPath !== undefined,
  answers: z.object({
    do: z.string(),
    until: z.union([z.iso.date(), z.literal('open')]),
    meetings: z.enum(['keep', 'cancel']),
    referrals: z.enum(['keep', 'withdraw']),
    sure: z.string(),
  }),
  given: async (services) => {
    const path = await services.clients.path();
    return { hasMeetings: coming(path, services).length > 0, hasReferrals: openReferrals(path).length > 0 };
  },
  questions: [
    {
      ask: 'do',
      tell: async (_, services) => howItIs(await services.clients.path(), services),
      options: async (_, services) => whatToDo(await services.clients.path(), services),
      show: (what: string) => ({ key: `my-course.do.options.${what}` }),
    },
    {
      ask: 'until',
      when: { do: ['pause'] },
      tell: () => [{ key: 'my-course.aboutPause' }],
      options: (_, { now }) =>
        pauses.map((days): Option => {
          const at = now.plus({ days }).toISODate()!;
          return { value: at, label: { key: 'my-course.until.for', with: { count: days, until: { at, as: 'date' } } } };
        }),
      between: ({ now }) => [now.plus({ days: 1 }).toISODate()!, now.plus(longestPause).toISODate()!],
    },
    {
      ask: 'meetings',
      when: { do: ['pause', 'stop'], hasMeetings: true },
      tell: async (_, services) => aboutMeetings(await services.clients.path(), services),
    },
    {
      ask: 'referrals',
      when: { do: ['stop'], hasReferrals: true },
      tell: async (_, services) => [referralsList(await services.clients.path(), services)],
    },
    {
      ask: 'sure',
      when: { do: ['stop'] },
      tell: (_, { municipality }) => [callUs('my-course.official', municipality)],
      options: () => [
        { value: 'yes', label: { key: 'my-course.sure.options.yes' } },
        { value: 'no', label: { key: 'my-course.sure.options.no' }, goes: { flow: 'my-path' } },
      ],
      show: () => ({ key: 'my-course.sure.options.yes' }),
    },
  ],
  review: true,
  async complete(answers, services, intent) {
    const cancelled = answers.meetings === 'cancel' ? await cancelMeetings(services, intent) : [];
    if (answers.referrals === 'withdraw') await withdrawAll(services, intent);
    const { course } = services;
    if (answers.do === 'goOn') {
      await course.goOn(intent);
      return { say: [{ key: 'my-course.done.goOn' }] };
    }
    if (answers.do === 'stop') {
      await course.stop(intent);
      return { say: [...cancelled, { key: 'my-course.done.stop' }] };
    }
    const until = answers.until === 'open' ? undefined : answers.until;
    await course.pause(until, intent);
    const paused: Text = until
      ? { key: 'my-course.done.until', with: { until: { at: until, as: 'date' } } }
      : { key: 'my-course.done.pause' };
    const rest = { lines: [paused, { key: 'my-course.done.quiet' }] };
    return { say: [...cancelled, rest, { key: 'my-course.done.back' }] };
  },
});

/** The way here from the person's path, where the city lets them lead it. */
export function courseOption(path: ClientPath, { municipality }: Services): Option[] {
  if (!municipality.ownPath || path.intakes.length === 0) return [];
  return [{ value: 'my-course', label: { key: 'my-course.look' }, goes: { flow: 'my-course', given: {} } }];
}

function openReferrals({ referrals }: ClientPath) {
  return referrals.filter(({ state }) => state !== 'draft' && openStates.includes(state));
}

function howItIs(path: ClientPath, services: Services): Text[] {
  if (path.intakes.length === 0) return [{ key: 'my-course.none' }];
  const is = endedText(path) ?? courseText(path, services);
  return [...responsibleTexts(path, services), is, ...leadTimesText(path, services)];
}

function whatToDo(path: ClientPath, services: Services): Option[] {
  const choice = (value: string): Option => ({ value, label: { key: `my-course.do.options.${value}` } });
  const back = { ...choice('path'), goes: { flow: 'my-path' } };
  const [intake] = path.intakes;
  if (!intake) return [back];
  // What has ended can neither rest nor be stopped.
  if (endOf(path)) return [again, ...panelOption(services), back];
  const is = restIn(path, services)?.is ?? 'on';
  const corrected = { ...intake.answers, corrects: intake.id };
  return [
    ...(is === 'on' ? [] : [choice('goOn')]),
    ...(is === 'on' ? [choice('pause')] : []),
    ...(is === 'stopped' ? [] : [choice('stop')]),
    { ...choice('correct'), goes: { flow: 'intake', given: corrected } },
    ...panelOption(services),
    back,
  ];
}

function aboutMeetings(path: ClientPath, services: Services): Text[] {
  const { municipality } = services;
  const meetings = coming(path, services);
  const isStatutory = meetings.some(({ topic }) => municipality.limits.statutoryTopics.includes(topic));
  return [
    { lines: [{ key: 'my-course.meetings.list' }, ...meetings.map((one) => meetingLine(one, municipality))] },
    ...(isStatutory ? [{ key: 'appointment.statutory' }, callUs('appointment.askFirst', municipality)] : []),
  ];
}

function referralsList(path: ClientPath, services: Services): Text {
  const names = openReferrals(path).map(({ service }) => nameOfService(service, services));
  return { key: 'my-course.referrals.list', with: { services: { list: names } } };
}

/** Frees the times and says which; one that is too near stays, and whom to call is said. */
async function cancelMeetings(services: Services, intent: string): Promise<Text[]> {
  const late: Text[] = [];
  const freed: Text[] = [];
  for (const { id, start } of coming(await services.clients.path(), services)) {
    try {
      await services.appointments.cancel(id, intent);
      freed.push({ at: start, as: 'moment' });
    } catch (error) {
      if (!hasCode(error, 'tooLateToCancel')) throw error;
      const when: Text = { at: start, as: 'moment' };
      late.push({ key: 'my-course.tooLate', with: { when, phone: services.municipality.contact.phone } });
    }
  }
  return freed.length === 0 ? late : [{ key: 'my-course.freed', with: { meetings: { list: freed } } }, ...late];
}

async function withdrawAll(services: Services, intent: string): Promise<void> {
  for (const { id } of openReferrals(await services.clients.path())) await services.referrals.withdraw(id, intent);
}
