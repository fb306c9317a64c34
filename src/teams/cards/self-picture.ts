import type { IntakeAnswers } from '../../domain/clients/intake.ts';
import { tellAnswer } from '../../notify/answers.ts';
import { png } from '../png.ts';
import { type Block, line, part, sentence } from './blocks.ts';
import type { CardReader } from './reader.ts';

/** Points of the work ability score; how many they may be in each group of it. */
const most = 10;
const groups = { poor: [0, 5], moderate: [6, 7], good: [8, most] } as const;

/** In pixels: a point of the bar, and the gap between two. */
const [side, gap] = [22, 4];
// Both are seen on a light and on a dark card.
const filled = [42, 157, 143, 255] as const;
const edge = [128, 128, 128, 255] as const;
const nothing = [0, 0, 0, 0] as const;

/** Whether the answer to this question of the intake is in the picture, and need not be told beside it. */
export function inPicture(question: string): boolean {
  return question === 'workAbility' || question === 'helps' || question === 'hinders';
}

/**
 * What the client thinks of themselves, to be seen at a glance: the work ability score as a bar, when they agreed to be
 * asked for it, and what helps beside what hinders. Everything is said in words as well, and nothing follows from it.
 */
export function selfPicture(answers: Partial<IntakeAnswers>, reader: CardReader): Block[] {
  const { helps, hinders } = answers;
  const bar = scoreBar(answers, reader);
  if (bar.length === 0 && helps === undefined && hinders === undefined) return [];
  const { say } = reader;
  return [
    part(say({ key: 'cards.self.title' })),
    ...bar,
    {
      type: 'ColumnSet',
      columns: [column('helps', '+', helps, reader), column('hinders', '–', hinders, reader)],
      spacing: 'Medium',
    },
    sentence(say({ key: 'cards.self.noDecision' }), { isSubtle: true }),
  ];
}

function scoreBar({ workAbilityConsent, workAbility }: Partial<IntakeAnswers>, reader: CardReader): Block[] {
  if (workAbilityConsent !== true || workAbility === undefined) return [];
  const { say } = reader;
  const label = tellAnswer('workAbility', workAbility, reader);
  if (workAbility === null) return [line(label.label, label.text)];
  const group = Object.entries(groups).find(([, [from, to]]) => from <= workAbility && workAbility <= to)![0];
  const words = say({
    key: 'cards.self.score',
    with: { score: workAbility, most, group: { key: `cards.self.groups.${group}` } },
  });
  return [
    {
      type: 'Image',
      url: pictureOf(workAbility),
      altText: `${label.label}: ${words}`,
      width: `${most * (side + gap)}px`,
    },
    line(label.label, words),
  ];
}

/** Ten squares in a row; so many of them are full. */
function pictureOf(score: number): string {
  const picture = png(most * (side + gap), side, (x, y) => {
    const [point, inside] = [Math.floor(x / (side + gap)), x % (side + gap)];
    if (inside >= side) return nothing;
    if (point < score) return filled;
    return Math.min(inside, side - 1 - inside, y, side - 1 - y) < 2 ? edge : nothing;
  });
  return `data:image/png;base64,${picture.toString('base64')}`;
}

function column(
  question: 'helps' | 'hinders',
  sign: string,
  values: readonly string[] | null | undefined,
  reader: CardReader,
): { type: 'Column'; width: 'stretch'; items: Block[] } {
  const { label } = tellAnswer(question, null, reader);
  const told = (value: string | null) => tellAnswer(question, value, reader).text;
  const lines = values?.length
    ? values.map((one) => (one === 'none' ? told(one) : `${sign} ${told(one)}`))
    : [told(null)];
  return {
    type: 'Column',
    width: 'stretch',
    items: [sentence(label, { weight: 'Bolder' }), ...lines.map((text) => sentence(text))],
  };
}
