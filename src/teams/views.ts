import { DateTime } from 'luxon';
import type { Draft } from '../bot/activity.ts';
import type { CaseRef } from '../domain/notices.ts';
import type { Text } from '../domain/text.ts';
import { countText, openCases } from './action-list.ts';
import type { CardReader } from './cards/reader.ts';
import { cardId } from './cases.ts';
import type { CardParts } from './present.ts';
import { reachNote } from './reach-note.ts';
import { cardDraft, type ListName } from './stored-card.ts';

/** What a coach can look at by a word. */
export const views = ['todo', 'today', 'week', 'clients', 'panel'] as const;
export type View = (typeof views)[number];

/** Cards shown at once; who has more sees the rest when these are done. */
const shownAtOnce = 10;

/** The cards of a view, and what is said under them. */
export async function viewFor(
  { documents, municipality, now }: CardParts,
  view: View,
  { coach, language }: CardReader,
): Promise<{ cards: Draft[]; say?: Text }> {
  const today = DateTime.fromMillis(now(), { zone: municipality.zone });
  const day: CaseRef = { collection: 'calendars', partition: coach.id, id: today.toISODate()! };
  switch (view) {
    case 'todo': {
      const open = await openCases(documents, municipality, coach.id, now());
      const first: Text[] = open.length > shownAtOnce ? [{ key: 'coach.first', with: { count: shownAtOnce } }] : [];
      return {
        cards: open.slice(0, shownAtOnce).map(({ about }) => cardOf(about, language)),
        say: { lines: [countText(open.length), ...first, ...(await reachNote(documents, coach.id))] },
      };
    }
    case 'today':
      return { cards: [cardOf(day, language)] };
    case 'week':
    case 'clients':
    case 'panel':
      return { cards: [listOf(view, { ...day, id: view === 'week' ? day.id : view }, language)] };
  }
}

/** A message that shows the card of a case. */
export function cardOf(about: CaseRef, language: string): Draft {
  // Whether it is open is worked out when the card is read.
  return cardDraft({ card: { id: cardId(about), open: false }, about }, language);
}

function listOf(list: ListName, about: CaseRef, language: string): Draft {
  return cardDraft({ card: { id: `${list}|${cardId(about)}`, open: false }, about, list }, language);
}
