import type { Conversations } from '../bot/conversations.ts';
import { chatNotice } from '../domain/notices.ts';
import type { Translator } from '../i18n/translator.ts';
import type { Sender } from './sender.ts';

/** Makes the sender that tells a client something in their own conversation; refused when the conversation is gone. */
export function createChatSender(conversations: Pick<Conversations, 'push'>, t: Translator): Sender {
  return async ({ item }) => {
    const parsed = chatNotice.safeParse(item.payload);
    if (!parsed.success) return 'refused';
    const { conversation, language, say } = parsed.data;
    const locale = t.languages.includes(language) ? language : 'fi';
    const drafts = say.map((text) => ({
      type: 'message' as const,
      text: t.say(text, locale),
      textFormat: 'plain' as const,
      locale,
    }));
    return (await conversations.push(conversation, item.id, drafts)) ? 'sent' : 'refused';
  };
}
