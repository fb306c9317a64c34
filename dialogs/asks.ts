import { restOf } from '../src/domain/clients/course.ts';
import type { Text } from '../src/domain/text.ts';
import type { Ask } from './engine/dialog.ts';
import { type Runner, startFlow, type Talk } from './engine/run.ts';
import type { Services } from './services.ts';

/** Something that the service tells of itself, in the language it was told in, and perhaps asks. */
export interface Told {
  language: string;
  say: Text[];
  ask?: Ask;
}

/** Questions of the service that wait at a time; the oldest make room. */
const asksKept = 5;

/** What the service has to ask, with one question more; the same question waits once. */
export function withAsk(asks: Ask[] = [], ask: Ask): Ask[] {
  const same = (other: Ask) => JSON.stringify(other) === JSON.stringify(ask);
  return [...asks.filter((other) => !same(other)), ask].slice(-asksKept);
}

/**
 * Asks the first of the waiting questions that still makes sense; false when there is none. Who rests from their path is
 * asked nothing: the questions wait.
 */
export async function askNext(runner: Runner, talk: Talk, services: Services): Promise<boolean> {
  if (!talk.dialog.asks?.length) return false;
  const { client } = await services.clients.path();
  if (client && restOf(client, services.now.toMillis())) return false;
  for (let [next, ...rest] = talk.dialog.asks ?? []; next; [next, ...rest] = rest) {
    talk.dialog.asks = rest.length > 0 ? rest : undefined;
    const { flow: id, given } = next;
    const flow = runner.flows.find((one) => one.id === id);
    if (!flow || !((await flow.wanted?.(given, services)) ?? true)) continue;
    await startFlow(runner, talk, services, id, given);
    if (talk.dialog.flow) return true;
  }
  return false;
}
