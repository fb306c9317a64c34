import { html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit';
import { copyKinds } from './copy.ts';
import type { Choice, Item, OpenQuestion } from './items.ts';
import look from './look/chat.css';
import tokens from './look/tokens.css';
import { watchScroll } from './scroll.ts';
import { openTalk, type Talk } from './talk.ts';
import { type Ask, askAfresh, askIdle } from './view/ask.ts';
import { fitBox } from './view/composer.ts';
import { panel } from './view/panel.ts';
import { base, loadCards, type Start } from './words.ts';

/** A screen reader announces what comes into a log that it has already found; milliseconds between the two. */
const beforeNews = 50;

/** How long the first words are waited for, in milliseconds, before the launcher says that the chat does not open. */
const patience = 12_000;

/** The chat as an element of a page: `<polku-chat municipality="porvoo" language="sv">`. */
export class PolkuChat extends LitElement {
  static override styles = [unsafeCSS(tokens), unsafeCSS(look)];
  static override properties = {
    municipality: {},
    language: {},
    coach: {},
    own: { type: Boolean },
    closing: { attribute: false },
    menuOpen: { state: true },
    asking: { state: true },
    below: { state: true },
  };

  declare municipality?: string;
  declare language?: string;
  /** Whose inbox this is, when it is a coach's. */
  declare coach?: string;
  /** On a page of its own, which may be on a shared computer: silence ends the conversation. */
  declare own?: boolean;
  /** Given by what holds the chat, when it can be closed. */
  declare closing?: () => void;
  declare private menuOpen?: boolean;
  declare private asking?: Ask;
  declare private below?: boolean;
  protected talk!: Talk;
  private madeReady!: () => void;
  private readonly made: Promise<void>;
  private isLive = false;
  /** A button was pressed last, and its place is gone. */
  private hasPressed = false;
  /** What was on the page at the last look: texts and messages. */
  private shown: { draft?: string; keys: ReadonlySet<string>; start?: Start } = { keys: new Set() };
  private readonly scrolling = watchScroll(() => {
    const scroller = this.find('.scroller');
    // Where there is little room, everything scrolls as one.
    return scroller && getComputedStyle(scroller).overflowY === 'visible' ? this.find('.whole') : scroller;
  });

  constructor() {
    super();
    this.made = new Promise((resolve) => {
      this.madeReady = resolve;
    });
  }

  /** Resolves when there is something to see; rejects when that takes too long. */
  get ready(): Promise<void> {
    return Promise.race([this.made, new Promise<void>((_, late) => setTimeout(late, patience))]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { municipality, coach, language, own } = this;
    this.talk = openTalk({
      municipality,
      coach,
      languages: [language, document.documentElement.lang, ...navigator.languages],
      endsIdle: Boolean(own),
      changed: () => this.requestUpdate(),
      warn: () => this.ask(askIdle(this.talk.start!.words, () => this.stay(), this.talk.end)),
      hasEnded: () => this.answered('#new'),
    });
    document.addEventListener('visibilitychange', this.looked);
    window.addEventListener('online', this.looked);
    visualViewport?.addEventListener('resize', this.fitted);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.looked);
    window.removeEventListener('online', this.looked);
    visualViewport?.removeEventListener('resize', this.fitted);
    this.talk.stop();
  }

  /** Puts the keyboard where one begins: the box, or on a touch screen (whose keyboard would hide the text) the conversation. */
  override focus(): void {
    this.focusOn(matchMedia('(pointer: coarse)').matches ? '.scroller' : '#box');
  }

  /** What is to be shown: news only once the log is there to announce it. */
  private get items(): Item[] {
    const { items, state } = this.talk;
    return this.isLive || !state?.settled ? items : [];
  }

  private readonly looked = (): void => {
    if (!document.hidden) this.talk.look();
  };

  /** On a phone the chat fills the screen, and shrinks to what the keyboard on the screen leaves. */
  private readonly fitted = (): void => {
    const fills = this.closing && this.clientWidth === innerWidth;
    this.style.blockSize = fills ? `${visualViewport!.height}px` : '';
  };

  private find(selector: string): HTMLElement | null {
    return this.renderRoot?.querySelector<HTMLElement>(selector) ?? null;
  }

  private focusOn(selector: string): void {
    this.find(selector)?.focus({ preventScroll: true });
  }

  private ask(asking: Ask): void {
    this.menuOpen = false;
    this.asking = asking;
    void this.updateComplete.then(() => this.focusOn('#ask-stay'));
  }

  /** What was asked over the conversation is answered: the keyboard goes on from `selector`, or from where one begins. */
  private answered(selector?: string): void {
    this.asking = undefined;
    void this.updateComplete.then(() => (selector ? this.focusOn(selector) : this.focus()));
  }

  private stay(): void {
    this.talk.active();
    this.answered();
  }

  private readonly afresh = (): void => {
    const go = () => {
      this.talk.afresh();
      this.answered();
    };
    this.ask(askAfresh(this.talk.start!.words, () => this.answered('#menu-button'), go));
  };

  private readonly startNew = (): void => {
    this.talk.begin();
    this.answered();
  };

  private readonly say = (): void => {
    this.talk.say();
    this.focusOn('#box');
  };

  private readonly press = (question: OpenQuestion, choice: Choice): void => {
    this.talk.press(question, choice);
    // The button goes away; the conversation stays, and from there the Tab key goes to the next question.
    this.focusOn('.scroller');
    this.hasPressed = true;
  };

  private readonly copy = (kind: keyof typeof copyKinds): void => {
    const { state, start } = this.talk;
    this.answered('#menu-button');
    this.menuOpen = false;
    if (state && start) copyKinds[kind](state.log, start, new Date());
  };

  private readonly toggleMenu = (): void => {
    this.menuOpen = !this.menuOpen;
  };

  private readonly toNewest = (): void => {
    this.below = false;
    this.scrolling.toEnd();
    this.focusOn('.scroller');
  };

  private readonly scrolled = (): void => {
    if (this.below && this.scrolling.isAtEnd()) this.below = false;
  };

  private readonly keyed = (event: KeyboardEvent): void => {
    if (event.key === 'Tab' && !event.shiftKey && this.hasPressed && event.target === this.find('.scroller')) {
      event.preventDefault();
      this.find('.choices button, #box')?.focus();
    }
    this.hasPressed = false;
    if (event.key !== 'Escape') return;
    event.preventDefault();
    if (this.menuOpen) {
      this.menuOpen = false;
      this.focusOn('#menu-button');
    } else this.closing?.();
  };

  override willUpdate(): void {
    this.scrolling.before();
  }

  override updated(_changes?: unknown): void {
    const { start, draft } = this.talk;
    const { items } = this;
    if (!start || !this.find('.panel')) return;
    const { keys: before } = this.shown;
    if (draft !== this.shown.draft) fitBox(this.find('#box') as HTMLTextAreaElement | null);
    const first = items.find(({ key }) => !before.has(key));
    if (first || start !== this.shown.start) {
      // News is read from its beginning; what was said before the page was opened, from its end.
      const isNews = first && this.talk.state?.settled;
      const top = isNews ? this.find(`#m-${CSS.escape(first.key)}`) : null;
      const isInView = this.scrolling.after(top, Boolean(first?.mine));
      if (first && !isInView) this.below = true;
      if (isNews) this.dispatchEvent(new Event('news'));
    }
    if (!this.isLive) {
      this.isLive = true;
      setTimeout(() => this.requestUpdate(), beforeNews);
    }
    this.shown = { draft, start, keys: new Set(items.map(({ key }) => key)) };
    this.madeReady();
  }

  /** Shows a card; what shows cards is loaded with the first. */
  protected card(item: Item, content: unknown): TemplateResult {
    void loadCards();
    return html`<polku-card .content=${content} .press=${this.talk.submit} .version=${item.version}></polku-card>`;
  }

  /** What else than its message the looks of an item depend on. */
  protected looks(_item: Item): unknown {
    return undefined;
  }

  /** What stands at the top: a name, and a line under it. */
  protected headline({ name, words }: Start): { name: string; line: string } {
    return { name, line: words.machine };
  }

  /** What stands beside the conversation. */
  protected aside(_start: Start): TemplateResult | typeof nothing {
    return nothing;
  }

  override render(): TemplateResult | typeof nothing {
    const { talk } = this;
    const { start, state, open, draft, known, wasLost, ended } = talk;
    if (!start) return nothing;
    return panel({
      items: this.items,
      ...{ start, state, open, draft, known, wasLost, ended },
      own: new URL(base).origin,
      remembers: talk.kept.remembers,
      menuOpen: Boolean(this.menuOpen),
      below: Boolean(this.below),
      asking: this.asking,
      headline: this.headline(start),
      aside: this.aside(start),
      closing: this.closing,
      write: talk.write,
      retry: talk.retry,
      edit: talk.edit,
      press: this.press,
      say: this.say,
      copy: this.copy,
      afresh: this.afresh,
      startNew: this.startNew,
      toggleMenu: this.toggleMenu,
      toNewest: this.toNewest,
      scrolled: this.scrolled,
      keyed: this.keyed,
      looks: (item) => this.looks(item),
      card: (item, content) => this.card(item, content),
    });
  }
}

customElements.get('polku-chat') ?? customElements.define('polku-chat', PolkuChat);
