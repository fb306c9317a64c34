import type { Translator } from '../../src/i18n/translator.ts';
import type { Services } from '../services.ts';
import type { Dialog } from './dialog.ts';
import { fold } from './fold.ts';
import { foldedLabel } from './folded-words.ts';
import { isPlainWord } from './read-answer.ts';

/** Buttons remembered after their question has gone. */
const pastButtons = 60;

/** Keeps the buttons shown last, to know them when one of them is pressed late. */
export function remember(dialog: Dialog): void {
  const labels = (dialog.shown?.options ?? []).map(foldedLabel);
  dialog.past = [...new Set([...labels, ...(dialog.past ?? [])])].slice(0, pastButtons);
}

/** A press may be delivered more than once; what comes so soon after it is not the person insisting, in milliseconds. */
const insistsAfter = 5_000;

/**
 * Whether the message is a button of an earlier question that comes again: nothing is read into its words. Where own
 * words are asked for, it is taken as meant when it is said once more after a while.
 */
export function isEcho(dialog: Dialog, text: string, t: Translator, { now }: Services, ownWords: boolean): boolean {
  const said = fold(text);
  const { echo, shown, past } = dialog;
  dialog.echo = undefined;
  if (!past?.includes(said) || isPlainWord(said, t) || shown?.options.some((option) => foldedLabel(option) === said))
    return false;
  if (ownWords && echo?.said === said && now.toMillis() - echo.at >= insistsAfter) return false;
  dialog.echo = echo?.said === said ? echo : { said, at: now.toMillis() };
  return true;
}
