import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit';

function icon(shape: SVGTemplateResult): TemplateResult {
  return html`<svg viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${shape}</svg>`;
}

/** Pictures of the buttons; each button has a name in words beside it. */
export const icons = {
  close: icon(svg`<path d="M6 6l12 12M18 6L6 18"/>`),
  more: icon(svg`<path d="M12 5.5v.01M12 12v.01M12 18.5v.01" stroke-width="3.2"/>`),
  send: icon(svg`<path d="M12 19V5M5.5 11.5L12 5l6.5 6.5"/>`),
  file: icon(svg`<path d="M12 4v11M7 10.5l5 5 5-5M5 20h14"/>`),
  down: icon(svg`<path d="M12 5v14M5.5 12.5L12 19l6.5-6.5"/>`),
  path: icon(
    svg`<path d="M7 20c0-4 10-3.500 10-8S7 8 7 4"/><circle cx="7" cy="4" r="1.500"/><circle cx="7" cy="20" r="1.500"/>`,
  ),
};
