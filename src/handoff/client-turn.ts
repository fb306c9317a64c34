import type { Draft } from '../bot/activity.ts';
import type { ConversationDocument } from '../bot/conversation-document.ts';
import type { Clean } from '../bot/gate.ts';
import { toDraft } from '../bot/say.ts';
import type { Decide, Decided } from '../bot/turn.ts';
import type { Text } from '../domain/text.ts';
import { heardWords } from '../i18n/heard-words.ts';
import type { Translator } from '../i18n/translator.ts';
import { endTalk, sayLine } from './steps.ts';
import { closed, talkIn } from './talk-state.ts';

/** What a client's side of a talk works with. */
export interface PersonParts {
  t: Translator;
  /** Epoch milliseconds. */
  now: () => number;
  /** Whether a text is a button of a question in the dialogue, open or past. */
  isButton(dialog: unknown, text: string): boolean;
}

/**
 * Lets a client talk with a person: while they do, each message goes to the coach and the bot is silent, but for help and
 * the words that end the talk. Otherwise `decide` has the turn.
 */
export function withPerson(decide: Decide, { t, now, isButton }: PersonParts): Decide {
  const heard = heardWords(t, { help: 'commands.help', end: 'handoff.end' });

  return async function decideWithPerson(conversation, incoming, fence, documents): Promise<Decided> {
    const talk = talkIn(conversation.dialog);
    if (!talk?.open) return decide(conversation, incoming, fence, documents);
    const language = languageOf(conversation);
    const say = (text: Text): Draft =>
      toDraft({ text: t.say(text, language), language, choices: [endWord(t, language)] });
    const stay = (...drafts: Draft[]): Decided => ({ dialog: conversation.dialog, drafts });
    if (incoming.type === 'event' && incoming.name === 'webchat/join')
      return stay(say({ key: 'handoff.client.still' }));
    if (incoming.type !== 'message') return stay();
    switch (heard(incoming.text)) {
      case 'help':
        return stay(say({ key: 'handoff.client.help' }));
      case 'end':
        await fence();
        await endTalk(documents, talk.contact, 'client', now());
        return after({ key: 'handoff.client.ended.client' });
    }
    // A late press of a button was meant for the bot.
    const isPress = incoming.pressed?.question !== undefined && isButton(conversation.dialog, incoming.text);
    if (isPress || incoming.text === '') return stay(say({ key: 'handoff.client.help' }));
    await fence();
    const n = await sayLine(documents, talk.contact, { from: 'client', place: conversation.next }, now());
    if (n === undefined) return after({ key: 'handoff.client.tooLate' });
    return stay(...(incoming.masked ? [say({ key: 'engine.masked' })] : []));

    /** Back with the bot: at the question that was open, or at the menu. */
    async function after(text: Text): Promise<Decided> {
      const back: ConversationDocument = { ...conversation, dialog: closed(conversation.dialog) };
      const joined: Clean = { type: 'event', name: 'webchat/join', text: '', masked: false };
      const { drafts, ...rest } = await decide(back, joined, fence, documents);
      return { ...rest, drafts: [toDraft({ text: t.say(text, language), language }), ...drafts] };
    }
  };

  function languageOf({ dialog, pageLanguage }: ConversationDocument): string {
    const { language = pageLanguage } = dialog as { language?: string };
    return language !== undefined && t.languages.includes(language) ? language : 'fi';
  }
}

/** The button that ends a talk. */
export function endWord(t: Translator, language: string): string {
  return t.words('handoff.end', language)[0]!;
}
