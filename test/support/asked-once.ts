import { flows } from '../../dialogs/index.ts';
import { openAt, type Station } from './flow-walk.ts';

/** Flows whose answers bind nobody to anything, so that nothing is lost when they are given in one go. */
const bindsNobody = new Set(['feedback']);
/** More answers than these are checked by the person before they have an effect. */
const unchecked = 2;

const answersOf = ({ dialog: { flow } }: Station) => flow?.answers ?? {};

/**
 * What is wrong with the question that follows an answer: it had been answered already, and nobody wished to change it;
 * undefined when all is well.
 */
export function askedTwice(from: Station, step: Station): string | undefined {
  const [before, after] = [from.dialog.flow, step.dialog.flow];
  const question = step.dialog.shown?.question ?? '';
  // What is changed, and what was chosen for what is changed, is asked again as the person wished.
  if (!before || before.id !== after?.id || before.changing || after.changing) return undefined;
  // A button that begins anew, such as "Look for other help".
  if (from.dialog.shown?.options.some(({ label, goes }) => goes && label === step.way.at(-1))) return undefined;
  if (openAt(from) === openAt(step) || answersOf(from)[question] === undefined) return undefined;
  return `${openAt(step)} is asked again after ${openAt(from)}`;
}

/** What is wrong with a message that has an effect: it ends many answers that the person has not looked over. */
export function unreviewed(from: Station): string | undefined {
  const { flow, shown } = from.dialog;
  const open = shown?.question ?? '';
  // A question of its own that names the effect, such as "Are you sure?", is a check as well.
  if (!flow || bindsNobody.has(flow.id) || open === 'review' || /sure$/i.test(open)) return undefined;
  const asked = flows.find(({ id }) => id === flow.id)!.questions.map(({ ask }) => ask);
  const given = asked.filter((name) => flow.answers[name] !== undefined && flow.given?.[name] === undefined);
  if (given.length + 1 <= unchecked) return undefined;
  return `${openAt(from)} has an effect after ${given.join(', ')}, and nobody checked them`;
}

/** What a person who told their name and number in the intake is asked for once more; undefined when nothing. */
export function toldBefore(station: Station, told: { phone: string }): string | undefined {
  const { flow, shown } = station.dialog;
  // An employer tells whom to call at the company, which is nobody's intake.
  if (!flow || ['intake', 'offer-place'].includes(flow.id) || flow.changing) return undefined;
  if (shown?.question === 'name') return `${openAt(station)} asks for a name that the intake told`;
  const isOffered = shown?.options.some(({ value }) => value === told.phone);
  return shown?.question === 'phone' && !isOffered ? `${openAt(station)} does not offer the number told` : undefined;
}

/** What a long pause changed: another question, or other answers; undefined when the talk is where it was. */
export function changedBy(pause: string, before: Station, after: Station): string | undefined {
  const [was, is] = [before, after].map((one) => JSON.stringify([openAt(one), answersOf(one)]));
  return was === is ? undefined : `after ${pause}, ${was} is ${is}`;
}
