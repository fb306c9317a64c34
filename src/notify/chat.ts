import type { Conversations, Saying } from '../bot/conversations.ts';
import { type ChatNotice, chatNotice } from '../domain/notices.ts';
import type { Translator } from '../i18n/translator.ts';
import type { Sender } from './sender.ts';

/**
 * Makes the sender that tells a client something in their own conversation; refused when the conversation is gone.
 * `hear` lets the dialogue go on from it: the open question is shown again, or a new one is asked.
 */
export function createChatSender(
  conversations: Pick<Conversations, 'push'>,
  t: Translator,
  hear?: (notice: ChatNotice) => Saying,
): Sender {
  return async ({ item }) => {
    const parsed = chatNotice.safeParse(item.payload);
    if (!parsed.success) return 'refused';
    const { conversation, language, say } = parsed.data;
    const locale = t.languages.includes(language) ? language : 'fi';
    if (hear) {
      const heard = hear({ ...parsed.data, language: locale });
      return (await conversations.push(conversation, item.id, heard)) ? 'sent' : 'refused';
    }
    const drafts = say.map((text) => ({
      type: 'message' as const,
      text: t.say(text, locale),
      textFormat: 'plain' as const,
      locale,
    }));
    return (await conversations.push(conversation, item.id, drafts)) ? 'sent' : 'refused';
  };
}
