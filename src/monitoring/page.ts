import { type Quarter, quartersBefore } from '../domain/figures/quarter.ts';
import { type Html, html } from '../web/html.ts';
import { quietLayout } from '../web/quiet-page.ts';
import type { MonitoringReader } from './reader.ts';
import type { Cell, Report, Section, Table } from './report.ts';

/** Address of the page's style sheet. */
export const styleAddress = '/monitoring-page.css';
/** Quarters that can be chosen: this one and so many before. */
const quartersShown = 8;

function layout({ language, languages, municipality, say, tell }: MonitoringReader, query: string, body: Html): string {
  const words = { skip: say('skip'), languages: say('languages') };
  const service = tell(municipality.serviceName);
  return quietLayout({ language, languages, title: say('title'), service, style: styleAddress, words, query }, body);
}

/** The page of a quarter; `current` is the quarter of today. Its links are relative, so that the pass stays in the address. */
export function reportPage(report: Report, current: Quarter, base: string, reader: MonitoringReader): string {
  const { say, tell, language, municipality } = reader;
  const { quarter, isRunning, sections } = report;
  const quarters = Array.from({ length: quartersShown }, (_, count) => quartersBefore(current, count));
  const chosen = html` aria-current="page"`;
  return layout(
    reader,
    `&quarter=${quarter}`,
    html`<h1>${say('title')}: ${tell(municipality.name)}, ${quarterName(quarter, reader)}</h1>
<p class="lead">${say('lead')}</p>
${isRunning && html`<p class="note">${say('running')}</p>`}
<nav class="quarters" aria-label="${say('quarters')}"><ul>${quarters.map(
      (one) =>
        html`<li><a href="?lang=${language}&amp;quarter=${one}"${one === quarter && chosen}>${quarterName(one, reader)}</a></li>`,
    )}</ul></nav>
<p class="csv"><a href="${base}/figures.csv?lang=${language}&amp;quarter=${quarter}" download>${say('csv')}</a></p>
${sections.map((section) => sectionPart(section, reader))}`,
  );
}

function quarterName(quarter: Quarter, { say }: MonitoringReader): string {
  return say('quarter', { number: quarter.slice(6), year: quarter.slice(0, 4) });
}

function sectionPart({ id, title, notes, tables }: Section, reader: MonitoringReader): Html {
  return html`<section aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
${notes.map((note) => html`<p class="note">${note}</p>`)}
<div class="tables">${tables.map((table) => tablePart(table, reader))}</div></section>
`;
}

/** A table that scrolls by itself where it is wider than the screen; whoever has a keyboard can scroll it as well. */
function tablePart({ id, caption, head, rows }: Table, reader: MonitoringReader): Html {
  const isNumber = head.map((_, column) => rows.every(({ cells }) => column > 0 && isShort(cells[column - 1])));
  const align = (column: number) => isNumber[column] && html` class="number"`;
  return html`<div class="scrolls" role="region" aria-labelledby="${id}-caption" tabindex="0"><table>
<caption id="${id}-caption">${caption}</caption>
<thead><tr>${head.map((name, column) => html`<th scope="col"${align(column)}>${name}</th>`)}</tr></thead>
<tbody>${rows.map(
    ({ name, cells, isTotal }) =>
      html`<tr${isTotal && html` class="total"`}><th scope="row">${name}</th>${cells.map(
        (cell, index) => html`<td${align(index + 1)}>${cellPart(cell, reader)}</td>`,
      )}</tr>
`,
  )}</tbody>
</table></div>`;
}

/** Whether a cell stands under others as numbers do. */
function isShort(cell: Cell): boolean {
  return typeof cell !== 'string' || cell.length < 16;
}

function cellPart(cell: Cell, { say, number }: MonitoringReader): Html | string {
  if (cell === undefined) return html`<span class="hidden">${say('hidden')}</span>`;
  return typeof cell === 'number' ? number(cell) : cell;
}

/** The page that asks for the key; `wrong` says why it is asked again. */
export function keyPage(reader: MonitoringReader, wrong?: 'wrong' | 'busy' | 'down'): string {
  const { say, tell, language, municipality } = reader;
  return layout(
    reader,
    '',
    html`<h1>${say('title')}: ${tell(municipality.name)}</h1>
<p class="lead">${say('lead')}</p>
<form method="post" action="?lang=${language}">
<label for="key">${say('key.label')}</label>
<span class="hint" id="hint">${say('key.hint')}</span>
${wrong && html`<span class="wrong" id="wrong" role="alert">${say(`key.${wrong}`)}</span>`}
<input id="key" name="key" type="password" autocomplete="current-password" required aria-describedby="hint${wrong && ' wrong'}"${wrong === 'wrong' && html` aria-invalid="true"`}>
<button>${say('key.submit')}</button>
</form>`,
  );
}
