import type { Page } from 'playwright-core';
import type { Dialog } from '../../dialogs/engine/dialog.ts';
import { ChatPage } from './chat-page.ts';
import { type Given, texts } from './conversation.ts';
import type { RealApp } from './real-app.ts';

/** A person in a browser who answers by code, so that a journey is the same in every language. */
export class JourneyPage extends ChatPage {
  readonly #app: RealApp;
  readonly #each: (at: string) => Promise<void>;
  /** Of the conversation, once it has begun. */
  conversationId = '';

  /** `each` is called at each question, once it is shown. */
  constructor(page: Page, app: RealApp, each: (at: string) => Promise<void> = async () => {}) {
    super(page);
    this.#app = app;
    this.#each = each;
    page.on('response', async (response) => {
      if (!response.url().endsWith('/api/token') || !response.ok()) return;
      this.conversationId = ((await response.json()) as { conversationId: string }).conversationId;
    });
  }

  /** What the service has asked, as it keeps it. */
  async dialog(): Promise<Dialog> {
    return (await this.#app.conversation(this.conversationId)).dialog as Dialog;
  }

  /** Presses the button with this code, by mouse or, when told, by `press`. */
  async presses(value: unknown): Promise<void> {
    const { shown } = await this.dialog();
    const label = shown?.options.find((option) => option.value === value)?.label;
    if (label === undefined) throw new Error(`${shown?.question} shows no button ${value}`);
    await this.choose(label);
    await this.#tell();
  }

  /** Presses the button at this place, counted from 0, whatever it says. */
  async pressesNth(place: number): Promise<void> {
    await this.choose((await this.dialog()).shown!.options[place]!.label);
    await this.#tell();
  }

  /** Goes to the menu, if not there. */
  async back(): Promise<void> {
    const { flow, language } = await this.dialog();
    if (flow) await this.say(texts.words('commands.menu', language ?? 'fi')[0]!);
  }

  /** Answers questions for as long as there is an answer to the open one. */
  async answers(given: Record<string, Given>): Promise<void> {
    for (;;) {
      const { shown } = await this.dialog();
      const asked = shown?.question;
      if (asked === undefined || !(asked in given)) return;
      await this.#answer(asked, given[asked]!);
      const now = (await this.dialog()).shown?.question;
      if (now === asked) throw new Error(`${asked} did not take ${given[asked]}: ${(await this.texts()).at(-1)}`);
    }
  }

  async #answer(asked: string, given: Given): Promise<void> {
    if (Array.isArray(given)) {
      for (const one of given) await this.presses(one);
      if ((await this.dialog()).shown?.question === asked) await this.presses('done');
      return;
    }
    const { shown } = await this.dialog();
    if (shown?.options.some(({ value }) => value === given)) return this.presses(given);
    await this.say(String(given));
    await this.#tell();
  }

  async #tell(): Promise<void> {
    const { flow, shown } = await this.dialog();
    await this.#each(flow ? `${flow.id}.${shown?.question}` : 'menu');
  }
}
