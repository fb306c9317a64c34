import type { Translator } from '../src/i18n/translator.ts';
import { fold as foldWords } from './engine/fold.ts';

/** What works at every point, typed as a whole message or by a button of the same words. */
export const commands = ['help', 'why', 'back', 'cancel', 'startOver', 'menu', 'person', 'language'] as const;
export type Command = (typeof commands)[number];

/** A command found in a message; `language` when it names the language to go on in. */
export type Interrupt = { command: Command } | { command: 'speak'; language: string };

/** Finds commands by their words in all our languages, whichever language is spoken now. */
export function createInterrupts(t: Translator): (text: string) => Interrupt | undefined {
  const byWord = new Map<string, Interrupt>();
  // "?" is a word of its own: folded it would be nothing, and so would be every emoji.
  const fold = (text: string) => foldWords(text) || text.trim();
  for (const language of t.languages) {
    for (const word of t.words('commands.speak', language)) byWord.set(fold(word), { command: 'speak', language });
    for (const command of commands) {
      for (const word of t.words(`commands.${command}`, language)) byWord.set(fold(word), { command });
    }
  }
  return (text) => (text.length <= 60 ? byWord.get(fold(text)) : undefined);
}
