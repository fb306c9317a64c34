import type { MonitoringReader } from './reader.ts';
import type { Report } from './report.ts';

/**
 * The report as a table for a spreadsheet: a line a figure, semicolons between, in UTF-8 with its mark. A text that a
 * spreadsheet would take for a formula begins with an apostrophe.
 */
export function reportCsv({ quarter, sections }: Report, { say, number }: MonitoringReader): string {
  const heads = ['period', 'section', 'table', 'row', 'column', 'value'].map((head) => say(head));
  const lines = sections.flatMap(({ title, tables }) =>
    tables.flatMap(({ caption, head, rows }) =>
      rows.flatMap(({ name, cells }) =>
        cells.map((cell, index) => {
          const value = typeof cell === 'number' ? number(cell) : (cell ?? say('hidden'));
          return [quarter, title, caption, name, head[index + 1] ?? '', value];
        }),
      ),
    ),
  );
  return `\uFEFF${[heads, ...lines].map((line) => line.map(field).join(';')).join('\r\n')}\r\n`;
}

function field(text: string): string {
  const plain = text.replace(/[\r\n\t]+/g, ' ');
  const safe = /^[\s\u00A0]*[=+\-@＝＋－＠]/.test(plain) ? `'${plain}` : plain;
  return `"${safe.replaceAll('"', '""')}"`;
}
