import { html, nothing, type TemplateResult } from 'lit';
import type { Choice, OpenQuestion } from '../items.ts';

/** A number beside a choice may be typed instead; numbers that are the choices themselves need none. */
function isNumbered(choices: Choice[]): boolean {
  return choices.length > 1 && !choices.some(({ title }) => /^\d/.test(title));
}

/** The buttons of the open question, as a group with a name. */
export function choices(
  question: OpenQuestion | undefined,
  name: string,
  language: string,
  press: (question: OpenQuestion, choice: Choice) => void,
): TemplateResult | typeof nothing {
  if (!question?.choices.length) return nothing;
  const numbered = isNumbered(question.choices);
  return html`<div class="choices" role="group" aria-label=${name} aria-describedby="m-${question.messageId}" lang=${language}>
    ${question.choices.map(
      (choice, index) =>
        html`<button type="button" class=${choice.title.length < 4 ? 'short' : ''} lang=${question.language ?? language} @click=${() => press(question, choice)}>
          ${numbered ? html`<span class="number">${index + 1}</span>` : nothing}<span>${choice.title}</span>
        </button>`,
    )}
  </div>`;
}
