import type { CaseRef } from '../../domain/notices.ts';
import { acts, actsOf, type Case, handlingOf } from '../cases.ts';
import { type Block, type Button, sentence } from './blocks.ts';
import { type CardReader, coachName } from './reader.ts';

/** What the coaches have done about the case, a sentence each. */
export function handlingLines(found: Case, { say, municipality }: CardReader): Block[] {
  const handling = handlingOf(found);
  const done = { take: handling.taken, seen: handling.seen, done: handling.done };
  const keys = { take: 'taken', seen: 'seen', done: 'done' };
  return acts.flatMap((act) => {
    const step = done[act];
    if (!step) return [];
    const coach = coachName(step.by, municipality);
    const text = { key: `cards.handled.${keys[act]}`, with: { coach, at: { at: step.at, as: 'moment' as const } } };
    return [sentence(say(text), { color: 'Good' })];
  });
}

/** The buttons of what this coach can do now. */
export function buttons(found: Case, about: CaseRef, { coach, now, say }: CardReader): Button[] {
  return actsOf(found, coach.id, now).map((act) => ({
    type: 'Action.Submit',
    title: say({ key: `cards.buttons.${act}` }),
    data: { act, about },
  }));
}
