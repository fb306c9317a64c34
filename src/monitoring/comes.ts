import { scores } from '../domain/clients/feedback.ts';
import { type Breakdown, breakdown, grouped } from '../domain/figures/breakdown.ts';
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
    ratedTable(whole, reader),
  ];
}

/** So many answers at least stand behind a share of one service, which is rounded so that no single answer shows. */
const answersAtLeast = 20;

/** What was rated, how often, and about how many were content. */
function ratedTable(whole: Figures, { municipality, say, tell }: MonitoringReader): Table {
  const services = municipality.services.filter(({ referral }) => referral !== undefined);
  const names = [say('rated.meeting'), ...services.map(({ name }) => tell(name))];
  const keys = ['about/meeting', ...services.map(({ id }) => `service/${id}`)];
  const answered = (key: string) => scores.map((score) => whole.counts[`${score}/${key}`] ?? 0);
  const all = keys.map((key) => answered(key).reduce((sum, count) => sum + count, 0));
  const { groups, total } = grouped(keys, all);
  return {
    id: 'rated',
    caption: say('captions.rated'),
    head: [say('heads.rated'), say('heads.answers'), say('heads.good')],
    rows: [
      ...groups.map(({ code, count }, index) => {
        const share = Math.round((10 * answered(code)[0]!) / (count ?? 1)) * 10;
        const isTold = count !== undefined && count >= answersAtLeast;
        return { name: names[index]!, cells: [count, isTold ? say('rated.about', { value: share }) : '–'] };
      }),
      { name: say('total'), cells: [total, ''], isTotal: true },
    ],
  };
}
