import { unitOf } from '../domain/figures/measures.ts';
import type { Figures } from '../domain/figures/read-figures.ts';
import { type TargetNow, targetsNow } from '../domain/figures/targets.ts';
import type { MonitoringReader } from './reader.ts';
import type { Cell, Table } from './report.ts';

/** The city's targets beside what is known of each; undefined when the city has written none. */
export function targetTable(whole: Figures, isOver: boolean, reader: MonitoringReader): Table | undefined {
  const { municipality, say, tell } = reader;
  const targets = targetsNow(municipality, whole, isOver);
  if (targets.length === 0) return undefined;
  return {
    id: 'targets',
    caption: say('captions.targets'),
    head: ['target', 'start', 'now', 'aim', 'source'].map((head) => say(`heads.${head}`)),
    rows: targets.map((one) => ({ name: tell(one.target.name), cells: cellsOf(one, reader) })),
  };
}

function cellsOf({ target, counted, written }: TargetNow, reader: MonitoringReader): Cell[] {
  const { say, number } = reader;
  const { start, aim, by } = target;
  const unit = counted ? unitOf(counted.measure) : target.unit;
  const inUnit = (value: number) => say(`units.${unit}`, { value: number(value, unit === 'euros' ? 2 : 1) });
  const goal = aim === undefined ? say('followed') : inUnit(aim);
  const source = counted ? say('counted') : say('notWritten');
  const now = written ?? counted;
  return [
    start === undefined ? '–' : inUnit(start),
    now === undefined ? '–' : now.value === undefined ? undefined : inUnit(now.value),
    by === undefined ? goal : say('byYear', { value: goal, year: String(by) }),
    written ? say('sourceOf', { source: written.source, date: { at: written.date, as: 'date' } }) : source,
  ];
}
