import { html, nothing, type TemplateResult } from 'lit';
import type { Words } from '../words.ts';
import { icons } from './icons.ts';

/** What the top of the chat shows and does. */
export interface HeaderView {
  name: string;
  line: string;
  words: Words;
  menuOpen: boolean;
  toggleMenu(): void;
  actions: { title: string; run(): void }[];
  close: (() => void) | undefined;
}

/** The top of the chat: whose it is, what else can be done, and the way out. */
export function header(view: HeaderView): TemplateResult {
  const { words, menuOpen } = view;
  return html`<div class="head">
    <span class="sign">${icons.path}</span>
    <div class="names">
      <h2>${view.name}</h2>
      <p>${view.line}</p>
    </div>
    <div class="tools">
      <button
        type="button"
        class="icon"
        id="menu-button"
        aria-label=${words.menu}
        aria-expanded=${menuOpen}
        aria-controls="menu"
        @click=${view.toggleMenu}
      >
        ${icons.more}
      </button>
      ${view.close ? html`<button type="button" class="icon" aria-label=${words.close} @click=${view.close}>${icons.close}</button>` : nothing}
    </div>
    <ul class="menu" id="menu" ?hidden=${!menuOpen}>
      ${view.actions.map(({ title, run }) => html`<li><button type="button" @click=${run}>${title}</button></li>`)}
    </ul>
  </div>`;
}

/** How far the person is: in words and as a bar. */
export function progressBar(
  at: { step: number; of: number } | undefined,
  text: string,
): TemplateResult | typeof nothing {
  if (!at) return nothing;
  return html`<div class="progress">
    <span id="progress">${text}</span>
    <progress aria-labelledby="progress" max=${at.of} value=${Math.min(at.step, at.of)}></progress>
  </div>`;
}
