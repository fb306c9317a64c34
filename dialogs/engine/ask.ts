import type { Text } from '../../src/domain/text.ts';
import type { Translator } from '../../src/i18n/translator.ts';
import type { Services } from '../services.ts';
import type { Running } from './dialog.ts';
import type { Answers, Flow, Option, Question } from './flow.ts';
import type { ShownOption } from './read-answer.ts';

/** Where an option's label stands: the question's own words first, then the common ones of all questions. */
function labelOf(flow: Flow, ask: string, value: unknown, t: Translator): Text {
  if (typeof value === 'number') return String(value);
  const name = value === null ? 'skip' : value === true ? 'yes' : value === false ? 'no' : String(value);
  const own = `${flow.id}.${ask}.options.${name}`;
  return { key: t.has(own) ? own : `engine.options.${name}` };
}

/** The options of a question as the person will see them, in the order to show. */
export async function optionsOf(
  flow: Flow,
  question: Question,
  running: Running,
  services: Services,
  t: Translator,
): Promise<ShownOption[]> {
  const { kind, values, skippable } = flow.kinds[question.ask]!;
  const label = (text: Text) => t.say(text, services.language);
  const fixed = (value: unknown) => ({ value, label: label(labelOf(flow, question.ask, value, t)) });
  const fromWorld: Option[] = (await question.options?.(running.answers, services, running.look ?? {})) ?? [];
  const shown: ShownOption[] = fromWorld.map((option) => ({ ...option, label: label(option.label) }));
  shown.push(...values.map(fixed));
  if (kind !== 'many') return skippable ? [...shown, fixed(null)] : shown;
  const chosen = running.chosen ?? [];
  const left = shown.filter(({ value }) => !chosen.includes(value));
  if (chosen.length === 0) return skippable ? [...left, fixed(null)] : left;
  return [
    { value: 'done', label: label({ key: 'engine.done' }), act: 'done' },
    ...left.filter(({ value }) => value !== 'none'),
  ];
}

/** Tells an answer back in words. */
export function showAnswer(
  flow: Flow,
  question: Question,
  value: unknown,
  answers: Answers,
  services: Services,
  t: Translator,
): Text {
  if (value === null) return { key: 'engine.options.skip' };
  if (question.show) return question.show(value as never, services, answers);
  if (Array.isArray(value)) return { list: value.map((one) => labelOf(flow, question.ask, one, t)) };
  const { kind, values } = flow.kinds[question.ask]!;
  if (kind === 'date' && !values.includes(value as string)) return { at: String(value), as: 'date' };
  if (kind === 'text' && !values.includes(value as string)) return String(value);
  return labelOf(flow, question.ask, value, t);
}

/** A question's short name, for the review and for choosing what to change. */
export function nameOf(flow: Flow, question: Question): Text {
  return { key: `${flow.id}.${question.ask}.label` };
}
