import { DateTime } from 'luxon';
import type { ConversationDocument } from '../bot/conversation-document.ts';
import type { Clean } from '../bot/gate.ts';
import { type Said, toDraft } from '../bot/say.ts';
import type { Decide, Decided } from '../bot/turn.ts';
import { asChosen } from '../domain/coaches/settings.ts';
import type { Documents } from '../domain/documents.ts';
import type { Coach } from '../domain/municipalities/pack.ts';
import { endWord } from '../handoff/client-turn.ts';
import { type CoachVoice, createCoachTalk } from '../handoff/coach-turn.ts';
import { talkIn } from '../handoff/talk-state.ts';
import { countText, openCases } from './action-list.ts';
import { press } from './actions.ts';
import { pressed } from './acts/wish.ts';
import { type CardReader, readerFor } from './cards/reader.ts';
import type { CardParts } from './present.ts';
import { reachNote } from './reach-note.ts';
import { cardOf, type View, viewFor } from './views.ts';

/** A coach who says something, and the store for the time of the turn. */
export interface CoachSpeaker {
  coach: Coach;
  language: string;
  now: DateTime;
  documents: Documents;
  fence: () => Promise<void>;
}

/** The staff's dialogue (dialogs/coach): what typed words and the buttons of questions lead to. */
export interface CoachDialogue {
  decide(
    dialog: unknown,
    said: Pick<Clean, 'text' | 'masked' | 'pressed'> & { join?: true },
    speaker: CoachSpeaker,
  ): Promise<{ dialog: unknown; replies: Said[]; views: View[] }>;
  /** Buttons under what is said outside a question. */
  choices(language: string): string[];
}

/** What the inbox remembers between turns, beside the dialogue and the talk with a client. */
interface InboxState {
  /** Local date of the last greeting, so that opening the page again the same day says nothing twice. */
  greeted?: string;
}

/** Makes the decider of the coaches' own conversations. A change of the world comes after `fence`. */
export function createInbox(parts: CardParts, dialogue: CoachDialogue): Decide {
  const { municipality, t, now } = parts;
  const talks = createCoachTalk(parts);

  return async function decide(conversation, incoming, fence, documents): Promise<Decided> {
    const { dialog } = conversation;
    const found = municipality.coaches.find(({ id }) => id === conversation.coach);
    if (!found) {
      const language = strangersLanguage(conversation);
      return { dialog, drafts: [toDraft({ text: t.say({ key: 'coach.stranger' }, language), language })] };
    }
    if (incoming.type === 'typing') return { dialog, drafts: [] };
    const coach = await asChosen(documents, found);
    const reader = readerFor(coach, t, municipality, now());
    const timed = { ...parts, documents };
    const voice = voiceFor(reader, dialog);
    const talking = await talks.turn(conversation, incoming, fence, documents, voice);
    if (talking) return talking;
    const speaker: CoachSpeaker = { coach, language: reader.language, now: moment(), documents, fence };
    if (incoming.type === 'event') {
      return incoming.name === 'webchat/join' ? join(dialog, speaker, voice) : { dialog, drafts: [] };
    }
    const wish = wishIn(incoming);
    if (wish !== undefined) return pressedCard(wish, dialog, reader, timed, fence);
    const { replies, views, ...rest } = await dialogue.decide(dialog, incoming, speaker);
    const shown = await Promise.all(views.map((view) => viewFor(timed, view, reader)));
    const cards = shown.flatMap((one) => one.cards);
    const under = shown.flatMap((one) => (one.say ? [voice.say(one.say)] : []));
    // Questions and answers name clients and hold words about them: the log is no place for either.
    const passing = views.length === 0;
    return { ...rest, drafts: [...cards, ...under, ...replies.map(toDraft)], passing };
  };

  async function join(dialog: unknown, speaker: CoachSpeaker, voice: CoachVoice): Promise<Decided> {
    const today = moment().toISODate()!;
    const { coach, documents } = speaker;
    if ((dialog as InboxState).greeted === today) return { dialog, drafts: [] };
    const count = (await openCases(documents, municipality, coach.id, now())).length;
    const hello = { key: 'coach.hello', with: { coach: coach.name } };
    const lines = [hello, countText(count), ...(await reachNote(documents, coach.id))];
    const drafts = [voice.say({ lines })];
    return { dialog: { ...(dialog as object), greeted: today }, drafts };
  }

  async function pressedCard(
    wish: unknown,
    dialog: unknown,
    reader: CardReader,
    timed: CardParts,
    fence: () => Promise<void>,
  ): Promise<Decided> {
    const { success, data } = pressed.safeParse(wish);
    const before = voiceFor(reader, dialog);
    if (!success) return { dialog, drafts: [before.say({ key: 'coach.act.unreadable' })] };
    const { coach, language } = reader;
    if (data.act === 'take' && (await talks.isBusy(dialog, data.about, timed.documents))) {
      return { dialog, drafts: [cardOf(data.about, language), before.say({ key: 'handoff.coach.busy' })] };
    }
    await fence();
    const { say, about } = await press(timed, coach, data);
    const after = await talks.afterPress(dialog, coach.id, about, timed.documents, before);
    const card = about ? [cardOf(about, language)] : [];
    return {
      // What was filled in is with the case, and goes with it.
      own: { type: 'message', value: { act: data.act, about: data.about } },
      dialog: after.dialog,
      drafts: [...card, ...(say ? [voiceFor(reader, after.dialog).say(say)] : []), ...after.drafts],
    };
  }

  /** While a coach talks with a client, no button may say a word of the bot to them. */
  function voiceFor({ language, say }: CardReader, dialog: unknown): CoachVoice {
    const usual = talkIn(dialog)?.open ? [endWord(t, language)] : dialogue.choices(language);
    return { language, say: (text, choices = usual) => toDraft({ text: say(text), language, choices }) };
  }

  function moment(): DateTime {
    return DateTime.fromMillis(now(), { zone: municipality.zone });
  }

  function strangersLanguage({ pageLanguage }: ConversationDocument): string {
    return pageLanguage !== undefined && t.languages.includes(pageLanguage) ? pageLanguage : 'fi';
  }
}

/** What a button sent: the data of `Action.Submit`, or of `Action.Execute` inside its invoke. */
function wishIn({ value }: Clean): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const { action } = value as { action?: { data?: unknown } };
  return action?.data ?? value;
}
