import type { Text } from '../../src/domain/text.ts';
import type { Answers } from './flow.ts';
import type { ShownOption } from './read-answer.ts';

/** A flow on its way: the path is worked out from the answers at each turn, so there is no step number. */
export interface Running {
  id: string;
  answers: Answers;
  /** One confirmation, one intent: fixed before the person can confirm, so that a repeat has no second effect. */
  intent: string;
  /** What it was started with, to begin anew with the same. */
  given?: Answers;
  /** How the options of the open question are shown (another day, more times). */
  look?: Record<string, unknown>;
  /** Choices so far of a question that takes several. */
  chosen?: unknown[];
  /** The answer being changed from the review, so that "back" can restore it. */
  changing?: { ask: string; was: unknown };
  /** The person asked in the review to change something and is choosing what. */
  choosing?: boolean;
}

/** A flow that the service starts of itself, to ask something. */
export interface Ask {
  flow: string;
  given: Answers;
}

/** State of one conversation's dialogue; everything else is worked out. */
export interface Dialog {
  language?: string;
  flow?: Running;
  /** What the service has still to ask, when the person is not in the middle of something; the oldest first. */
  asks?: Ask[];
  /** The flow that a question of the service came between: gone on with afterwards. */
  interrupted?: string;
  /** Flows left half done, to go on with later. */
  parked?: Running[];
  /** What the person saw last, to read the answer against. */
  shown?: { question: string; options: ShownOption[] };
  /** Folded labels of buttons shown before, so that a late press is not taken for an answer. */
  past?: string[];
  /** A button of the past that came again, folded, and when (epoch milliseconds): said once more later, it is meant. */
  echo?: { said: string; at: number };
  /** When codes were written that open nothing (ISO 8601), of the last hour. */
  wrongCodes?: string[];
  /** The flow confirmed last: pressing its button again tells the outcome again. */
  last?: { flow: string; submit: string; say: Text[] };
}

/** A message to the person, before the channel gives it a form. */
export interface Reply {
  text: string;
  language: string;
  choices?: string[];
  mark?: { flow: string; question: string; step: number; of: number };
  /** Addresses in the text that a client may make links of. */
  links?: string[];
  files?: { name: string; contentType: string; text: string }[];
}
