import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Words } from '../words.ts';
import { icons } from './icons.ts';

/** What the text box needs. */
export interface ComposerView {
  words: Words;
  draft: string;
  language: string;
  write(text: string): void;
  send(): void;
}

/** Makes the box as high as its text; the look sets how high it may grow. */
export function fitBox(box: HTMLTextAreaElement | null): void {
  if (!box) return;
  box.style.blockSize = '';
  // Nothing can be measured while the chat is closed; and an empty box is one line, whatever its hint would take.
  if (!box.scrollHeight || !box.value) return;
  box.style.blockSize = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
}

/** The box to write in. Enter sends, Shift and Enter makes a new line. */
export function composer(view: ComposerView): TemplateResult {
  const submit = (event: Event) => {
    event.preventDefault();
    view.send();
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) submit(event);
  };
  const write = ({ target }: Event) => {
    const box = target as HTMLTextAreaElement;
    fitBox(box);
    view.write(box.value);
  };
  return html`<form class="composer" @submit=${submit}>
    <label class="hidden" for="box">${view.words.box}</label>
    <textarea
      id="box"
      rows="1"
      lang=${view.language}
      dir="auto"
      placeholder=${view.words.box}
      enterkeyhint="send"
      autocomplete="off"
      .value=${live(view.draft)}
      @input=${write}
      @keydown=${key}
    ></textarea>
    <button type="submit" class="send" aria-label=${view.words.send}>${icons.send}</button>
  </form>`;
}
