import { html, LitElement, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit';
import { copyKinds } from './copy.ts';
import { type IdleWatch, watchIdle } from './idle.ts';
import { type Choice, type Item, itemsOf, type OpenQuestion, openQuestion } from './items.ts';
import look from './look/chat.css';
import tokens from './look/tokens.css';
import { type Memory, openMemory } from './memory.ts';
import { watchScroll } from './scroll.ts';
import { type Session, type State, startSession } from './session.ts';
import { type Ask, askAfresh, askIdle } from './view/ask.ts';
import { fitBox } from './view/composer.ts';
import { panel } from './view/panel.ts';
import { base, loadCards, pickLanguage, type Start, startIn } from './words.ts';

/** The chat as an element of a page: `<polku-chat municipality="porvoo" language="sv">`. */
export class PolkuChat extends LitElement {
  static override styles = [unsafeCSS(tokens), unsafeCSS(look)];
  static override properties = {
    municipality: {},
    language: {},
    own: { type: Boolean },
    closing: { attribute: false },
    state: { state: true },
    start: { state: true },
    menuOpen: { state: true },
    asking: { state: true },
    below: { state: true },
    ended: { state: true },
    draft: { state: true },
  };

  declare municipality?: string;
  declare language?: string;
  /** On a page of its own, which may be on a shared computer: silence ends the conversation. */
  declare own?: boolean;
  /** Given by what holds the chat, when it can be closed. */
  declare closing?: () => void;
  /** Resolves when there is something to see. */
  readonly ready: Promise<void>;

  declare protected state?: State;
  declare protected start?: Start;
  declare private menuOpen?: boolean;
  declare private asking?: Ask;
  declare private below?: boolean;
  declare private ended?: boolean;
  declare private draft: string;
  protected session?: Session;
  protected kept!: Memory;
  protected items: Item[] = [];
  private tab!: Memory;
  private idle?: IdleWatch;
  private draftQuestion?: OpenQuestion;
  private known: ReadonlySet<string> = new Set();
  private speaking!: string;
  private wasLost = false;
  private seen: ReadonlySet<string> = new Set();
  private madeReady!: () => void;
  private readonly scrolling = watchScroll(() => this.find('.scroller'));
  private readonly looked = (): void => {
    if (!document.hidden) this.session?.look();
  };

  constructor() {
    super();
    this.draft = '';
    this.ready = new Promise((resolve) => {
      this.madeReady = resolve;
    });
  }

  /** The coach whose inbox this is; a person's chat has none. */
  protected get coach(): string | undefined {
    return undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const prefix = `polku:${this.coach ? `coach:${this.coach}` : (this.municipality ?? '')}:`;
    this.kept = openMemory(() => localStorage, prefix);
    this.tab = openMemory(() => sessionStorage, prefix);
    this.draft = this.tab.read('draft') ?? '';
    const wanted = [this.tab.read('language'), this.language, document.documentElement.lang, ...navigator.languages];
    this.speaking = pickLanguage(this.municipality, wanted);
    void this.speak(this.speaking).then(this.madeReady);
    this.begin();
    document.addEventListener('visibilitychange', this.looked);
    window.addEventListener('online', this.looked);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.looked);
    window.removeEventListener('online', this.looked);
    this.halt();
  }

  /** Puts the keyboard where one begins: the box, or on a touch screen (whose keyboard would hide the text) the conversation. */
  override focus(): void {
    this.find(matchMedia('(pointer: coarse)').matches ? '.scroller' : '#box')?.focus({ preventScroll: true });
  }

  private find(selector: string): HTMLElement | null {
    return this.renderRoot?.querySelector<HTMLElement>(selector) ?? null;
  }

  private begin(): void {
    this.ended = false;
    this.session = startSession({
      base,
      wish: () => ({ municipality: this.municipality, language: this.speaking, coach: this.coach }),
      kept: this.kept,
      tab: this.tab,
      changed: (state) => this.changed(state),
      giveBack: (text) => this.write(this.draft ? `${this.draft}\n${text}` : text),
    });
    if (this.own) this.idle = watchIdle(this.warn, () => this.end());
  }

  private halt(): void {
    this.session?.stop();
    this.idle?.stop();
  }

  /** Takes the words of a language into use; what is shown changes all at once. */
  private async speak(language: string): Promise<void> {
    this.speaking = language;
    this.tab.write('language', language);
    const start = await startIn(this.municipality, language);
    if (language !== this.speaking) return;
    this.known = new Set(start.known);
    this.start = start;
  }

  private changed(state: State): void {
    if (state.log !== this.state?.log) {
      this.items = itemsOf(state.log);
      const said = state.log.activities.findLast(({ from, locale }) => from.role !== 'user' && locale)?.locale;
      const language = pickLanguage(this.municipality, [said, this.speaking]);
      if (language !== this.speaking) void this.speak(language);
    }
    if (this.state?.link === 'lost' && state.link === 'online') {
      this.wasLost = true;
      setTimeout(() => {
        this.wasLost = false;
        this.requestUpdate();
      }, 4_000);
    }
    this.state = state;
  }

  private readonly write = (text: string): void => {
    if (!this.draft) this.draftQuestion = this.open;
    this.draft = text;
    this.tab.write('draft', text || undefined);
    this.idle?.active();
  };

  private readonly toNewest = (): void => {
    this.below = false;
    this.scrolling.toEnd();
    this.find('.scroller')?.focus({ preventScroll: true });
  };

  private get open(): OpenQuestion | undefined {
    return this.state && openQuestion(this.state.log);
  }

  private readonly say = (): void => {
    const text = this.draft.trim();
    if (text) {
      this.session?.say(text, this.draftQuestion ?? this.open);
      this.forget();
    }
    this.find('#box')?.focus();
  };

  private readonly press = (question: OpenQuestion, choice: Choice): void => {
    this.session?.press(question, choice);
    this.idle?.active();
    this.find('.scroller')?.focus({ preventScroll: true });
  };

  private setAsking(asking: Ask | undefined): void {
    this.menuOpen = false;
    this.asking = asking;
    void this.updateComplete.then(() => (asking ? this.find('#ask-stay') : this.find('#menu-button'))?.focus());
  }

  private readonly afresh = (): void => {
    const stay = () => this.setAsking(undefined);
    const go = () => {
      this.forget();
      this.session?.afresh();
      this.asking = undefined;
      void this.updateComplete.then(() => this.focus());
    };
    this.setAsking(askAfresh(this.start!.words, stay, go));
  };

  private readonly warn = (): void => {
    const stay = () => {
      this.idle?.active();
      this.asking = undefined;
      void this.updateComplete.then(() => this.focus());
    };
    this.setAsking(askIdle(this.start!.words, stay, () => this.end()));
  };

  /** Lets what the person wrote go from this computer. */
  private forget(): void {
    this.write('');
    this.draftQuestion = undefined;
  }

  private end(): void {
    this.forget();
    this.session?.forget();
    this.halt();
    this.asking = undefined;
    this.ended = true;
    void this.updateComplete.then(() => this.find('#new')?.focus());
  }

  private readonly startNew = (): void => {
    this.begin();
    void this.updateComplete.then(() => this.focus());
  };

  private readonly keyed = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    if (this.menuOpen) {
      this.menuOpen = false;
      this.find('#menu-button')?.focus();
    } else this.closing?.();
    event.preventDefault();
  };

  override willUpdate(): void {
    this.scrolling.before();
  }

  override updated(changes: PropertyValues): void {
    const box = this.find('#box') as HTMLTextAreaElement | null;
    if (box && changes.has('draft')) fitBox(box);
    const keys = new Set(this.items.map(({ key }) => key));
    const first = this.items.find(({ key }) => !this.seen.has(key));
    if (first || changes.has('start')) {
      const isInView = this.scrolling.after(first && this.seen.size ? this.find(`#m-${CSS.escape(first.key)}`) : null);
      if (first && !isInView) this.below = true;
    }
    this.seen = keys;
  }

  protected card(item: Item, content: unknown): TemplateResult {
    void loadCards();
    const press = (outgoing: Parameters<Session['submit']>[0]) => this.session?.submit(outgoing);
    return html`<polku-card .content=${content} .press=${press} .version=${item.version}></polku-card>`;
  }

  protected aside(_start: Start): TemplateResult | typeof nothing {
    return nothing;
  }

  override render(): TemplateResult | typeof nothing {
    const { start, state } = this;
    if (!start) return nothing;
    return panel({
      start,
      state,
      items: this.items,
      open: this.open,
      draft: this.draft,
      known: this.known,
      own: new URL(base).origin,
      remembers: this.kept.remembers,
      menuOpen: Boolean(this.menuOpen),
      below: Boolean(this.below),
      wasLost: this.wasLost,
      ended: Boolean(this.ended),
      asking: this.asking,
      aside: this.aside(start),
      closing: this.closing,
      press: this.press,
      write: this.write,
      say: this.say,
      afresh: this.afresh,
      startNew: this.startNew,
      toNewest: this.toNewest,
      keyed: this.keyed,
      retry: (id) => this.session?.retry(id),
      edit: (id) => this.session?.giveUp(id),
      card: (item, content) => this.card(item, content),
      copy: (kind) => {
        this.setAsking(undefined);
        if (state) copyKinds[kind](state.log, start, new Date());
      },
      toggleMenu: () => {
        this.menuOpen = !this.menuOpen;
      },
      scrolled: () => {
        if (this.below && this.scrolling.isAtEnd()) this.below = false;
      },
    });
  }
}

customElements.get('polku-chat') ?? customElements.define('polku-chat', PolkuChat);
