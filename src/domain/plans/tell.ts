import type { Municipality } from '../municipalities/pack.ts';
import type { Text } from '../text.ts';
import { type Doer, isDone, type PlanGoal, type PlanStep } from './plan.ts';

/** Who reads a plan: to the client the client is "you". */
export type PlanReader = 'client' | 'coach';

type Pack = Pick<Municipality, 'services' | 'coaches'>;

/** A goal in the reader's language; own words are as they were written. */
export function goalText({ what, words }: Pick<PlanGoal, 'what' | 'words'>): Text {
  return what === 'own' && words ? words.text : { key: `plan.goals.${what}` };
}

/** What a step is, without who and when. */
export function stepText(step: PlanStep, { services }: Pick<Pack, 'services'>): Text {
  const { what, words, need, service: id } = step;
  if (what === 'own') return words?.text ?? { key: 'plan.steps.own' };
  const service = services.find((one) => one.id === id);
  const values = {
    service: service?.name ?? id ?? '',
    need: need === undefined ? '' : { key: `directory.needs.${need}` },
  };
  const named: Text = { key: `plan.steps.${what}`, with: values };
  return words === undefined ? named : { key: 'plan.withWords', with: { step: named, words: words.text } };
}

/** Who does a step, by name where one is known. */
export function doerText(step: PlanStep, reader: PlanReader, coach: string | undefined, pack: Pack): Text {
  const service = pack.services.find(({ id }) => id === step.service);
  if (step.who === 'partner' && service) return service.provider;
  const name = pack.coaches.find(({ id }) => id === coach)?.name;
  if (step.who === 'coach' && name !== undefined) return name;
  return whoText(step.who, reader);
}

/** A kind of doer in a word. */
export function whoText(who: Doer, reader: PlanReader): Text {
  return { key: `plan.who.${reader}.${who}` };
}

/** A step in one line: what, who, and by when or how it ended. */
export function stepLine(
  step: PlanStep,
  {
    reader,
    coach,
    pack,
    isNew = false,
  }: { reader: PlanReader; coach: string | undefined; pack: Pack; isNew?: boolean },
): Text {
  const { by, tick } = step;
  const values = {
    step: stepText(step, pack),
    who: doerText(step, reader, coach, pack),
    by: by === undefined ? '' : ({ at: by, as: 'date' } as const),
    on: tick === undefined ? '' : ({ at: tick.at, as: 'date' } as const),
    came: tick?.came === undefined ? '' : { key: `${reader === 'client' ? 'referral' : 'cards'}.states.${tick.came}` },
  };
  if (isDone(step)) return { key: 'plan.line.done', with: values };
  if (tick) return { key: 'plan.line.ended', with: values };
  const line: Text = { key: `plan.line.${by === undefined ? 'open' : 'by'}`, with: values };
  return isNew ? { key: 'plan.line.new', with: { line } } : line;
}
