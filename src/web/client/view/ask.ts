import { html, type TemplateResult } from 'lit';
import { idleMinutes } from '../idle.ts';
import { fill, type Words } from '../words.ts';

/** A question about the conversation itself, asked over it: two answers, the safe one first. */
export interface Ask {
  title: string;
  text: string;
  stay: string;
  go: string;
  onStay(): void;
  onGo(): void;
}

/** Asks before the conversation is let go on this computer. */
export function askAfresh(words: Words, onStay: () => void, onGo: () => void): Ask {
  const { afreshAsk, afreshTell, afreshNo, afreshYes } = words;
  return { title: afreshAsk, text: afreshTell, stay: afreshNo, go: afreshYes, onStay, onGo };
}

/** Warns that silence is about to end the conversation. */
export function askIdle(words: Words, onStay: () => void, onGo: () => void): Ask {
  const text = fill(words.idleTell, { minutes: idleMinutes.warn });
  return { title: words.idleAsk, text, stay: words.idleStay, go: words.afreshYes, onStay, onGo };
}

/** Shows the question; keyboard focus is moved there by who asks, and stays until it is answered. */
export function ask(question: Ask): TemplateResult {
  const key = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      // The browser would close the whole chat.
      event.preventDefault();
      question.onStay();
    }
    if (event.key === 'Tab') {
      event.preventDefault();
      const buttons = [...(event.currentTarget as HTMLElement).querySelectorAll('button')];
      (buttons.find((button) => !button.matches(':focus')) ?? buttons[0])?.focus();
    }
  };
  return html`<div class="veil" @keydown=${key}>
    <div class="ask" role="alertdialog" aria-modal="true" aria-labelledby="ask-title" aria-describedby="ask-text">
      <h3 id="ask-title">${question.title}</h3>
      <p id="ask-text">${question.text}</p>
      <div class="answers">
        <button type="button" class="main" id="ask-stay" @click=${question.onStay}>${question.stay}</button>
        <button type="button" @click=${question.onGo}>${question.go}</button>
      </div>
    </div>
  </div>`;
}
