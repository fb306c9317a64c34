import type { Draft } from '../../src/bot/activity.ts';
import type { Script } from './staged-conversations.ts';

/** A message of the bot with what else it may carry. */
export function bot(text: string, extra: Partial<Draft> = {}): Draft {
  return { type: 'message', text, locale: 'fi', ...extra };
}

/** A message with buttons. */
export function asks(text: string, choices: string[], extra: Partial<Draft> = {}): Draft {
  const actions = choices.map((title) => ({ type: 'imBack' as const, title, value: title }));
  return bot(text, { suggestedActions: { to: [], actions }, ...extra });
}

/** Where the person is in a flow of nine questions. */
export function at(step: number): Partial<Draft> {
  return { channelData: { flow: 'count', question: `q${step}`, step, of: 9 } };
}

/** A bot that counts: greets, then asks again and again, and repeats what it heard. */
export const counting: Script = (incoming, _opening, said) => {
  if (incoming.name === 'webchat/join') return [bot('Hei!'), asks('Kysymys 0', ['Yksi', 'Kaksi'], at(1))];
  return [asks(`Kuulin: ${incoming.text}. Kysymys ${said}`, ['Yksi', 'Kaksi'], at(2))];
};
