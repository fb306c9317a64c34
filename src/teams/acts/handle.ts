import type { Handling } from '../../domain/handling.ts';
import type { Wish } from './wish.ts';

/** What is known of a case after an act of a coach (`at` is ISO 8601). */
export function handled(before: Handling, wish: Wish, coach: string, at: string): Handling {
  const step = { by: coach, at };
  const { taken: _, ...untaken } = before;
  switch (wish.act) {
    case 'take':
      return { ...before, taken: step };
    case 'seen':
      return { ...before, seen: step };
    case 'done':
      return { ...before, done: step };
    case 'close':
      return { ...before, done: { ...step, outcome: wish.input.outcome } };
    case 'certify':
      return { ...before, certified: step };
    case 'give':
      return { ...untaken, given: { ...step, to: wish.input.to } };
    case 'return':
      return { ...untaken, given: step };
    default:
      return before;
  }
}
