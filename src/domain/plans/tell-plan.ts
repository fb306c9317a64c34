import type { OutboxItem } from '../documents.ts';
import { notice } from '../notices.ts';

/**
 * Lets the client's plan look at what has happened, in the same write as the fact; `fact` names it, `at` is epoch
 * milliseconds.
 */
export function tellPlan(client: string, fact: string, at: number): OutboxItem {
  return notice('timer', `${fact}-plan`, at, { timer: 'plan', client });
}
