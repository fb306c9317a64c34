import { intakeAnswers } from '../../domain/clients/intake.ts';
import type { Intake } from '../../domain/clients/path.ts';
import { targetGroupsOf } from '../../domain/municipalities/routing.ts';
import type { Text } from '../../domain/text.ts';
import { languageName, tellAnswer, writtenIn } from '../../notify/answers.ts';
import { type Block, line, part } from './blocks.ts';
import { button } from './buttons.ts';
import type { CardReader } from './reader.ts';
import { inPicture, selfPicture } from './self-picture.ts';

/** Not answers to read: a consent, shown by what it allows. */
const unshown = new Set(['workAbilityConsent']);

/** The body of a new intake: who, by when, why it came here, and each answer in the coach's language. */
export function intakeBody(intake: Intake, reader: CardReader): { title: string; body: Block[] } {
  const { say } = reader;
  const label = (name: string) => say({ key: `cards.labels.${name}` });
  return {
    title: say({ key: 'cards.titles.intake' }),
    body: [
      line(label('reference'), intake.reference),
      line(label('meetBy'), say({ at: intake.meetBy, as: 'date' })),
      line(label('sent'), say({ at: intake.submittedAt, as: 'moment' })),
      line(label('chat'), languageName(intake.language, reader)),
      line(label('routing'), say(because(intake))),
      ...(reader.municipality.selfPicture ? selfPicture(intake.answers, reader) : []),
      ...groupLine(intake, reader),
      part(say({ key: 'cards.intake.answers' })),
      ...answerLines(intake, reader),
      ...correctionLines(intake, reader),
      ...planButton(intake, reader),
    ],
  };
}

/** A client who keeps their coach is told so in words to the client; a coach gets their own. */
function because({ routing }: Intake): Text {
  const keepsCoach = routing.coach !== undefined && routing.rule === undefined;
  return keepsCoach ? { key: 'cards.intake.ownClient' } : routing.because;
}

/** Which of the city's groups the client told to belong to. */
function groupLine({ answers }: Intake, { say, municipality }: CardReader): Block[] {
  const ids = targetGroupsOf(municipality, answers);
  const groups = municipality.targetGroups.filter(({ id }) => ids.includes(id));
  if (groups.length === 0) return [];
  return [line(say({ key: 'plan.card.labels.groups' }), say({ list: groups.map(({ name, short }) => short ?? name) }))];
}

/** Leads to the plan that has a draft from this intake. */
function planButton({ partition, plan: id }: Intake, { say }: CardReader): Block[] {
  if (id === undefined) return [];
  const show = { act: 'show', about: { collection: 'clients', partition, id } } as const;
  return [{ type: 'ActionSet', actions: [button(say({ key: 'plan.card.showPlan' }), show)] }];
}

/** What the client has put right since, the newest first: the answers as they were before. */
function correctionLines(intake: Intake, reader: CardReader): Block[] {
  return (intake.corrections ?? [])
    .toReversed()
    .flatMap(({ at, was }) => [
      part(reader.say({ key: 'my-course.card.corrected', with: { at: { at, as: 'moment' } } })),
      ...answerLines({ ...intake, answers: was as Intake['answers'] }, reader),
    ]);
}

function answerLines({ answers, language }: Intake, reader: CardReader): Block[] {
  const given = answers as Record<string, unknown>;
  // In the order in which they were asked; the pack decides which were.
  return Object.keys(intakeAnswers.shape).flatMap((question) => {
    const value = given[question];
    if (value === undefined || unshown.has(question)) return [];
    if (reader.municipality.selfPicture && inPicture(question)) return [];
    // Health data: shown only with the consent that was given for it.
    if (question === 'workAbility' && given.workAbilityConsent !== true) return [];
    const { label, text, own } = tellAnswer(question, value, reader);
    return [line(label, text, own ? writtenIn(language, reader) : undefined)];
  });
}
