import { readFileSync } from 'node:fs';
import type { Activity, Incoming } from '../../src/bot/activity.ts';
import { texts } from './conversation.ts';
import { answerTo, type Journey, journeys } from './journeys.ts';

/** A way from the person to the service: resolves with what the bot says to an activity, however often it was sent. */
export type Line = (incoming: Incoming) => Promise<Activity[]>;

/** What tells a person apart, to be copied where two fates of one person are compared. */
export interface Memory {
  heard: Activity[];
  sent: number;
}

/** Messages after which somebody gives up: far more than any journey takes. */
const patience = 80;

/**
 * Somebody with a client like ours: knows nothing but what it was told, names each press, and says which question it
 * answers when `marks` is set.
 */
export class Person {
  readonly name: string;
  readonly language: string;
  readonly marks: boolean;
  line: Line;
  /** All that the bot said, in order. */
  heard: Activity[] = [];
  #sent = 0;

  constructor(name: string, line: Line, language = 'fi', marks = true) {
    this.name = name;
    this.line = line;
    this.language = language;
    this.marks = marks;
  }

  get memory(): Memory {
    return { heard: [...this.heard], sent: this.#sent };
  }

  /** The same person in another world. */
  recall({ heard, sent }: Memory): this {
    this.heard = [...heard];
    this.#sent = sent;
    return this;
  }

  /** Opens the chat. */
  async joins(): Promise<this> {
    return this.sends({
      type: 'event',
      name: 'webchat/join',
      value: { language: this.language },
      channelData: { clientActivityID: `${this.name}-join-${this.#sent++}` },
    });
  }

  /** What the person will send next on a journey; undefined when it is over. */
  next(journey: Journey): Incoming | undefined {
    if (this.hasHeard(...journey.ends)) return undefined;
    const { flow, question, choices } = this.question;
    const step = flow === undefined ? undefined : journey.steps[`${flow}.${question}`];
    if (flow !== undefined && step === undefined) throw new Error(`${this.name} has no answer to ${flow}.${question}`);
    const label =
      flow === undefined
        ? this.#menuLabel(journey.opens, choices)
        : answerTo(step!, flow, question!, choices, this.language);
    return this.message(label, this.marks && flow !== undefined ? { flow, question } : {});
  }

  /** A message with a name of its own. */
  message(text: string, mark: { flow?: string; question?: string } = {}): Incoming {
    return { type: 'message', text, channelData: { clientActivityID: `${this.name}-${this.#sent++}`, ...mark } };
  }

  /** Says and hears. */
  async sends(incoming: Incoming): Promise<this> {
    const said = await this.line(incoming);
    this.heard.push(...said.filter(({ from }) => from.role === 'bot'));
    return this;
  }

  /** Goes a journey to its end, those before it first. */
  async goes(name: string, from = 0): Promise<this> {
    const journey = journeys[name]!;
    if (from === 0) for (const before of journey.after ?? []) await this.goes(before);
    for (let count = from; ; count++) {
      const incoming = this.next(journey);
      if (!incoming) return this;
      if (count > patience) throw new Error(`${this.name} does not get to the end of ${name}: ${this.lastWords}`);
      await this.sends(incoming);
    }
  }

  /** The question that is open as far as the person knows. */
  get question(): { flow?: string; question?: string; choices: string[] } {
    const { flow, question } = this.heard.at(-1)?.channelData ?? {};
    const choices = this.heard.at(-1)?.suggestedActions?.actions.map(({ value }) => value) ?? [];
    return { choices, ...(flow !== undefined && { flow }), ...(question !== undefined && { question }) };
  }

  /** Whether one of these texts was said, whatever stood in its gaps. */
  hasHeard(...keys: string[]): boolean {
    return this.told(...keys).length > 0;
  }

  /** The messages that hold one of these texts. */
  told(...keys: string[]): string[] {
    const parts = keys.map((key) => patternOf(key, this.language));
    return this.heard.flatMap(({ text = '' }) => (parts.some((part) => part.test(text)) ? [text] : []));
  }

  get lastWords(): string {
    return this.heard
      .slice(-4)
      .map(({ text }) => text)
      .join(' | ');
  }

  #menuLabel(flow: string, choices: string[]): string {
    const name = texts.say({ key: `${flow}.menu` }, this.language);
    const goOn = texts.say({ key: 'menu.goOn', with: { name } }, this.language);
    return choices.includes(goOn) ? goOn : name;
  }
}

const patterns = new Map<string, RegExp>();

/** A text as it is written, with its gaps. */
function rawText(key: string, language: string): string {
  let found: unknown = JSON.parse(readFileSync(`locales/${language}.json`, 'utf8'));
  for (const name of key.split('.')) found = (found as Record<string, unknown>)[name];
  if (typeof found !== 'string') throw new Error(`no text ${key}`);
  return found;
}

/** A text as it may stand in a message: each gap is anything. */
export function patternOf(key: string, language: string): RegExp {
  const id = `${language} ${key}`;
  let pattern = patterns.get(id);
  if (!pattern) {
    const parts = rawText(key, language).split(/\{\{\w+\}\}/);
    pattern = new RegExp(parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[^]*?'));
    patterns.set(id, pattern);
  }
  return pattern;
}
