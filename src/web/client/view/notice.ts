import type { State } from '../session.ts';
import { fill, type Start } from '../words.ts';

/** What is said of the line, in words; empty when all is well. `wasLost` tells that it came back just now. */
export function notice(state: State | undefined, start: Start, wasLost: boolean): string {
  const { words, phone } = start;
  if (!state) return '';
  if (state.link === 'online') return wasLost ? words.back : '';
  if (state.link === 'starting') return '';
  const isEmpty = state.log.activities.length === 0;
  const parts = [isEmpty ? words.unreachable : words.lost];
  if (isEmpty && phone) parts.push(fill(words.orCall, { phone }));
  if (state.log.pending.some(({ failed }) => !failed)) parts.push(words.sending);
  return parts.join(' ');
}
