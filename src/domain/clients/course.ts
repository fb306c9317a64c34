import { DateTime } from 'luxon';
import { changeDocument } from '../change-document.ts';
import { courseHappened } from '../figures/happened.ts';
import { madeId } from '../made-id.ts';
import { notice, telling, withOutbox } from '../notices.ts';
import { type ClientAct, changeClient, clientRef } from './client.ts';
import type { Client } from './path.ts';
import { reachOf, toClient } from './reach.ts';

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
  /** When the client was told that it is over. */
  over?: string;
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

/** A pause has come to its day: the client and the coach hear of it once, unless the client has decided otherwise since. */
export async function endPause(
  { documents, now }: Pick<ClientAct, 'documents' | 'now'>,
  client: string,
  step: string,
): Promise<void> {
  const reach = await reachOf(documents, client);
  await changeDocument<Client>(documents, clientRef(client), (current) => {
    const { course = [] } = current ?? {};
    const last = course.at(-1);
    if (!current || last?.id !== step || last.over !== undefined || restOf(current, now.toMillis())) return undefined;
    const over: CourseStep = { ...last, over: now.toUTC().toISO()! };
    const told = { say: [{ key: 'my-course.over.title' }], mail: { subject: { key: 'my-course.over.subject' } } };
    return telling(
      { ...current, course: [...course.slice(0, -1), over] },
      notice('coach', `${step}-over-news`, now.toMillis(), { news: 'course' }),
      notice('timer', `${step}-rested`, now.toMillis(), { timer: 'rested' }),
      ...toClient(reach, `${step}-over`, now.toMillis(), told),
    );
  });
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
    const others = (client.outbox ?? []).filter(({ payload }) => payload.timer !== 'pause');
    return telling(
      withOutbox(next, others),
      notice('coach', `${id}-news`, act.now.toMillis(), { news: 'course', by: 'client' }),
      ...courseHappened({ id, is: step.is }, { municipality: act.municipality, now: act.now.toMillis() }),
      ...(step.is === 'on' ? [notice('timer', `${id}-rested`, act.now.toMillis(), { timer: 'rested' })] : []),
      ...(step.until ? [notice('timer', `${id}-over`, Date.parse(step.until), { timer: 'pause', step: id })] : []),
    );
  });
}
