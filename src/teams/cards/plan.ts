import { heardFromClient, isUnsent, type Plan, type PlanGoal } from '../../domain/plans/plan.ts';
import { goalText, stepLine } from '../../domain/plans/tell.ts';
import type { Text } from '../../domain/text.ts';
import { languageName, writtenIn } from '../../notify/answers.ts';
import { actsOf, markOf } from '../acts/offered.ts';
import { type Block, line, part, plain, sentence } from './blocks.ts';
import { button } from './buttons.ts';
import type { CardReader } from './reader.ts';

/** Comments of the client on the card; earlier ones are in the client's own copy. */
const commentsShown = 2;

/** The body of a plan: whose it is, how far it is with the client, what they wrote, and each goal with its steps. */
export function planBody(plan: Plan, reader: CardReader): { title: string; body: Block[] } {
  const { say, language } = reader;
  const { name, intake, partition, comments } = plan;
  const label = (key: string) => say({ key: `plan.card.labels.${key}` });
  const show = { act: 'show', about: { collection: 'clients', partition, id: intake.id } } as const;
  return {
    title: say({ key: `plan.card.titles.${titleOf(plan)}` }),
    body: [
      ...(name === undefined ? [] : [line(label('client'), name)]),
      line(label('reference'), intake.reference),
      line(label('chat'), languageName(plan.language, reader)),
      ...stateLines(plan).map((text) => sentence(say(text), { weight: 'Bolder' })),
      ...(plan.shown.told === false ? [sentence(say({ key: 'plan.card.untold' }), { color: 'Attention' })] : []),
      ...comments.slice(-commentsShown).map(({ words, at }) => {
        const said = say({ key: 'plan.card.comment', with: { on: { at, as: 'date' } } });
        return line(said, words.text, writtenIn(words.language, { ...reader, language }));
      }),
      ...seenButton(plan, reader),
      ...plan.goals.flatMap((goal, n) => goalBlocks(goal, n + 1, plan, reader)),
      sentence(say({ key: 'plan.card.notDecision' }), { isSubtle: true }),
      { type: 'ActionSet', actions: [button(say({ key: 'plan.card.showIntake' }), show)] },
    ],
  };
}

/** Under what the client said, as long as nobody has marked it as seen. */
function seenButton(plan: Plan, { say, coach, now, municipality }: CardReader): Block[] {
  const found = { kind: 'plan', of: plan } as const;
  if (!actsOf(found, coach.id, now, municipality).includes('seen')) return [];
  const about = { collection: 'clients', partition: plan.partition, id: plan.id } as const;
  const data = { act: 'seen', about, mark: markOf(found) } as const;
  return [{ type: 'ActionSet', actions: [button(say({ key: 'plan.card.buttons.seen' }), data)] }];
}

function titleOf(plan: Plan): string {
  const heard = heardFromClient(plan);
  if (heard !== undefined && heard > (plan.handling.seen?.at ?? '')) {
    return plan.accepted?.at === heard ? 'accepted' : 'comment';
  }
  return plan.shown.by === undefined ? 'draft' : 'plan';
}

function stateLines(plan: Plan): Text[] {
  const { shown, accepted, version } = plan;
  const on = (at: string): Text => ({ at, as: 'date' });
  if (shown.by === undefined) return [{ key: 'plan.card.state.draft' }];
  const isAccepted = accepted?.version === shown.version;
  const before = accepted && !isAccepted ? [{ key: 'plan.card.state.before', with: { on: on(accepted.at) } }] : [];
  return [
    isAccepted
      ? { key: 'plan.card.state.accepted', with: { on: on(accepted.at), version: shown.version } }
      : { key: 'plan.card.state.sent', with: { on: on(shown.at), version: shown.version } },
    ...before,
    ...(isUnsent(plan) ? [{ key: 'plan.card.state.unsent', with: { version } }] : []),
  ];
}

function goalBlocks(goal: PlanGoal, number: number, { coach }: Plan, reader: CardReader): Block[] {
  const { say, municipality } = reader;
  const title = { key: 'plan.goal', with: { number, goal: goalText(goal) } };
  const remark = (language: string | undefined) => (language === undefined ? undefined : writtenIn(language, reader));
  const language = goal.words && ` (${writtenIn(goal.words.language, reader)})`;
  return [
    part(`${plain(say(title))}${language ?? ''}`),
    ...goal.steps.map((step, n) => {
      const text = stepLine(step, { reader: 'coach', coach, pack: municipality });
      return line(`${number}.${n + 1}`, say(text), remark(step.words?.language));
    }),
  ];
}
