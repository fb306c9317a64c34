import type { Correction } from '../src/domain/clients/correct-intake.ts';
import type { CourseStep } from '../src/domain/clients/course.ts';
import type { Client, Intake } from '../src/domain/clients/path.ts';
import { organisationName } from '../src/domain/clients/responsible.ts';
import type { Municipality } from '../src/domain/municipalities/pack.ts';
import type { Text } from '../src/domain/text.ts';
import { coachName } from './meeting-words.ts';
import { tellAnswers } from './told-answers.ts';

/** For the person's copy: what was put right in an intake, and what stood there before. */
export function correctionsCopy(corrections: Correction[] = [], municipality: Municipality): Text[] {
  return corrections.flatMap(({ at, was }) => [
    { key: 'my-course.copy.correction', with: { on: date(at) } },
    ...tellAnswers(was as Intake['answers'], municipality),
  ]);
}

/** For the person's copy: who was responsible and since when, what the person decided of their path, and the panel. */
export function courseCopy(client: Client | undefined, municipality: Municipality): Text[] {
  const { responsible = [], handOver, course = [], panel } = client ?? {};
  const lines: Text[] = [
    ...responsible.map(({ coach, organisation, since }): Text => {
      const named = {
        coach: coachName(coach, municipality),
        organisation: organisationName(organisation, municipality),
      };
      return { key: 'my-course.copy.responsible', with: { ...named, since: date(since) } };
    }),
    ...(handOver ? offered(handOver, municipality) : []),
    ...course.map(stepText),
    ...(panel?.asked ? [{ key: 'my-course.copy.panelAsked', with: { at: date(panel.asked.at) } }] : []),
    ...(panel?.joined ? [{ key: 'my-course.copy.panelJoined', with: { at: date(panel.joined) } }] : []),
    ...(panel?.left ? [{ key: 'my-course.copy.panelLeft', with: { at: date(panel.left) } }] : []),
  ];
  return lines.length > 0 ? ['', ...lines] : [];
}

function offered({ by, to, at, words }: NonNullable<Client['handOver']>, municipality: Municipality): Text[] {
  const named = { by: coachName(by, municipality), to: coachName(to, municipality), at: date(at) };
  const said: Text[] = words === undefined ? [] : [{ key: 'my-course.copy.words', with: { words } }];
  return [{ key: 'my-course.copy.handOver', with: named }, ...said];
}

function stepText({ is, at, until }: CourseStep): Text {
  if (until === undefined) return { key: `my-course.copy.${is}`, with: { at: date(at) } };
  return { key: 'my-course.copy.until', with: { at: date(at), until: date(until) } };
}

function date(at: string): Text {
  return { at, as: 'date' };
}
