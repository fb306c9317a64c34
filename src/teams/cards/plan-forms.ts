import type { Municipality, Service } from '../../domain/municipalities/pack.ts';
import type { CaseRef } from '../../domain/notices.ts';
import { doers, longestPlanWords, type Plan, type PlanStep, type StepKind } from '../../domain/plans/plan.ts';
import { goalText, stepText, whoText } from '../../domain/plans/tell.ts';
import type { Text } from '../../domain/text.ts';
import type { Act } from '../acts/offered.ts';
import { addedSteps, goalKinds } from '../acts/plan-kinds.ts';
import { planInput } from '../acts/plan-wish.ts';
import { type Block, brief, plain } from './blocks.ts';
import { type Button, button, formButton, type Input } from './buttons.ts';
import type { CardReader } from './reader.ts';

interface Choice {
  title: string;
  value: string;
}

/** The buttons of a plan's card, with a form for each that needs one. */
export function planButtons(
  plan: Plan,
  acts: Act[],
  { about, mark }: { about: CaseRef; mark: string },
  reader: CardReader,
): Button[] {
  const { say } = reader;
  // What the client said is marked as seen where it stands.
  return acts
    .filter((act) => act !== 'seen')
    .map((act) => {
      const title = say({ key: `plan.card.buttons.${act}` });
      const data = { act, about, mark };
      const form = formOf(act, plan, reader);
      return form ? formButton(title, form, button(say({ key: `plan.card.save.${act}` }), data)) : button(title, data);
    });
}

/** As many as a list on a phone bears; the others are found by “Suggest a service”. */
const mostServices = 25;
/** The card shows the whole; a list is for choosing. */
const longestChoice = 36;

/** A kind of step as it stands in a list. */
function kindText(what: StepKind): Text {
  return { key: `plan.${what === 'own' || what === 'service' ? 'kinds' : 'steps'}.${what}` };
}

/** A step in our own words alone, since a list may be rendered as more than text; the number tells which it is. */
function nameOf(step: PlanStep, pack: Municipality): Text {
  const { words: _, ...plain } = step;
  const isNamed = step.what === 'service' && pack.services.some(({ id }) => id === step.service);
  return step.what === 'own' || (step.what === 'service' && !isNamed) ? kindText(step.what) : stepText(plain, pack);
}

/** Services to choose from, those first that help with a goal of the plan. */
function servicesFor({ goals }: Plan, { municipality }: CardReader): Service[] {
  const wanted = new Set<string>(goals.map(({ what }) => what));
  const helps = ({ needs }: Service) => needs.some((need) => wanted.has(need));
  const { services } = municipality;
  return [...services.filter(helps), ...services.filter((one) => !helps(one))].slice(0, mostServices);
}

function formOf(act: Act, plan: Plan, reader: CardReader): Block[] | undefined {
  const { say, municipality } = reader;
  const label = (name: string): string => say({ key: `plan.card.forms.${name}` });
  const named = (text: Text): string => plain(brief(say(text), longestChoice));
  const choices = <K extends string>(kinds: readonly K[], text: (kind: K) => Text): Choice[] =>
    kinds.map((value) => ({ title: named(text(value)), value }));
  const needed = (name: string, asked: string, list: Choice[]): Input => ({
    type: 'Input.ChoiceSet',
    id: planInput(act, name),
    label: label(asked),
    style: 'compact',
    choices: list,
    placeholder: say({ key: 'cards.forms.choose' }),
    isRequired: true,
    errorMessage: label('missing'),
  });
  const maybe = (name: string, asked: string, list: Choice[], value?: string): Input => ({
    type: 'Input.ChoiceSet',
    id: planInput(act, name),
    label: label(asked),
    style: 'compact',
    choices: list,
    placeholder: say({ key: 'cards.forms.choose' }),
    ...(value !== undefined && { value }),
  });
  const words = (name: string): Input => ({
    type: 'Input.Text',
    id: planInput(act, 'words'),
    label: label(name),
    isMultiline: true,
    maxLength: longestPlanWords,
  });
  const by: Input = { type: 'Input.Date', id: planInput(act, 'by'), label: label('by') };
  const who = choices(doers, (kind) => whoText(kind, 'coach'));
  const goals = plan.goals.map((goal, n): Choice => {
    const own = goal.what === 'own' ? { key: 'plan.goals.own' } : goalText(goal);
    return { title: named({ key: 'plan.goal', with: { number: n + 1, goal: own } }), value: goal.id };
  });
  const parts = plan.goals.flatMap((goal, n) => [
    goals[n]!,
    ...goal.steps.map((step, m) => ({
      title: `${n + 1}.${m + 1} ${named(nameOf(step, municipality))}`,
      value: step.id,
    })),
  ]);
  switch (act) {
    case 'addGoal':
      return [
        needed(
          'what',
          'newGoal',
          choices(goalKinds, (what) => ({ key: `plan.goals.${what}` })),
        ),
        words('goalWords'),
      ];
    case 'addStep': {
      const services = servicesFor(plan, reader).map(({ id, name }) => ({ title: plain(brief(say(name))), value: id }));
      return [
        needed('goal', 'goal', goals),
        needed('what', 'step', choices(addedSteps, kindText)),
        maybe('service', 'service', services),
        words('stepWords'),
        maybe('who', 'who', who, 'client'),
        by,
      ];
    }
    case 'changePart': {
      const title = label('done');
      const id = planInput(act, 'done');
      const toggle: Input = { type: 'Input.Toggle', id, title, value: 'false', valueOn: 'true', valueOff: 'false' };
      return [
        needed('part', 'part', parts),
        words('newWords'),
        maybe('who', 'newWho', who),
        { ...by, label: label('newBy') },
        toggle,
      ];
    }
    case 'removePart':
      return [needed('part', 'removed', parts)];
    default:
      return undefined;
  }
}
