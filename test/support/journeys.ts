import { mira } from './answers.ts';
import { type Given, texts } from './conversation.ts';

/** How a person answers: a code or codes, words to type, a button by its place (`-1` the last) or by its text's key. */
export type Step = Given | { place: number } | { key: string };

/** What a person came for, told as a table; `after` are the journeys that must have been made before. */
export interface Journey {
  /** Where it begins in the menu. */
  opens: string;
  after?: string[];
  /** By flow and question. */
  steps: Record<string, Step>;
  /** Keys of what may be said when it has come about, and nothing else has. */
  ends: string[];
}

const own: Step = { place: 0 };
const intakeSteps = Object.fromEntries(Object.entries(mira).map(([ask, given]) => [`intake.${ask}`, given]));

/** Every journey that ends in a change of the world. */
export const journeys: Record<string, Journey> = {
  intake: {
    opens: 'intake',
    // Areas are named by the pack, not by a text.
    steps: { ...intakeSteps, 'intake.area': own, 'intake.review': 'submit' },
    ends: ['intake.done.reference'],
  },
  booking: {
    opens: 'booking',
    steps: {
      'booking.topic': 'plan',
      'booking.kind': 'office',
      'booking.slot': { place: 4 },
      'booking.interpreter': false,
      'booking.name': 'Mira',
      'booking.review': 'submit',
    },
    ends: ['booking.done.booked'],
  },
  moving: {
    opens: 'my-path',
    after: ['booking'],
    steps: { 'my-path.what': own, 'appointment.do': 'move', 'booking.slot': { place: 2 }, 'booking.review': 'submit' },
    ends: ['booking.done.moved'],
  },
  cancelling: {
    opens: 'my-path',
    after: ['booking'],
    steps: { 'my-path.what': own, 'appointment.do': 'cancel', 'appointment.sure': true },
    ends: ['appointment.cancelled'],
  },
  referral: {
    opens: 'referral',
    steps: {
      'referral.needs': ['findWork'],
      'referral.service': own,
      'referral.how': 'refer',
      'referral.lines': own,
      'referral.name': 'Mira',
      'referral.phone': '040 000 0001',
      'referral.email': 'mira@posti.example',
      'referral.wish': 'Haluan kokeilla puutarhatyötä',
      'referral.consent': 'send',
      'referral.review': 'submit',
    },
    ends: ['referral.done.sent'],
  },
  withdrawing: {
    opens: 'my-path',
    after: ['referral'],
    steps: { 'my-path.what': own, 'my-referral.do': 'withdraw', 'my-referral.sure': true },
    ends: ['my-referral.withdrawn'],
  },
  contact: {
    opens: 'contact',
    steps: {
      'contact.how': 'call',
      'contact.phone': '040 000 0001',
      'contact.name': 'Mira',
      'contact.about': 'Puutarhakurssin haku',
      'contact.review': 'submit',
    },
    ends: ['contact.done.sent'],
  },
  erasing: {
    opens: 'my-path',
    after: ['booking', 'referral'],
    steps: { 'my-path.what': { key: 'my-path.what.to.erase' }, 'erase.sure': true, 'erase.verySure': true },
    ends: ['erase.done'],
  },
};

/** What the person presses or types at a question of a flow, from nothing but the buttons that are shown. */
export function answerTo(step: Step, flow: string, question: string, choices: string[], language: string): string {
  if (step !== null && typeof step === 'object' && !Array.isArray(step)) {
    if ('key' in step) return texts.say({ key: step.key }, language);
    return choices.filter((one) => !isNavigation(one, language)).at(step.place) ?? choices[0]!;
  }
  if (Array.isArray(step)) {
    const left = step.map((one) => labelOf(one, flow, question, language)).find((label) => choices.includes(label));
    return left ?? texts.say({ key: 'engine.done' }, language);
  }
  const label = labelOf(step, flow, question, language);
  return choices.includes(label) ? label : String(step);
}

function isNavigation(label: string, language: string): boolean {
  const words = ['back', 'help', 'language'].map((command) => texts.words(`commands.${command}`, language)[0]);
  return words.includes(label) || label === texts.say({ key: 'engine.done' }, language);
}

function labelOf(value: Exclude<Given, unknown[]>, flow: string, question: string, language: string): string {
  const name = value === null ? 'skip' : value === true ? 'yes' : value === false ? 'no' : String(value);
  const keys = [
    ...(value === 'submit' ? [`${flow}.submit`] : []),
    `${flow}.${question}.options.${name}`,
    `engine.options.${name}`,
  ];
  const key = keys.find((one) => texts.has(one));
  return key ? texts.say({ key }, language) : name;
}
