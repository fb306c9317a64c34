import type { Translator } from '../../src/i18n/translator.ts';
import type { Flow, Question } from './flow.ts';
import { fold } from './fold.ts';
import { foldedWords } from './folded-words.ts';
import type { ShownOption } from './read-answer.ts';

/**
 * The option between whose bounds a number lies, such as an age that is typed where age groups are shown. Only a number
 * that is no option's place in the row, with no words around it but those that change nothing: "under 30" is not 30.
 */
export function readBounded(
  flow: Flow,
  question: Question,
  text: string,
  shown: ShownOption[],
  t: Translator,
): ShownOption | undefined {
  const { bounds, ask } = question;
  if (!bounds || /[-−–]\s*\d/.test(text)) return undefined;
  const parts = fold(text.slice(0, 120)).match(/\d+|[^\d\s]+/g) ?? [];
  const [number, ...more] = parts.filter((part) => /^\d{1,3}$/.test(part)).map(Number);
  if (number === undefined || more.length > 0 || number <= shown.length) return undefined;
  const around = foldedWords(t, `${flow.id}.${ask}.around`);
  if (!parts.every((part) => part === String(number) || around.includes(part))) return undefined;
  return shown.find(({ value }) => {
    const [least = 0, greatest = Number.POSITIVE_INFINITY] = bounds[String(value)] ?? [1, 0];
    return least <= number && number <= greatest;
  });
}
