import type { z } from 'zod';
import { fits, fitsOne, type Rule } from '../../src/domain/rule.ts';
import type { Text } from '../../src/domain/text.ts';
import type { Services } from '../services.ts';
import { kindOf, type QuestionKind } from './kinds.ts';
import { onceFor } from './once-for.ts';

/** What was answered, by question id: `null` is "rather not say", absent is "not asked yet". */
export type Answers = Record<string, unknown>;

/**
 * One way to answer; `at` (ISO 8601) lets a weekday or a clock time name it; `look` shows the question again another way;
 * `goes` leaves for another flow, and this one waits half done, or is over when the other comes `instead`.
 */
export interface Option {
  value: unknown;
  label: Text;
  at?: string;
  look?: Record<string, unknown>;
  goes?: { flow: string; given?: Answers; instead?: true };
}

/** A file given with a message, its name and text in the person's language. */
export interface File {
  name: Text;
  contentType: string;
  text: Text;
}

/** What came of a confirmed flow: done (maybe another flow starts), one question again, or everything forgotten. */
export type Outcome =
  | { say: Text[]; files?: File[]; start?: { flow: string; given: Answers }; forget?: boolean }
  | { again: string; because: Text };

/** One question; its texts are `<flow>.<id>.ask`, `.why`, `.label`, `.invalid` and `.options.<value>` of the locales. */
export interface Question<Id extends string = string, A = Answers> {
  ask: Id;
  /** Asked only when the answers so far, with what was given at the start, fit. */
  when?: Rule;
  /** Answers that these options were made from: when one of them changes, this is asked again. */
  dependsOn?: Id[];
  /** Options that come from the world; `look` is that of the option chosen last. */
  /** The options are suggestions; own words are an answer as well. */
  free?: true;
  options?: (answers: Partial<A>, services: Services, look: Record<string, unknown>) => Promise<Option[]> | Option[];
  /** Said before the question, a message each. */
  tell?: (answers: Partial<A>, services: Services) => Promise<Text[]> | Text[];
  /** Values for the question's own text. */
  with?: (answers: Partial<A>, services: Services) => Record<string, Text | number>;
  /**
   * What a number means that is no option's own: the least and the greatest number of each option, open where nothing is
   * told. Words of `<flow>.<id>.around` may stand around it ("I am 34 years old").
   */
  bounds?: Record<string, readonly [number?, number?]>;
  /** The first and last date that make sense (ISO dates). */
  between?: (services: Services) => [string, string];
  /** How an answer is told back, when its options are not there any more. */
  show?: (value: never, services: Services, answers: Partial<A>) => Text;
}

/** A guided conversation as a table. */
export interface Flow {
  id: string;
  questions: Question[];
  kinds: Record<string, QuestionKind>;
  shape: Record<string, z.ZodType>;
  /** Known before the first question: facts that rules and options read, and answers that need no asking. */
  given?: (services: Services) => Promise<Answers> | Answers;
  /** Whether the menu offers it and its words lead to it; absent: always, when it has a text for the menu. */
  offered?: (services: Services) => boolean;
  /** For a question that the service asks of itself, maybe days later: whether it still makes sense. */
  wanted?: (given: Answers, services: Services) => Promise<boolean> | boolean;
  /** Ends with "check your answers": always, never, or when the answers fit. */
  review: boolean | Rule;
  /** Where the texts of that check and after it are (`<…>.review`, `.submit`, `.next`), when they are not the flow's own. */
  check?: (answers: Answers) => string | undefined;
  complete(answers: Answers, services: Services, intent: string): Promise<Outcome>;
}

/** Makes a flow of its table; a question that the answers' schema does not know does not compile. */
export function defineFlow<S extends z.ZodRawShape>(definition: {
  id: string;
  answers: z.ZodObject<S>;
  questions: Question<keyof S & string, z.infer<z.ZodObject<S>>>[];
  given?: (services: Services) => Promise<Answers> | Answers;
  offered?: (services: Services) => boolean;
  wanted?: (given: Answers, services: Services) => Promise<boolean> | boolean;
  review: boolean | Rule;
  check?: (answers: Answers) => string | undefined;
  complete(answers: z.infer<z.ZodObject<S>>, services: Services, intent: string): Promise<Outcome>;
}): Flow {
  const shape = definition.answers.shape as unknown as Record<string, z.ZodType>;
  const kinds = Object.fromEntries(definition.questions.map(({ ask }) => [ask, kindOf(shape[ask]!)]));
  return { ...definition, shape, kinds } as unknown as Flow;
}

/**
 * The questions that the answers lead through, and the first of them that is open (undefined when all are answered).
 * Into `maybe`, where it is given, go those that answers to come decide about.
 */
export function path(
  questions: Question[],
  answers: Answers,
  maybe?: Question[],
): { asked: Question[]; open: Question | undefined } {
  const known: Answers = {};
  const names = namesOf(questions);
  for (const name in answers) if (!names.has(name)) known[name] = answers[name];
  const asked: Question[] = [];
  const toCome = maybe && new Set<string>();
  let open: Question | undefined;
  for (const question of questions) {
    const { ask, when } = question;
    if (when && !fits(when, known)) {
      if (maybe && toCome && mayFit(when, known, toCome)) {
        maybe.push(question);
        toCome.add(ask);
      }
      continue;
    }
    asked.push(question);
    if (answers[ask] === undefined) {
      open ??= question;
      toCome?.add(ask);
    } else known[ask] = answers[ask];
  }
  return { asked, open };
}

/** Whether a rule may yet fit when the answers to come are known. */
function mayFit(rule: Rule, known: Answers, toCome: Set<string>): boolean {
  for (const name in rule) if (!toCome.has(name) && !fitsOne(rule[name]!, known[name])) return false;
  return true;
}

/** What is asked, by name: worked out once for a table, which is walked several times a turn. */
const namesOf = onceFor((questions: Question[]) => new Set<string>(questions.map(({ ask }) => ask)));

/** Whether the answers are checked by the person before the flow is completed. */
export function hasReview({ review }: Pick<Flow, 'review'>, answers: Answers): boolean {
  return typeof review === 'boolean' ? review : fits(review, answers);
}

/** Keeps the answers that the schema takes, and what was given at the start. */
export function valid(flow: Flow, answers: Answers): Answers {
  const kept: Answers = {};
  for (const name in answers) {
    const schema = flow.kinds[name] ? flow.shape[name] : undefined;
    if (!schema || schema.safeParse(answers[name]).success) kept[name] = answers[name];
  }
  return kept;
}

/** Keeps what still fits: answers that the schema takes, on the path, and what was given at the start. */
export function prune(flow: Flow, answers: Answers): Answers {
  return onPath(flow, valid(flow, answers));
}

/** Of answers that the schema takes, keeps those on the path and what was given at the start. */
export function onPath(flow: Flow, answers: Answers): Answers {
  const asked = new Set(path(flow.questions, answers).asked.map(({ ask }) => ask));
  const kept: Answers = {};
  for (const name in answers) if (!flow.kinds[name] || asked.has(name)) kept[name] = answers[name];
  return kept;
}
