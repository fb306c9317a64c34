import type { Intake } from '../clients/path.ts';
import { matchServices, type Need, needsOf } from '../directory/match.ts';
import { addWorkingDays } from '../municipalities/opening.ts';
import type { Municipality } from '../municipalities/pack.ts';
import type { Doer, GoalKind, PlanGoal, PlanStep, StepKind } from './plan.ts';

/** A draft has at most so many goals beside the work together; the coach adds what is missing. */
const needsAtMost = 3;

/** Working days from the intake within which a step should be done, unless the pack says otherwise; no number, no date. */
const usualDays: Partial<Record<StepKind, number>> = {
  register: 1,
  interpreter: 5,
  cv: 10,
  jobs: 15,
  studies: 15,
  careers: 15,
  idea: 15,
  kela: 10,
  find: 10,
  service: 20,
  followUp: 60,
};

/** Steps of the client's own that belong to a need. */
const ownSteps: Partial<Record<GoalKind, StepKind[]>> = {
  findWork: ['cv', 'jobs'],
  training: ['studies'],
  changeCareer: ['careers'],
  entrepreneurship: ['idea'],
  money: ['kela'],
};
/** Needs that are first talked over with the coach. */
const talkedOver: GoalKind[] = ['workAbility', 'everyday', 'health', 'housing', 'language', 'languageStudies'];

/**
 * Goals and steps from the answers of an intake (`today` is a local ISO date): the work together with the coach, and one
 * goal for each of the first needs. The same intake on the same day makes the same draft.
 */
export function draftGoals(
  municipality: Municipality,
  { answers, language, meetBy }: Pick<Intake, 'answers' | 'language' | 'meetBy'>,
  today: string,
): PlanGoal[] {
  const days = { ...usualDays, ...municipality.plan?.workingDays };
  const within = (kind: StepKind): string | undefined => {
    if (kind === 'meet' || kind === 'goal' || kind === 'talk') return meetBy;
    const count = days[kind];
    return count === undefined ? undefined : addWorkingDays(municipality, today, count);
  };
  const step = (what: StepKind, who: Doer, more: Partial<PlanStep> = {}): Omit<PlanStep, 'id'> => {
    const by = within(what);
    return { what, who, ...(by !== undefined && { by }), ...more };
  };
  const needs = [...new Set(needsOf(answers))].filter((need) => need !== 'none').slice(0, needsAtMost);
  const together = [
    ...(answers.searchStart === 'notYet' ? [step('register', 'client')] : []),
    step('meet', 'client'),
    ...(answers.interpreter === true ? [step('interpreter', 'coach')] : []),
    ...(needs.length === 0 ? [step('goal', 'client')] : []),
    step('followUp', 'client'),
  ];
  const goals: { what: GoalKind; steps: Omit<PlanStep, 'id'>[] }[] = [{ what: 'together', steps: together }];
  const used = new Set<string>();
  for (const need of needs) {
    const service = serviceFor(municipality, answers, need, language, used);
    if (service !== undefined) used.add(service);
    goals.push({
      what: need,
      steps: [
        ...(ownSteps[need] ?? []).map((kind) => step(kind, 'client')),
        ...(talkedOver.includes(need) ? [step('talk', 'coach', { need })] : []),
        service === undefined ? step('find', 'coach', { need }) : step('service', 'partner', { service, need }),
      ],
    });
  }
  return goals.map(({ what, steps }, n) => ({
    id: `g${n + 1}`,
    what,
    steps: steps.map((one, m) => ({ id: `s${n + 1}-${m + 1}`, ...one })),
  }));
}

/** The best service for a need that takes referrals, has room, and is not in the draft already. */
function serviceFor(
  municipality: Municipality,
  answers: Intake['answers'],
  need: Need,
  language: string,
  used: ReadonlySet<string>,
): string | undefined {
  const matches = matchServices(municipality, answers, [need], 5, language);
  return matches.find(({ service }) => service.referral && service.placesLeft !== 0 && !used.has(service.id))?.service
    .id;
}
