import { benefits, educations, type IntakeAnswers, situations } from '../clients/intake.ts';
import { type Breakdown, breakdown } from './breakdown.ts';
import type { FigureNotice, Happening } from './figure.ts';
import type { Figures } from './read-figures.ts';

/** Stands where a person did not tell, did not know or was not asked. */
export const notTold = 'notTold';

/**
 * The groups by which people are counted, each once by each kind. Age bands are those of ESF+, which are also those at
 * which young people's services end; of mother tongues the national languages are told apart, and all others are one.
 */
export const groups = {
  age: ['under18', '18to29', '30to54', '55plus'],
  tongue: ['fi', 'sv', 'other'],
  benefits,
  situation: situations,
  education: educations,
} as const;
export type GroupKind = keyof typeof groups | 'area';

const bandOf = {
  under18: 'under18',
  '18to24': '18to29',
  '25to29': '18to29',
  '30to54': '30to54',
  '55plus': '55plus',
} as const;

/** The groups that a person belongs to by their intake, as codes wide enough that many people share each. */
export function groupsOf(answers: Partial<IntakeAnswers>): NonNullable<FigureNotice['of']> {
  const { ageGroup, motherTongue, area, benefits, situation, education } = answers;
  const tongue = motherTongue === 'fi' || motherTongue === 'sv' ? motherTongue : 'other';
  return {
    age: ageGroup ? bandOf[ageGroup] : notTold,
    tongue: motherTongue ? tongue : notTold,
    benefits: told(benefits),
    situation: told(situation),
    education: told(education),
    area: area ?? notTold,
  };
}

function told(answer: string | null | undefined): string {
  return answer == null || answer === 'unknown' ? notTold : answer;
}

/** How often something came about, by group; `areas` are those of the city. */
export function byGroup(
  figures: Figures,
  what: Happening,
  kind: GroupKind,
  areas: readonly { id: string }[] = [],
): Breakdown {
  const codes = kind === 'area' ? areas.map(({ id }) => id) : groups[kind];
  return breakdown(figures, what, kind, [...codes, notTold]);
}
