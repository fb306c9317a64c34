import { coachFlows } from '../dialogs/coach/index.ts';
import { createCoachDialogue } from './coach-world.ts';
import { createInbox } from './teams/inbox.ts';
import { type CardParts, createPresent } from './teams/present.ts';

/** What a coach writes and presses, and what a coach sees: cards, lists and the flows of the staff. */
export function createCoachSide(parts: CardParts & { newId: () => string }) {
  const { municipality, t, newId } = parts;
  return {
    decide: createInbox(parts, createCoachDialogue(coachFlows, { municipality, t, newId })),
    present: createPresent(parts),
  };
}
