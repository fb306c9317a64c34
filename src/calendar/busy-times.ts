import { z } from 'zod';
import { dateAt, shiftDate } from '../domain/appointments/wall-clock.ts';
import type { Coach, Municipality } from '../domain/municipalities/pack.ts';
import { makeRecent } from '../recent.ts';
import type { Graph, GraphAnswer } from './graph.ts';
import { mailboxOf, outlookMoment, utcTime } from './outlook.ts';

/** A time at which a coach is not free; epoch milliseconds. */
export interface BusyTime {
  start: number;
  end: number;
}

/** What free times are asked with. */
export interface BusyTimesParts {
  graph: Graph;
  municipality: Municipality;
  log: { warn(record: Record<string, unknown>, message: string): void };
  /** Epoch milliseconds. */
  now: () => number;
}

/** Tells what Outlook has on a local date of a coach; undefined when Outlook does not answer in time. */
export type BusyTimes = (coach: Coach, day: string) => Promise<BusyTime[] | undefined>;

/** Days that are asked for at once; Graph allows 42. */
const windowDays = 28;
/** Coaches in one request; Graph allows 20. */
const atOnce = 20;
/** In whose names one question is asked. */
const askersAtMost = 3;
/** An answer is good for so long, in milliseconds. */
const goodFor = 60_000;
/** After a failure nobody waits for Outlook for so long, in milliseconds. */
const restFor = 30_000;
const remembered = 5_000;

const schedules = z.object({
  value: z.array(
    z.object({
      scheduleId: z.string(),
      scheduleItems: z.array(z.object({ status: z.string(), start: outlookMoment, end: outlookMoment })).optional(),
      error: z.unknown().optional(),
    }),
  ),
});

const untold = 'Outlook does not tell the busy times of some coaches: theirs come from our own calendar alone';

type Answer = Promise<BusyTime[] | undefined>;

/**
 * Makes what asks Outlook for busy times: many questions of one moment are one request, an answer is remembered for a
 * minute, and after a failure there is a rest. Nothing but that it failed is logged.
 */
export function createBusyTimes({ graph, municipality, log, now }: BusyTimesParts): BusyTimes {
  const kept = makeRecent<string, { answer: Answer; until: number }>(remembered);
  const waiting = new Map<string, Map<string, (times: BusyTime[] | undefined) => void>>();
  let restsUntil = 0;

  function ask(first: string, mailbox: string): Answer {
    return new Promise((resolve) => {
      const others = waiting.get(first) ?? new Map<string, (times: BusyTime[] | undefined) => void>();
      others.set(mailbox, resolve);
      waiting.set(first, others);
      if (others.size === 1) setImmediate(() => void send(first));
    });
  }

  async function send(first: string): Promise<void> {
    const asked = [...(waiting.get(first) ?? [])];
    waiting.delete(first);
    const groups = Array.from({ length: Math.ceil(asked.length / atOnce) }, (_, i) =>
      asked.slice(i * atOnce, (i + 1) * atOnce),
    );
    await Promise.all(
      groups.map(async (group) => {
        const found = await fetchTimes(
          first,
          group.map(([mailbox]) => mailbox),
        );
        for (const [mailbox, resolve] of group) resolve(found?.get(mailbox.toLowerCase()));
      }),
    );
  }

  async function fetchTimes(first: string, mailboxes: string[]): Promise<Map<string, BusyTime[]> | undefined> {
    if (now() < restsUntil) return undefined;
    const answer = await askAs(first, mailboxes);
    if (answer.is === 'missing') {
      log.warn({ calendars: mailboxes.length }, untold);
      return new Map();
    }
    const parsed = answer.is === 'done' ? schedules.safeParse(answer.body) : undefined;
    if (!parsed?.success) {
      restsUntil = now() + restFor;
      log.warn({ answer: answer.is }, 'Outlook tells no busy times: free times come from our own calendar alone');
      return undefined;
    }
    const unknown = parsed.data.value.filter(({ error }) => error !== undefined && error !== null).length;
    if (unknown > 0) log.warn({ calendars: unknown }, untold);
    return new Map(
      parsed.data.value.map(({ scheduleId, scheduleItems = [] }) => [
        scheduleId.toLowerCase(),
        scheduleItems
          .filter(({ status }) => !free.includes(status.toLowerCase()))
          .map(({ start, end }) => ({ start, end })),
      ]),
    );
  }

  /** The question is asked in the name of one of the mailboxes; one that is none cannot ask, but others can. */
  async function askAs(first: string, mailboxes: string[]): Promise<GraphAnswer> {
    const at = (day: string) => utcTime(`${day}T00:00:00Z`);
    // A day more at each end, since local days do not begin with those of UTC.
    const body = {
      schedules: mailboxes,
      startTime: at(shiftDate(first, -1)),
      endTime: at(shiftDate(first, windowDays + 1)),
      availabilityViewInterval: 60,
    };
    let answer: GraphAnswer = { is: 'missing' };
    for (const mailbox of mailboxes.slice(0, askersAtMost)) {
      const path = `/users/${encodeURIComponent(mailbox)}/calendar/getSchedule`;
      answer = await graph({ method: 'POST', path, body });
      if (answer.is !== 'missing' && answer.is !== 'refused') break;
    }
    return answer;
  }

  return async (coach, day) => {
    const mailbox = mailboxOf(coach);
    const first = windowOf(day);
    const key = `${first} ${mailbox}`;
    let known = kept.get(key);
    if (!known || now() >= known.until) {
      if (now() < restsUntil) return undefined;
      known = { answer: ask(first, mailbox), until: now() + goodFor };
      kept.set(key, known);
      const mine = known;
      // What failed is asked again as soon as the rest is over.
      void mine.answer.then((times) => {
        if (!times && now() < restsUntil && kept.get(key) === mine) kept.delete(key);
      });
    }
    const times = await known.answer;
    return times?.filter(
      ({ start, end }) => dateAt(start, municipality.zone) <= day && day <= dateAt(end - 1, municipality.zone),
    );
  };
}

/** At these a coach can hold a meeting. */
const free = ['free', 'workingelsewhere'];

/** The first day of the window that holds the day; the same days make the same window. */
function windowOf(day: string): string {
  const days = Math.floor(Date.parse(`${day}T00:00:00Z`) / 86_400_000);
  return new Date((days - (days % windowDays)) * 86_400_000).toISOString().slice(0, 10);
}
