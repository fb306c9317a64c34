import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { copyKinds } from '../copy.ts';
import { type Choice, type Item, type OpenQuestion, progress } from '../items.ts';
import type { State } from '../session.ts';
import { fill } from '../words.ts';
import { type Ask, ask } from './ask.ts';
import { choices } from './choices.ts';
import { composer } from './composer.ts';
import { header, progressBar } from './header.ts';
import { icons } from './icons.ts';
import { type MessageView, message } from './message.ts';
import { notice } from './notice.ts';

/** All that the panel shows, and what the person can do there. */
export interface PanelView extends MessageView {
  state: State | undefined;
  items: Item[];
  open: OpenQuestion | undefined;
  draft: string;
  remembers: boolean;
  menuOpen: boolean;
  /** There is news below what is in view. */
  below: boolean;
  wasLost: boolean;
  ended: boolean;
  asking: Ask | undefined;
  headline: { name: string; line: string };
  aside: TemplateResult | typeof nothing;
  /** What else the looks of an item depend on. */
  looks(item: Item): unknown;
  press(question: OpenQuestion, choice: Choice): void;
  write(text: string): void;
  say(): void;
  copy(kind: keyof typeof copyKinds): void;
  afresh(): void;
  startNew(): void;
  toggleMenu(): void;
  toNewest(): void;
  scrolled(event: Event): void;
  keyed(event: KeyboardEvent): void;
  closing: (() => void) | undefined;
}

/** What a message's looks depend on; anything else leaves its part of the page untouched, so a long log stays quick. */
function looksOf(item: Item, view: PanelView): unknown[] {
  const chosen = item.past.findIndex((one) => one.chosen);
  return [item.version, item.failed, item.sending, item.past.length, chosen, view.looks(item), view.start];
}

function conversation(view: PanelView): TemplateResult {
  const { start, state, open } = view;
  const { words } = start;
  const isTyping = state?.waiting && state.link !== 'lost';
  return html`<div class="scroller" role="region" aria-label=${words.log} tabindex="0" @scroll=${view.scrolled}>
    ${view.remembers ? nothing : html`<p class="note">${words.forgets}</p>`}
    ${state?.anew ? html`<p class="note">${words.anew}</p>` : nothing}
    <div class="log" role="log" aria-live=${state?.settled ? 'polite' : 'off'} aria-relevant="additions">
      ${repeat(
        view.items,
        ({ key }) => key,
        (item) => guard(looksOf(item, view), () => message(item, view)),
      )}
    </div>
    ${isTyping ? html`<div class="typing" aria-hidden="true"><i></i><i></i><i></i></div>` : nothing}
    ${choices(open, start, view.press)}
  </div>`;
}

function ended(view: PanelView): TemplateResult {
  const { words } = view.start;
  return html`<div class="ended">
    <h3>${words.ended}</h3>
    <p>${words.endedTell}</p>
    <button type="button" class="main" id="new" @click=${view.startNew}>${words.startNew}</button>
  </div>`;
}

function talk(view: PanelView): TemplateResult {
  const { start, state, draft, write, say } = view;
  const { words, language } = start;
  const at = state && progress(state.log);
  const newer = html`<button type="button" class="newer" @click=${view.toNewest}>${icons.down}${words.newer}</button>`;
  return html`${progressBar(at, at ? fill(words.progress, at) : '')}
    <div class="middle">${view.aside}${conversation(view)}${view.below ? newer : nothing}</div>
    <p class="notice ${state?.link ?? ''}" role="status">${notice(state, start, view.wasLost)}</p>
    ${composer({ words, draft, language, write, send: say })}`;
}

/** The chat, whole: what is asked over it keeps the rest still until it is answered. */
export function panel(view: PanelView): TemplateResult {
  const { start, asking } = view;
  const { words } = start;
  const actions = [
    { title: words.save, run: () => view.copy('save') },
    { title: words.print, run: () => view.copy('print') },
    { title: words.afresh, run: view.afresh },
  ];
  return html`<div class="panel" lang=${start.language} dir=${start.direction} @keydown=${view.keyed}>
    <div class="whole" ?inert=${Boolean(asking)}>
      ${header({ ...view, ...view.headline, words, actions, close: view.closing })} ${view.ended ? ended(view) : talk(view)}
    </div>
    ${asking ? ask(asking) : nothing}
  </div>`;
}
