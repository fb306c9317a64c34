import { type Action, AdaptiveCard, ExecuteAction, HostConfig, OpenUrlAction, SubmitAction } from 'adaptivecards';
import type { Outgoing } from './api.ts';
import look from './look/card.css';

/** What pressing a card's button sends. */
export type CardPress = Omit<Outgoing, 'channelData'>;

const colour = (name: string) => ({ default: `var(--${name})`, subtle: 'var(--muted)' });
const colours = {
  default: colour('ink'),
  dark: colour('ink'),
  light: colour('muted'),
  accent: colour('accent'),
  good: colour('accent'),
  warning: colour('bad'),
  attention: colour('bad'),
};
const style = { backgroundColor: 'transparent', foregroundColors: colours };
const hostConfig = new HostConfig({
  fontFamily: 'inherit',
  spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 20, padding: 0 },
  separator: { lineThickness: 1, lineColor: 'currentColor' },
  containerStyles: { default: style, emphasis: style },
  textBlock: { headingLevel: 3 },
  actions: {
    maxActions: 8,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    buttonSpacing: 0,
    spacing: 'medium',
  },
});

/** The library writes sizes in pixels, which would not grow with the reader's text, and colours of its own. */
const unwanted = ['font-size', 'font-family', 'line-height', 'overflow', 'white-space', 'background-color'];

function freeStyles(card: HTMLElement): HTMLElement {
  for (const element of [card, ...card.querySelectorAll<HTMLElement>('[style]')]) {
    for (const property of unwanted) element.style.removeProperty(property);
  }
  card.style.padding = '0';
  return card;
}

/** What the action sends; undefined when it is none of ours. */
export function pressOf(action: Action): CardPress | undefined {
  // Execute first: the library makes it a kind of Submit.
  if (action instanceof ExecuteAction) {
    const { verb, data, id } = action;
    return {
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', id, verb, data } },
    };
  }
  if (action instanceof SubmitAction) return { type: 'message', value: action.data };
  return undefined;
}

/** An Adaptive Card; its texts are shown as text, never as markdown or HTML. */
export class PolkuCard extends HTMLElement {
  press?: (press: CardPress) => void;
  private shown?: unknown;
  private readonly box: HTMLElement;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(look);
    root.adoptedStyleSheets = [sheet];
    this.box = document.createElement('div');
    this.box.className = 'card';
    root.append(this.box);
  }

  connectedCallback(): void {
    // Properties that were set before this class was loaded hide the accessor of the same name.
    if (!Object.hasOwn(this, 'content')) return;
    const { content } = this;
    Reflect.deleteProperty(this, 'content');
    this.content = content;
  }

  get content(): unknown {
    return this.shown;
  }

  set content(content: unknown) {
    if (content === this.shown) return;
    this.shown = content;
    const held = this.box.contains(this.shadowRoot!.activeElement);
    const card = new AdaptiveCard();
    card.hostConfig = hostConfig;
    card.onExecuteAction = (action) => this.act(action);
    card.parse(content);
    const made = card.render();
    this.box.replaceChildren(...(made ? [freeStyles(made)] : []));
    this.box.removeAttribute('aria-busy');
    if (held) this.focusOn();
  }

  /** The buttons wait for the answer: a second press would be a second wish. */
  private act(action: Action): void {
    if (action instanceof OpenUrlAction) {
      if (/^https?:/i.test(action.url ?? '')) window.open(action.url, '_blank', 'noopener');
      return;
    }
    const press = pressOf(action);
    if (!press || this.box.getAttribute('aria-busy')) return;
    this.box.setAttribute('aria-busy', 'true');
    setTimeout(() => this.box.removeAttribute('aria-busy'), 3_000);
    this.press?.(press);
  }

  private focusOn(): void {
    this.box.tabIndex = -1;
    this.box.focus({ preventScroll: true });
  }
}

// The page may carry a markdown library of its own; people's words in cards are never given to it.
AdaptiveCard.onProcessMarkdown = (_text, result) => {
  result.didProcess = false;
};
customElements.get('polku-card') ?? customElements.define('polku-card', PolkuCard);
