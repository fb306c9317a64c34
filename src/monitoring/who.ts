import { byGroup, type GroupKind, groups, notTold } from '../domain/figures/groups.ts';
import type { Figures } from '../domain/figures/read-figures.ts';
import type { MonitoringReader } from './reader.ts';
import type { Table } from './report.ts';

const counted = ['intake', 'sent', 'ended'] as const;

/** Who comes, who is referred and whose path ended, by group; each column by itself with its own total. */
export function groupTables(whole: Figures, reader: MonitoringReader): Table[] {
  const { municipality, say } = reader;
  const { areas, asks } = municipality;
  const asked: Partial<Record<GroupKind, boolean>> = { area: asks.area && areas.length > 0, benefits: asks.benefits };
  const kinds = [...(Object.keys(groups) as GroupKind[]), 'area' as const].filter((kind) => asked[kind] ?? true);
  return kinds.map((kind) => {
    const columns = counted.map((what) => byGroup(whole, what, kind, areas));
    // A code that one column alone has is a group without people in the others.
    const codes = [...new Set(columns.flatMap((column) => column.groups.map(({ code }) => code)))];
    const cellOf = (code: string) =>
      columns.map((column) => {
        const found = column.groups.find((group) => group.code === code);
        return found ? found.count : 0;
      });
    return {
      id: kind,
      caption: say(`captions.${kind}`),
      head: [say('heads.group'), say('heads.intakes'), say('heads.referrals'), say('heads.ended')],
      rows: [
        ...codes.map((code) => ({ name: groupName(kind, code, reader), cells: cellOf(code) })),
        { name: say('total'), cells: columns.map(({ total }) => total), isTotal: true },
      ],
    };
  });
}

function groupName(kind: GroupKind, code: string, { municipality, say, tell, has }: MonitoringReader): string {
  if (code === notTold) return say('groups.notTold');
  if (kind === 'area') {
    const area = municipality.areas.find(({ id }) => id === code);
    return area ? tell(area.name) : code;
  }
  const key = kind === 'age' || kind === 'tongue' ? `monitoring.groups.${kind}.${code}` : `answers.${kind}.${code}`;
  return has(key) ? tell({ key }) : code;
}
