import { DateTime } from 'luxon';
import type { Draft } from '../bot/activity.ts';
import type { ConversationDocument } from '../bot/conversation-document.ts';
import type { Clean } from '../bot/gate.ts';
import type { Decide, Decided } from '../bot/turn.ts';
import type { Documents } from '../domain/documents.ts';
import type { Coach } from '../domain/municipalities/pack.ts';
import type { CaseRef } from '../domain/notices.ts';
import type { Text } from '../domain/text.ts';
import { openCases } from './action-list.ts';
import { type Pressed, press, pressed } from './actions.ts';
import { type CardReader, readerFor } from './cards/reader.ts';
import { cardId } from './cases.ts';
import type { CardParts } from './present.ts';
import { cardDraft } from './stored-card.ts';

/** What the inbox remembers between turns. */
interface InboxState {
  /** Local date of the last greeting, so that opening the page again the same day says nothing twice. */
  greeted?: string;
}

const words = ['todo', 'today', 'help'] as const;
type Word = (typeof words)[number];

/** Cards shown at once; who has more sees the rest when these are done. */
const shownAtOnce = 10;

/** Makes the decider of the coaches' own conversations. A change of the world comes after `fence`. */
export function createInbox(parts: CardParts): Decide {
  const { documents, municipality, t, now } = parts;
  const byWord = new Map<string, Word>(
    words.flatMap((word) =>
      t.languages.flatMap((language) =>
        t.words(`coach.words.${word}`, language).map((one) => [fold(one), word] as const),
      ),
    ),
  );

  return async function decide(conversation, incoming, fence, timed): Promise<Decided> {
    const state = conversation.dialog as InboxState;
    const coach = municipality.coaches.find(({ id }) => id === conversation.coach);
    if (!coach) {
      const language = strangersLanguage(conversation);
      return { dialog: state, drafts: [text(t.say({ key: 'coach.stranger' }, language), language)] };
    }
    const reader = readerFor(coach, t, municipality, now());
    if (incoming.type === 'typing') return { dialog: state, drafts: [] };
    if (incoming.type === 'event') return join(state, incoming, coach, reader);
    const wish = wishIn(incoming);
    if (wish) {
      const { success, data } = pressed.safeParse(wish);
      if (!success) return { dialog: state, drafts: [said({ key: 'coach.act.unreadable' }, reader)] };
      return { dialog: state, drafts: await pressedCard(data, coach, reader, fence, timed) };
    }
    return { dialog: state, drafts: await answer(byWord.get(fold(incoming.text)), coach, reader) };
  };

  async function join(state: InboxState, { name }: Clean, coach: Coach, reader: CardReader): Promise<Decided> {
    const today = localDate();
    if (name !== 'webchat/join' || state.greeted === today) return { dialog: state, drafts: [] };
    const count = (await openCases(documents, municipality, coach.id, now())).length;
    const hello = { key: 'coach.hello', with: { coach: coach.name } };
    return { dialog: { greeted: today }, drafts: [said({ lines: [hello, countText(count)] }, reader)] };
  }

  async function pressedCard(
    wish: Pressed,
    coach: Coach,
    reader: CardReader,
    fence: () => Promise<void>,
    timed: Documents,
  ): Promise<Draft[]> {
    await fence();
    const { say, about } = await press({ ...parts, documents: timed }, coach, wish);
    return [...(about ? [cardOf(about, reader)] : []), said(say, reader)];
  }

  async function answer(word: Word | undefined, coach: Coach, reader: CardReader): Promise<Draft[]> {
    switch (word) {
      case 'todo': {
        const open = await openCases(documents, municipality, coach.id, now());
        const shown = open.slice(0, shownAtOnce).map(({ about }) => cardOf(about, reader));
        const first: Text[] = open.length > shownAtOnce ? [{ key: 'coach.first', with: { count: shownAtOnce } }] : [];
        return [...shown, said({ lines: [countText(open.length), ...first] }, reader)];
      }
      case 'today':
        return [cardOf({ collection: 'calendars', partition: coach.id, id: localDate() }, reader)];
      case 'help':
        return [said({ key: 'coach.help' }, reader)];
      default:
        return [said({ key: 'coach.notUnderstood' }, reader)];
    }
  }

  function said(what: Text, reader: CardReader): Draft {
    const actions = words.map((word) => {
      const [title = ''] = t.words(`coach.words.${word}`, reader.language);
      return { type: 'imBack' as const, title, value: title };
    });
    return { ...text(reader.say(what), reader.language), suggestedActions: { to: [], actions } };
  }

  function localDate(): string {
    return DateTime.fromMillis(now(), { zone: municipality.zone }).toISODate()!;
  }

  function strangersLanguage({ pageLanguage }: ConversationDocument): string {
    return pageLanguage !== undefined && t.languages.includes(pageLanguage) ? pageLanguage : 'fi';
  }
}

function text(words: string, locale: string): Draft {
  return { type: 'message', text: words, textFormat: 'plain', locale };
}

function cardOf(about: CaseRef, { language }: CardReader): Draft {
  // Whether it is open is worked out when the card is read.
  return cardDraft({ card: { id: cardId(about), open: false }, about }, language);
}

function countText(count: number): Text {
  if (count < 2) return { key: `coach.count.${count === 0 ? 'none' : 'one'}` };
  return { key: 'coach.count.many', with: { count } };
}

/** What a button sent: the data of `Action.Submit`, or of `Action.Execute` inside its invoke. */
function wishIn({ value }: Clean): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const { action } = value as { action?: { data?: unknown } };
  return action?.data ?? value;
}

/** Makes two ways of writing a word equal: case, accents and punctuation do not matter, but "?" alone is a word. */
function fold(word: string): string {
  const plain = word
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return plain || word.trim();
}
