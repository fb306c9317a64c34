import { scores } from '../domain/clients/feedback.ts';
import { type Happening, stages } from '../domain/figures/figure.ts';
import { leadTimeOf } from '../domain/figures/lead-time.ts';
import { type Figures, sumOf } from '../domain/figures/read-figures.ts';
import type { MonitoringReader } from './reader.ts';
import type { Table } from './report.ts';

/** Rows of the table of what happens, in the order of a path; feedback counts as one, whatever it says. */
const rows: (Happening | 'feedback')[] = [
  'intake',
  'taken',
  'planAccepted',
  'contact',
  'booked',
  'moved',
  'cancelledByClient',
  'cancelledByService',
  'seen',
  'noShow',
  'sent',
  'accepted',
  'declined',
  'expired',
  'withdrawn',
  'started',
  'completed',
  'endedWithoutHelp',
  'notReached',
  'feedback',
  'paused',
  'stopped',
  'ended',
  'offer',
  'filled',
];
/** Rows that only those cities have that offer what they count. */
const only: Partial<Record<(typeof rows)[number], 'employers' | 'ownPath'>> = {
  offer: 'employers',
  filled: 'employers',
  paused: 'ownPath',
  stopped: 'ownPath',
};

/** How often each thing came about, by month; it says nothing of whom. */
export function happensTable(
  months: string[],
  figures: Figures[],
  whole: Figures,
  { today, reader }: { today: string; reader: MonitoringReader },
): Table {
  const { say, language, municipality } = reader;
  const shown = rows.filter((row) => {
    const needed = only[row];
    return needed === undefined || municipality[needed] !== undefined;
  });
  const names = months.map((month) => {
    return new Date(`${month}-01T00:00:00Z`).toLocaleDateString(language, { month: 'long', timeZone: 'UTC' });
  });
  const count = ({ counts }: Figures, row: Happening | 'feedback') =>
    (row === 'feedback' ? scores : [row]).reduce((sum, what) => sum + (counts[what] ?? 0), 0);
  return {
    id: 'happens',
    caption: say('captions.happens'),
    head: [say('heads.what'), ...names, say('total')],
    rows: shown.map((row) => ({
      name: say(`what.${row}`),
      cells: [
        // A month that has not begun has no figures, rather than none of anything.
        ...figures.map((one, index) => (months[index]! > today.slice(0, 7) ? '–' : count(one, row))),
        count(whole, row),
      ],
    })),
  };
}

/** How long each step took. */
export function takesTable(whole: Figures, { say, number }: MonitoringReader): Table {
  return {
    id: 'takes',
    caption: say('captions.takes'),
    head: [say('heads.stage'), say('heads.people'), say('heads.median'), say('heads.most')],
    rows: stages.map((stage) => {
      const lengths = whole.days[stage];
      if (!lengths) return { name: say(`stages.${stage}`), cells: ['–', '–', '–'] };
      const time = leadTimeOf(lengths);
      const days = (value?: number) => (value !== undefined ? say('units.days', { value: number(value) }) : undefined);
      return { name: say(`stages.${stage}`), cells: [time?.people, days(time?.median), days(time?.most)] };
    }),
  };
}

/** Several counts of opinions as one figure each, for tables that do not tell the opinion. */
export function overScores(whole: Figures, facet: string): Figures {
  const all = scores.map((score): Figures => {
    const start = `${score}/${facet}/`;
    const own = Object.entries(whole.counts).filter(([name]) => name.startsWith(start));
    return {
      counts: Object.fromEntries(own.map(([name, n]) => [`good/${facet}/${name.slice(start.length)}`, n])),
      days: {},
    };
  });
  return sumOf(all);
}
