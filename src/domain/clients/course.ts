import { DateTime } from 'luxon';
import { madeId } from '../made-id.ts';
import { notice, telling } from '../notices.ts';
import { type ClientAct, changeClient } from './client.ts';
import type { Client } from './path.ts';

/** How a client's path stands: it goes on, rests for a while, or the client wants to be left alone. */
export type CourseState = 'on' | 'paused' | 'stopped';

/** What the client decided of their path, and when (ISO 8601). */
export interface CourseStep {
  /** Made from the intent, so that the same decision twice is one. */
  id: string;
  is: CourseState;
  at: string;
  /** From then on the path goes on by itself (the beginning of a local day, ISO 8601); absent: when the client says so. */
  until?: string;
}

/** The rest that the client decided on, as it stands at a moment (epoch milliseconds); undefined while the path goes on. */
export function restOf({ course }: Pick<Client, 'course'>, now: number): CourseStep | undefined {
  const last = course?.at(-1);
  if (!last || last.is === 'on') return undefined;
  return last.until !== undefined && Date.parse(last.until) <= now ? undefined : last;
}

/** The path rests until the day (local ISO date), or until the client goes on. Nobody reminds or asks meanwhile. */
export async function pausePath(act: ClientAct, day: string | undefined): Promise<void> {
  const until = day && DateTime.fromISO(day, { zone: act.municipality.zone }).startOf('day').toISO()!;
  await decide(act, { is: 'paused', ...(until !== undefined && { until }) });
}

/** The client wants to be left alone. That is an end as good as any, and they can begin again. */
export async function stopPath(act: ClientAct): Promise<void> {
  await decide(act, { is: 'stopped' });
}

/** The path goes on. */
export async function goOnPath(act: ClientAct): Promise<void> {
  await decide(act, { is: 'on' });
}

/** Who wanted to be left alone and now does something for their path has begun again; nothing for everybody else. */
export async function beginAgain(act: ClientAct): Promise<void> {
  await decide(act, { is: 'on' }, (client) => client.course?.at(-1)?.is === 'stopped');
}

async function decide(
  act: ClientAct,
  step: Pick<CourseStep, 'is' | 'until'>,
  when: (client: Client) => boolean = () => true,
): Promise<void> {
  const id = madeId('course', act.client, act.intent);
  await changeClient(act, (client) => {
    const course = client.course ?? [];
    if (course.some((one) => one.id === id) || !when(client)) return undefined;
    const next: Client = { ...client, course: [...course, { id, ...step, at: act.now.toUTC().toISO()! }] };
    return telling(next, notice('coach', `${id}-news`, act.now.toMillis(), { news: 'course', by: 'client' }));
  });
}
