import { type IntakeAnswers, intakeAnswers } from '../src/domain/clients/intake.ts';
import type { Intake } from '../src/domain/clients/path.ts';
import type { Municipality } from '../src/domain/municipalities/pack.ts';
import type { Text } from '../src/domain/text.ts';
import type { File } from './engine/flow.ts';

type Name = keyof IntakeAnswers;

/** Answers that are words, numbers and addresses of the person rather than codes. */
const ownWords: readonly Name[] = ['lastWork', 'wantedWork', 'interpreterLanguage', 'name', 'phone', 'email'];

/** The answers of an intake in words, a line each, in the order of the questions; what was not asked is left out. */
export function tellAnswers(answers: Partial<IntakeAnswers>, municipality: Municipality): Text[] {
  const names = Object.keys(intakeAnswers.shape) as Name[];
  return names
    .filter((name) => answers[name] !== undefined)
    .map((name) => ({
      key: 'engine.review.line',
      with: { name: { key: `intake.${name}.label` }, answer: tellAnswer(name, answers[name], municipality) },
    }));
}

function tellAnswer(name: Name, answer: unknown, municipality: Municipality): Text {
  if (Array.isArray(answer)) return { list: answer.map((one) => tellAnswer(name, one, municipality)) };
  if (answer === null) return { key: 'engine.options.skip' };
  if (answer === 'unknown') return { key: 'engine.options.unknown' };
  if (typeof answer === 'boolean') return { key: `engine.options.${answer ? 'yes' : 'no'}` };
  if (typeof answer === 'number' || ownWords.includes(name)) return String(answer);
  if (name === 'area') return areaName(String(answer), municipality);
  if (name === 'searchStart' && answer !== 'notYet') return { at: String(answer), as: 'date' };
  return { key: `intake.${name}.options.${String(answer)}` };
}

/** Name of an area of the pack; its id when the pack has it no longer. */
export function areaName(area: string, { areas }: Municipality): Text {
  return areas.find(({ id }) => id === area)?.name ?? area;
}

/** The person's own copy of an intake, as a text file in their language. */
export function copyOfIntake(intake: Intake, municipality: Municipality): File {
  const { reference, submittedAt, answers, meetBy } = intake;
  const { serviceName, contact } = municipality;
  const text: Text = {
    lines: [
      { key: 'intake.copy.title', with: { service: serviceName } },
      { key: 'intake.copy.reference', with: { reference } },
      { key: 'intake.copy.sent', with: { sent: { at: submittedAt, as: 'date' } } },
      '',
      ...tellAnswers(answers, municipality),
      '',
      { key: 'intake.copy.meeting', with: { by: { at: meetBy, as: 'date' } } },
      { key: 'intake.done.notDecision' },
      { key: 'intake.copy.contact', with: { phone: contact.phone, email: contact.email } },
      '',
    ],
  };
  return { name: { key: 'intake.copy.file', with: { reference } }, contentType: 'text/plain', text };
}
