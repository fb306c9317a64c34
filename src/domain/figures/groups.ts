import type { benefits, educations, IntakeAnswers, situations } from '../clients/intake.ts';
import type { FigureNotice } from './figure.ts';

/** Age bands of the figures: those of ESF+, and the age at which young people's services end. */
export const ageBands = ['under18', '18to29', '30to54', '55plus'] as const;
/** Mother tongues of the figures: the national languages, and every other. */
export const tongueGroups = ['fi', 'sv', 'other'] as const;
/** Stands where a person did not tell, did not know or was not asked. */
export const notTold = 'notTold';

const bandOf = {
  under18: 'under18',
  '18to24': '18to29',
  '25to29': '18to29',
  '30to54': '30to54',
  '55plus': '55plus',
} as const;

type Known = (typeof benefits)[number] | (typeof educations)[number] | (typeof situations)[number];

/** The groups that a person belongs to by their intake, as codes wide enough that many people share each. */
export function groupsOf(answers: Partial<IntakeAnswers>): NonNullable<FigureNotice['of']> {
  const { ageGroup, motherTongue, area } = answers;
  const tongue = motherTongue === 'fi' || motherTongue === 'sv' ? motherTongue : 'other';
  return {
    age: ageGroup ? bandOf[ageGroup] : notTold,
    tongue: motherTongue ? tongue : notTold,
    benefits: told(answers.benefits),
    area: area ?? notTold,
    situation: told(answers.situation),
    education: told(answers.education),
  };
}

function told(answer: Known | 'unknown' | null | undefined): string {
  return answer == null || answer === 'unknown' ? notTold : answer;
}
