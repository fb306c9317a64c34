import { breakdown } from '../domain/figures/breakdown.ts';
import { leadTimeOf } from '../domain/figures/lead-time.ts';
import type { Figures } from '../domain/figures/read-figures.ts';
import type { Service } from '../domain/municipalities/pack.ts';
import type { MonitoringReader } from './reader.ts';
import type { Table } from './report.ts';

const sum = (values: number[]) => values.reduce((all, one) => all + one, 0);

/** Each service as a product: how many went through it, what that cost, how long it takes; and its steps. */
export function costTables(whole: Figures, isOver: boolean, reader: MonitoringReader): Table[] {
  const { municipality, say } = reader;
  const services = municipality.services.filter(({ process }) => process !== undefined);
  if (services.length === 0) return [];
  return [...(isOver ? [usedTable(whole, reader)] : []), stepsTable(services, reader, say('captions.steps'))];
}

function usedTable(whole: Figures, { municipality, say, tell, number }: MonitoringReader): Table {
  // Only those that can be counted: a zero that could be nothing else hides nobody.
  const ids = municipality.services.filter(({ referral }) => referral !== undefined).map(({ id }) => id);
  const [sent, accepted] = (['sent', 'accepted'] as const).map((what) => breakdown(whole, what, 'service', ids));
  const used = municipality.services.filter(({ process, referral }) => process !== undefined || referral !== undefined);
  return {
    id: 'services',
    caption: say('captions.services'),
    head: ['service', 'sent', 'places', 'unitCost', 'cost', 'planned', 'taken'].map((head) => say(`heads.${head}`)),
    rows: used.map(({ id, name, process }) => {
      const countIn = (all: typeof sent) => all!.groups.find(({ code }) => code === id)?.count;
      const isCounted = ids.includes(id);
      const places = countIn(accepted);
      const unitCost = process && sum(process.map(({ cost }) => cost));
      const cost = places === undefined || unitCost === undefined ? undefined : number(places * unitCost, 2);
      const days = leadTimeOf(whole.days[`startedToCompleted/${id}`])?.median;
      const planned = process && sum(process.map((step) => step.days));
      return {
        name: tell(name),
        cells: [
          isCounted ? countIn(sent) : '–',
          isCounted ? places : '–',
          unitCost === undefined ? '–' : number(unitCost, 2),
          isCounted && unitCost !== undefined ? cost : '–',
          planned ?? '–',
          isCounted ? days : '–',
        ],
      };
    }),
  };
}

function stepsTable(services: Service[], { say, tell, number }: MonitoringReader, caption: string): Table {
  return {
    id: 'steps',
    caption,
    head: ['service', 'step', 'days', 'stepCost'].map((head) => say(`heads.${head}`)),
    rows: services.flatMap(({ name, process = [] }) =>
      process.map((step, index) => ({
        name: tell(name),
        cells: [`${index + 1}. ${tell(step.name)}`, step.days, number(step.cost, 2)],
      })),
    ),
  };
}
