import { monthsOf, type Quarter, shownFrom } from '../domain/figures/quarter.ts';
import type { Figures } from '../domain/figures/read-figures.ts';
import { comesTables } from './comes.ts';
import { costTables } from './costs.ts';
import { happensTable, takesTable } from './happens.ts';
import type { MonitoringReader } from './reader.ts';
import { targetTable } from './target-table.ts';
import { groupTables } from './who.ts';

/** What stands in a cell: words, a number, or nothing (`undefined`) because it would tell of too few people. */
export type Cell = string | number | undefined;

/** A table with a header for each column and each row; the first column is that of the row headers. */
export interface Table {
  id: string;
  caption: string;
  head: string[];
  rows: { name: string; cells: Cell[]; isTotal?: boolean }[];
}

/** A part of the page. */
export interface Section {
  id: 'happens' | 'takes' | 'comes' | 'who' | 'costs' | 'targets';
  title: string;
  notes: string[];
  tables: Table[];
}

/** Everything that the page and the download tell of a quarter, in the reader's language. */
export interface Report {
  quarter: Quarter;
  isRunning: boolean;
  sections: Section[];
}

/** What a report is made from; `months` are the figures of the quarter's three months, `today` is a local date (ISO), `panel` how many clients help to develop the service now. */
export interface ReportParts {
  quarter: Quarter;
  months: Figures[];
  whole: Figures;
  today: string;
  panel?: number;
}

/** Makes the report of a quarter. What is about groups of people is told when the quarter is over. */
export function makeReport({ quarter, months, whole, today, panel }: ReportParts, reader: MonitoringReader): Report {
  const { say, tell, municipality } = reader;
  const developers = panel === undefined ? [] : [tell({ key: 'panel.card.count', with: { count: panel } })];
  const isOver = today >= shownFrom(quarter);
  const later = isOver ? [] : [say('later', { date: { at: shownFrom(quarter), as: 'date' } })];
  const hides = isOver ? [say('why')] : [];
  const section = (id: Section['id'], tables: Table[], notes: string[] = []): Section[] =>
    tables.length > 0 || notes.length > 0 ? [{ id, title: say(`sections.${id}`), notes, tables }] : [];
  const costs = costTables(whole, isOver, reader);
  const targets = targetTable(whole, isOver, reader);
  return {
    quarter,
    isRunning: monthsOf(quarter)[2]! >= today.slice(0, 7),
    sections: [
      ...section('targets', targets ? [targets] : []),
      ...section('happens', [happensTable(monthsOf(quarter), months, whole, { today, reader })]),
      ...section('takes', [takesTable(whole, reader)]),
      ...section('comes', isOver ? comesTables(whole, reader) : [], [...developers, ...later, ...hides]),
      ...section('who', isOver ? groupTables(whole, reader) : [], [...later, ...hides, say('equality'), say('esf')]),
      ...section('costs', costs, costs.length > 0 ? [...later, say('costNote')] : []),
    ].filter(({ id }) => id !== 'costs' || municipality.services.some(({ process }) => process)),
  };
}
