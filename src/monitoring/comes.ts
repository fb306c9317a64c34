import { type Breakdown, breakdown } from '../domain/figures/breakdown.ts';
import { endings, opinions } from '../domain/figures/measures.ts';
import type { Figures } from '../domain/figures/read-figures.ts';
import { refusalReasons } from '../domain/referrals/referral.ts';
import { overScores } from './happens.ts';
import type { MonitoringReader } from './reader.ts';
import type { Table } from './report.ts';

/** What came of paths and referrals, and what clients said of them. */
export function comesTables(whole: Figures, reader: MonitoringReader): Table[] {
  const { municipality, say, tell, has } = reader;
  const named = (key: string, code: string) => (has(`${key}.${code}`) ? tell({ key: `${key}.${code}` }) : code);
  const table = (id: string, head: string, found: Breakdown, nameOf: (code: string) => string): Table => ({
    id,
    caption: say(`captions.${id}`),
    head: [say(`heads.${head}`), say('heads.count')],
    rows: [
      ...found.groups.map(({ code, count }) => ({ name: nameOf(code), cells: [count] })),
      { name: say('total'), cells: [found.total], isTotal: true },
    ],
  });
  const answers = breakdown(overScores(whole, 'helped'), 'good', 'helped', ['true', 'false', 'unknown']);
  return [
    table('outcomes', 'outcome', endings(whole, municipality), (code) => named('cards.outcomes', code)),
    table('reasons', 'reason', breakdown(whole, 'declined', 'reason', refusalReasons), (code) =>
      named('reasons', code),
    ),
    table('scores', 'score', opinions(whole), (code) => named('monitoring.scores', code)),
    table('helped', 'answer', answers, (code) => named('monitoring.helped', code)),
  ];
}
