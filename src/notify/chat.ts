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
  t: Pick<Translator, 'languages'>,
  hear: (notice: ChatNotice) => Saying,
): Sender {
  return async ({ item }) => {
    const parsed = chatNotice.safeParse(item.payload);
    if (!parsed.success) return 'refused';
    const { conversation, language } = parsed.data;
    const heard = hear({ ...parsed.data, language: t.languages.includes(language) ? language : 'fi' });
    return (await conversations.push(conversation, item.id, heard)) ? 'sent' : 'refused';
  };
}
