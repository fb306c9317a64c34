import { scores } from '../clients/feedback.ts';
import { caseOutcomes } from '../handling.ts';
import type { Municipality } from '../municipalities/pack.ts';
import { type Breakdown, breakdown, grouped, shareOf } from './breakdown.ts';
import type { Measure } from './figure.ts';
import { byGroup } from './groups.ts';
import { leadTimeOf } from './lead-time.ts';
import type { Figures } from './read-figures.ts';
import { fewest } from './suppress.ts';

/** The unit of each measure. */
export function unitOf(measure: Measure): 'days' | 'percent' {
  return measure === 'daysToFirstMeeting' || measure === 'daysToAnswer' ? 'days' : 'percent';
}

/**
 * A measure in days or per cent; undefined when there is too little to tell. What is about groups is told of a whole
 * quarter only (`isOver`), as everything that is told by group.
 */
export function measured(
  measure: Measure,
  figures: Figures,
  isOver: boolean,
  city: Pick<Municipality, 'endStates'>,
): number | undefined {
  const { counts, days } = figures;
  const [seen = 0, missed = 0] = [counts.seen, counts.noShow];
  switch (measure) {
    case 'daysToFirstMeeting':
      return leadTimeOf(days.intakeToMeeting)?.median;
    case 'daysToAnswer':
      return leadTimeOf(days.sentToAnswer)?.median;
    case 'missedMeetings':
      return seen + missed < fewest ? undefined : (100 * missed) / (seen + missed);
    default:
      return isOver ? shareIn(measure, figures, city) : undefined;
  }
}

function shareIn(
  measure: Exclude<Measure, 'daysToFirstMeeting' | 'daysToAnswer' | 'missedMeetings'>,
  figures: Figures,
  city: Pick<Municipality, 'endStates'>,
): number | undefined {
  switch (measure) {
    case 'firstMeetingsInTime':
      return shareOf(breakdown(figures, 'seen', 'inTime', ['true', 'false']), ['true']);
    case 'goodFeedback':
      return shareOf(opinions(figures), ['good']);
    case 'endedInWork':
      return shareOf(endings(figures, city), ['job', 'ownBusiness']);
    case 'endedInEducation':
      return shareOf(endings(figures, city), ['education']);
    case 'foreignTongue':
      return shareOf(byGroup(figures, 'intake', 'tongue'), ['other']);
    case 'under30':
      return shareOf(byGroup(figures, 'intake', 'age'), ['under18', '18to29']);
  }
}

/** How paths ended, by the end states of the city: those that it does not have would hide nobody. */
export function endings(figures: Figures, { endStates }: Pick<Municipality, 'endStates'>): Breakdown {
  return breakdown(figures, 'ended', 'outcome', endStates ?? caseOutcomes);
}

/** What people said of how things were handled. */
export function opinions({ counts }: Figures): Breakdown {
  return grouped(
    scores,
    scores.map((score) => counts[score] ?? 0),
  );
}
