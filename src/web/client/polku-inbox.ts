import { html, nothing, type TemplateResult, unsafeCSS } from 'lit';
import type { Item } from './items.ts';
import look from './look/inbox.css';
import { PolkuChat } from './polku-chat.ts';
import { loadCards, type Start } from './words.ts';

/** Milliseconds a card must be in view before it counts as read. */
const readingTime = 1_000;

type CardContent = { fallbackText?: string; body?: { inlines?: { text?: string }[] }[] } | undefined;

function titleOf(content: unknown): string {
  return (content as CardContent)?.fallbackText ?? '';
}

/** The first line under the title, which tells one case from another. */
function lineOf(content: unknown): string {
  const line = (content as CardContent)?.body?.find(({ inlines }) => inlines)?.inlines ?? [];
  return line.map(({ text }) => text ?? '').join('');
}

/** A coach's inbox as an element: the chat with its cards, and beside it what requires action. */
export class PolkuInbox extends PolkuChat {
  static override styles = [...PolkuChat.styles, unsafeCSS(look)];

  private canShowCards = false;
  /** The version that was read, by card. */
  private read: Record<string, string> = {};
  private readonly timers = new Map<Element, ReturnType<typeof setTimeout>>();
  private readonly watching = new WeakSet<Element>();
  private readonly watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) this.inView(target, isIntersecting);
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.read = JSON.parse(this.talk.kept.read('read') ?? '{}') as Record<string, string>;
    void loadCards().then(() => {
      this.canShowCards = true;
      this.requestUpdate();
    });
  }

  /** Waits for what shows cards: cards that grow later would push the newest out of view. */
  override render(): TemplateResult | typeof nothing {
    return this.canShowCards ? super.render() : nothing;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.watcher.disconnect();
  }

  override updated(): void {
    super.updated();
    for (const box of this.renderRoot.querySelectorAll('.box')) {
      if (this.watching.has(box)) continue;
      this.watching.add(box);
      this.watcher.observe(box);
    }
    const unread = this.cards.filter((item) => this.isUnread(item)).length;
    document.title = document.title.replace(/^(\(\d+\) )?/, unread ? `(${unread}) ` : '');
  }

  private get cards(): Item[] {
    return this.talk.items.filter(({ card }) => card);
  }

  private isUnread({ key, version }: Item): boolean {
    return this.read[key] !== version;
  }

  private inView(box: Element, isIn: boolean): void {
    clearTimeout(this.timers.get(box));
    if (!isIn) return;
    const timer = setTimeout(() => !document.hidden && this.markRead((box as HTMLElement).dataset.key!), readingTime);
    this.timers.set(box, timer);
  }

  private markRead(key: string): void {
    const item = this.cards.find((one) => one.key === key);
    if (!item || !this.isUnread(item)) return;
    const there = new Set(this.cards.map((one) => one.key));
    const kept = Object.entries(this.read).filter(([one]) => there.has(one));
    this.read = { ...Object.fromEntries(kept), [key]: item.version };
    this.talk.kept.write('read', JSON.stringify(this.read));
    this.requestUpdate();
  }

  private show(key: string): void {
    const box = this.renderRoot.querySelector<HTMLElement>(`.box[data-key="${CSS.escape(key)}"]`);
    box?.scrollIntoView({ block: 'start' });
    box?.focus({ preventScroll: true });
    this.markRead(key);
  }

  /** "New" the first time, "updated" when a card that was read has changed. */
  private mark(item: Item, { words }: Start): TemplateResult | string {
    if (!this.isUnread(item)) return '';
    return html`<span class="mark">${this.read[item.key] ? words.updated : words.unread}</span>`;
  }

  protected override headline({ name, words }: Start): { name: string; line: string } {
    return { name: words.title, line: name };
  }

  protected override looks(item: Item): unknown {
    return this.isUnread(item);
  }

  protected override card(item: Item, content: unknown): TemplateResult {
    return html`<div class="box" data-key=${item.key} tabindex="-1" role="group" aria-label=${titleOf(content)}>
      ${this.mark(item, this.talk.start!)}${super.card(item, content)}
    </div>`;
  }

  protected override aside(start: Start): TemplateResult {
    const { words } = start;
    const open = this.cards.filter(({ card }) => card?.open);
    const one = (item: Item) =>
      html`<li>
        <button type="button" @click=${() => this.show(item.key)}>
          <span><strong>${titleOf(item.attachments[0]?.content)}</strong><br />${lineOf(item.attachments[0]?.content)}</span>
          ${this.mark(item, start)}
        </button>
      </li>`;
    return html`<section class="needs" aria-labelledby="needs">
      <h3 id="needs">${words.needs}${open.length ? html` <span class="count">${open.length}</span>` : ''}</h3>
      ${open.length ? html`<ul>${open.map(one)}</ul>` : html`<p>${words.nothing}</p>`}
    </section>`;
  }
}
customElements.get('polku-inbox') ?? customElements.define('polku-inbox', PolkuInbox);
