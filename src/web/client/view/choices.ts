import { html, nothing, type TemplateResult } from 'lit';
import type { Choice, OpenQuestion } from '../items.ts';
import type { Start } from '../words.ts';

/** So many choices are set side by side where they fit, rather than one under another. */
const many = 7;

/** A number beside a choice may be typed instead; numbers that are the choices themselves need none. */
function isNumbered(choices: Choice[]): boolean {
  return choices.length > 1 && !choices.some(({ title }) => /^\d/.test(title));
}

function classOf({ title }: Choice, quiet: string[]): string {
  if (quiet.includes(title)) return 'quiet';
  return title.length < 4 ? 'short' : '';
}

/** The buttons of the open question, as a group with a name. */
export function choices(
  question: OpenQuestion | undefined,
  { words, language, quiet }: Start,
  press: (question: OpenQuestion, choice: Choice) => void,
): TemplateResult | typeof nothing {
  if (!question?.choices.length) return nothing;
  const numbered = isNumbered(question.choices);
  const matter = question.choices.filter(({ title }) => !quiet.includes(title));
  return html`<div
    class="choices ${matter.length > many ? 'many' : ''}"
    role="group"
    aria-label=${words.choices}
    aria-describedby="m-${question.messageId}"
    lang=${language}
  >
    ${question.choices.map(
      (choice, index) =>
        html`<button
          type="button"
          class=${classOf(choice, quiet)}
          lang=${question.language ?? language}
          @click=${() => press(question, choice)}
        >
          ${numbered ? html`<span class="number">${index + 1}</span>` : nothing}<span dir="auto">${choice.title}</span>
        </button>`,
    )}
  </div>`;
}
