import { expect } from 'chai';
import { DateTime } from 'luxon';
import type { Told } from '../../dialogs/asks.ts';
import type { Dialog, Reply } from '../../dialogs/engine/dialog.ts';
import type { Flow } from '../../dialogs/engine/flow.ts';
import { flows as allFlows } from '../../dialogs/index.ts';
import { type Command, commands } from '../../dialogs/interrupts.ts';
import type { Services } from '../../dialogs/services.ts';
import { createTalk, type Said } from '../../dialogs/talk.ts';
import { takeLetterCode } from '../../src/domain/clients/letter-code.ts';
import type { Documents } from '../../src/domain/documents.ts';
import type { Municipality } from '../../src/domain/municipalities/pack.ts';
import type { Text } from '../../src/domain/text.ts';
import { createTranslator, type Translator } from '../../src/i18n/translator.ts';
import { loadMunicipality } from '../../src/municipalities/load.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { createWorld } from '../../src/world.ts';

/** The pack that conversations take place in unless told otherwise. */
export const porvoo: Municipality = loadMunicipality('deploy/municipalities', 'porvoo');
/** The texts of the product. */
export const texts: Translator = createTranslator('locales', porvoo.zone);
/** Monday, in opening hours. */
export const monday = '2026-11-23T10:00';

/** An answer by its code (a button), several codes, or words to type. */
export type Given = string | number | boolean | null | (string | number)[];

/** What a conversation is made of; everything has a default. */
export interface Setting {
  language?: string;
  /** Local time of the municipality. */
  at?: string;
  client?: string;
  documents?: Documents;
  municipality?: Municipality;
  flows?: Flow[];
}

/** A talk with the real domain and a real store, told as a conversation; keys are asserted, so it runs in every language. */
export class Conversation {
  readonly documents: Documents;
  readonly municipality: Municipality;
  now: DateTime;
  language: string;
  client: string;
  /** Id of the chat. */
  readonly conversation: string;
  dialog: Dialog = {};
  /** What the bot said in the last turn. */
  replies: Reply[] = [];
  /** Keys of the texts that were said in the last turn. */
  keys = new Set<string>();
  /** Everything, as a person would read it. */
  readonly lines: string[] = [];
  readonly #decide: ReturnType<typeof createTalk>;
  #ids = 0;

  constructor({ language = 'fi', at = monday, client = 'client-1', documents, municipality, flows }: Setting = {}) {
    this.municipality = municipality ?? porvoo;
    this.now = DateTime.fromISO(at, { zone: this.municipality.zone });
    this.documents = documents ?? openSqlite(':memory:', { now: () => this.now.toMillis() });
    this.language = language;
    this.client = client;
    this.conversation = client === 'client-1' ? 'chat-1' : `chat-${client}`;
    this.#decide = createTalk(flows ?? allFlows, this.#listening());
  }

  /** The page opens: the bot greets. */
  async joins(): Promise<this> {
    return this.#turn({ text: '', join: { language: this.language } });
  }

  /** The service tells or asks something of itself. */
  async isTold(told: Omit<Told, 'language'>): Promise<this> {
    return this.#turn({ text: '', told: { language: this.language, ...told } });
  }

  /** The person types. */
  async says(text: string): Promise<this> {
    this.lines.push(`> ${text}`);
    return this.#turn(takeLetterCode(text));
  }

  /** The person presses the button with this code, as it reads in their language. */
  async presses(value: unknown): Promise<this> {
    const label = this.labelOf(value);
    if (label === undefined) throw new Error(`${this.asked} shows no button ${value}, but ${this.#buttons()}`);
    return this.says(label);
  }

  /** The person gives a command by its button's word. */
  async commands(command: Command): Promise<this> {
    return this.says(texts.words(`commands.${command}`, this.language)[0]!);
  }

  /** The person goes on in another language. */
  async speaks(language: string): Promise<this> {
    return this.says(texts.words('commands.speak', language)[0]!);
  }

  /** Answers questions for as long as the table has an answer to the open one. */
  async answers(given: Record<string, Given>): Promise<this> {
    for (let asked = this.asked; asked !== undefined && asked in given; asked = this.asked) {
      await this.answersOne(given[asked]!);
      if (this.asked === asked) throw new Error(`${asked} did not take ${given[asked]}: ${this.replies[0]?.text}`);
    }
    return this;
  }

  /** Answers the open question. */
  async answersOne(given: Given): Promise<this> {
    const asked = this.asked;
    if (!Array.isArray(given)) {
      return this.labelOf(given) === undefined ? this.says(String(given)) : this.presses(given);
    }
    for (const one of given) await this.presses(one);
    return this.asked === asked ? this.presses('done') : this;
  }

  /** Label of a button that is shown now. */
  labelOf(value: unknown): string | undefined {
    return this.dialog.shown?.options.find((option) => option.value === value)?.label;
  }

  /** The open question, `review` or `change`; `menu` between flows. */
  get asked(): string | undefined {
    return this.dialog.shown?.question;
  }

  /** The bot is expected to ask this now. */
  isAsked(question: string): this {
    expect(this.asked, this.lines.slice(-8).join('\n')).to.equal(question);
    return this;
  }

  /** The bot is expected to have said these in the last turn. */
  hears(...keys: string[]): this {
    for (const key of keys) expect([...this.keys], this.lines.slice(-8).join('\n')).to.include(key);
    return this;
  }

  /** The bot is expected not to have said these in the last turn. */
  hearsNot(...keys: string[]): this {
    for (const key of keys) expect([...this.keys]).not.to.include(key);
    return this;
  }

  /** All that was said in the last turn. */
  get heard(): string {
    return this.replies.map(({ text }) => text).join('\n');
  }

  /** What the flows see of the world at this moment. */
  world(language = this.language): Services {
    const { client, now, documents, municipality } = this;
    const fence = async () => {};
    const { conversation } = this;
    return createWorld({ documents, municipality, t: texts }, { client, conversation, language, now, fence });
  }

  async #turn(said: Said): Promise<this> {
    this.keys = new Set();
    const decision = await this.#decide(
      this.dialog,
      said,
      (language) => this.world(language),
      () => `id-${++this.#ids}`,
    );
    // Stored and read again, as the service does between turns.
    this.dialog = JSON.parse(JSON.stringify(decision.dialog));
    this.language = this.dialog.language ?? this.language;
    this.replies = decision.replies;
    if (decision.forget) this.client = `${this.client}-afresh`;
    for (const { text, choices, files } of decision.replies) {
      this.lines.push(text, ...(files ?? []).map(({ name }) => `(${name})`));
      if (choices) this.lines.push(choices.map((choice) => `[${choice}]`).join(' '));
    }
    return this;
  }

  #listening(): Translator {
    const listen = (text: Text): void => {
      if (text === null || typeof text !== 'object') return;
      if ('key' in text && typeof text.key === 'string') this.keys.add(text.key);
      for (const inner of Object.values(text)) {
        if (typeof inner === 'object') for (const one of Object.values(inner)) listen(one as Text);
      }
    };
    return {
      ...texts,
      say: (text, language) => {
        listen(text);
        return texts.say(text, language);
      },
    };
  }

  #buttons(): string {
    return (this.dialog.shown?.options ?? []).map(({ value }) => String(value)).join(', ');
  }
}

/** A conversation at the menu, the bot having greeted. */
export async function converse(setting: Setting = {}): Promise<Conversation> {
  return new Conversation(setting).joins();
}

/** Every command's button in a language; no answer of a test may be one by mistake. */
export const commandWords = (language: string): string[] =>
  commands.flatMap((command) => texts.words(`commands.${command}`, language));
