import type { Translator } from '../../src/i18n/translator.ts';
import type { Services } from '../services.ts';
import type { Running } from './dialog.ts';
import type { Flow, Question } from './flow.ts';
import { fold } from './fold.ts';
import { foldedLabel, foldedWords } from './folded-words.ts';
import { readOption, readOptions, type ShownOption } from './read-answer.ts';
import { readBounded } from './read-bounded.ts';
import { readDate } from './read-date.ts';
import { readTopic } from './read-topic.ts';

/** What a message meant at a question. */
export type ReadAnswer =
  | { is: 'answer'; value: unknown }
  | { is: 'chosen'; values: unknown[] }
  | { is: 'look'; look: Record<string, unknown> }
  | { is: 'goes'; flow: string; given?: Record<string, unknown>; instead?: true }
  | { is: 'invalid'; because: 'kind' | 'empty' | 'tooLong' | 'dateRange' };

interface Reading {
  /** Every flow, for words that name where an option leads. */
  flows: Flow[];
  flow: Flow;
  question: Question;
  text: string;
  shown: ShownOption[];
  running: Running;
  t: Translator;
  services: Services;
}

/** The longest answer in own words, in characters; the schemas of the domain allow no more. */
const longest = 1000;

/** Reads a message as the answer to a question, against the options that were shown. */
export function readAnswer(reading: Reading): ReadAnswer {
  const { flow, question, text, shown, t, services } = reading;
  if (!/[\p{L}\p{N}]/u.test(text)) return { is: 'invalid', because: text.trim() === '' ? 'empty' : 'kind' };
  const { kind } = flow.kinds[question.ask]!;
  if (kind === 'many') return readMany(reading);
  const isFree = kind === 'text' && !question.options;
  const bounded = readBounded(flow, question, text, shown, t);
  const isChoice = kind === 'text' && question.options !== undefined && !question.free;
  const option =
    bounded ??
    (isFree ? readWayOut(text, shown, t) : readOption(text, shown, t, services.now)) ??
    (isChoice ? readWay(reading) : undefined);
  if (option?.goes) return { is: 'goes', ...option.goes };
  if (option?.look) return { is: 'look', look: option.look };
  if (option) return { is: 'answer', value: option.value };
  if (kind === 'date') return readDateAnswer(reading);
  if (kind !== 'text' || (question.options && !question.free)) return { is: 'invalid', because: 'kind' };
  if (text.length > longest) return { is: 'invalid', because: 'tooLong' };
  const parsed = flow.shape[question.ask]!.safeParse(text);
  // A way out such as "unknown" is a code, not words: own words that happen to equal it stay words.
  return parsed.success ? { is: 'answer', value: parsed.data } : { is: 'invalid', because: 'kind' };
}

/** The one option that leads to a flow which the message names in own words. */
function readWay({ text, shown, flows, t, services }: Reading): ShownOption | undefined {
  const topic = readTopic(text, flows, t, services);
  const ways = topic === undefined ? [] : shown.filter(({ goes }) => goes?.flow === topic);
  return ways.length === 1 ? ways[0] : undefined;
}

/** Own words are words; only a button's own label, or the bare word for skipping, is a way out of telling. */
function readWayOut(text: string, shown: ShownOption[], t: Translator): ShownOption | undefined {
  const said = fold(text);
  const skips = foldedWords(t, 'engine.skipWords').includes(said);
  return shown.find((option) => foldedLabel(option) === said || (skips && option.value === null));
}

function readMany({ text, shown, running, t, services }: Reading): ReadAnswer {
  const read = readOptions(text, shown, t, services.now);
  if (!read) return { is: 'invalid', because: 'kind' };
  const leaves = read.find(({ goes }) => goes)?.goes;
  if (leaves) return { is: 'goes', ...leaves };
  const chosen = running.chosen ?? [];
  if (read.some(({ act }) => act === 'done')) return { is: 'answer', value: chosen };
  const values = read.map(({ value }) => value);
  if (values.includes(null)) return { is: 'answer', value: null };
  if (values.includes('none')) return { is: 'answer', value: ['none'] };
  const all = [...chosen, ...values];
  const left = shown.filter(({ value, act }) => !act && value !== null && value !== 'none' && !all.includes(value));
  return left.length === 0 ? { is: 'answer', value: all } : { is: 'chosen', values: all };
}

function readDateAnswer({ question, text, t, services, flow }: Reading): ReadAnswer {
  const range = question.between?.(services);
  // A day without a year is the nearest one on the side of the range.
  const lean = range && range[0] >= services.now.toISODate()! ? 'future' : 'past';
  const date = readDate(text, t, services.now, lean);
  if (!date || !flow.shape[question.ask]!.safeParse(date).success) return { is: 'invalid', because: 'kind' };
  const [from, to] = range ?? [date, date];
  return date < from || date > to ? { is: 'invalid', because: 'dateRange' } : { is: 'answer', value: date };
}
