import type { Saying } from '../bot/conversations.ts';
import { toDraft } from '../bot/say.ts';
import type { ChatNotice } from '../domain/notices.ts';
import type { Translator } from '../i18n/translator.ts';
import { endWord } from './client-turn.ts';
import { talkIn } from './talk-state.ts';

/**
 * Lets news be told while a client talks with a person: its words and no question, for the bot is silent. What it would
 * ask waits for the dialogue, which hears of it afterwards.
 */
export function silentWhileTalking(
  hear: (notice: ChatNotice) => Saying,
  t: Translator,
): (notice: ChatNotice) => Saying {
  return (notice) => async (conversation) => {
    if (!talkIn(conversation.dialog)?.open) return hear(notice)(conversation);
    const { dialog } = await hear({ ...notice, say: [] })({ ...conversation, dialog: conversation.dialog });
    const { language = notice.language } = conversation.dialog as { language?: string };
    const spoken = t.languages.includes(language) ? language : notice.language;
    const drafts = notice.say.map((text) => {
      return toDraft({ text: t.say(text, spoken), language: spoken, choices: [endWord(t, spoken)] });
    });
    return { dialog, drafts };
  };
}
