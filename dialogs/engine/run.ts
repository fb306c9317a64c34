import type { Text } from '../../src/domain/text.ts';
import { PolkuError } from '../../src/errors.ts';
import type { Translator } from '../../src/i18n/translator.ts';
import type { Services } from '../services.ts';
import { nameOf, optionsOf, showAnswer } from './ask.ts';
import type { Dialog, Reply } from './dialog.ts';
import { type Answers, type File, type Flow, hasReview, type Outcome, prune, type Question } from './flow.ts';
import { fold } from './fold.ts';
import { isEcho, remember } from './past-buttons.ts';
import { readOption, type ShownOption } from './read-answer.ts';
import { readAnswer } from './read-value.ts';
import { openQuestion, openStep, reviewId, settle, stepBack } from './settle.ts';

/** One turn of talking: what is said is gathered, and the dialogue's new state. */
export interface Talk {
  dialog: Dialog;
  replies: Reply[];
  /** Everything about the person is to be forgotten, this conversation's log included. */
  forget: boolean;
  say(text: Text, files?: File[]): void;
}

/** What the runner of flows needs besides the turn. */
export interface Runner {
  flows: Flow[];
  t: Translator;
  newId: () => string;
}

/** Starts a flow, or goes on with it where it was left. */
export async function startFlow(runner: Runner, talk: Talk, services: Services, id: string, given?: Answers) {
  const flow = findFlow(runner, id);
  park(talk.dialog);
  const parked = talk.dialog.parked?.find((one) => one.id === id);
  talk.dialog.parked = talk.dialog.parked?.filter((one) => one.id !== id);
  if (parked && !given) {
    talk.dialog.flow = { ...parked, answers: prune(flow, parked.answers) };
    talk.say({ key: 'engine.resumed' });
  } else {
    const known = { ...(await flow.given?.(services)), ...given };
    talk.dialog.flow = { id, answers: prune(flow, known), intent: runner.newId(), ...(given && { given }) };
    // With nothing left to ask there is nothing to announce.
    const { open, steps } = openStep(flow, talk.dialog.flow);
    if (open !== reviewId && runner.t.has(`${id}.start`)) talk.say({ key: `${id}.start`, with: { steps } });
  }
  await proceed(runner, talk, services);
}

/** Puts the running flow aside with its answers; an answer that was being changed is as it was. */
export function park(dialog: Dialog): void {
  const { flow } = dialog;
  dialog.flow = undefined;
  if (!flow || Object.keys(flow.answers).length === 0) return;
  const { changing, ...rest } = flow;
  const answers = changing ? { ...flow.answers, [changing.ask]: changing.was } : flow.answers;
  dialog.parked = [...(dialog.parked ?? []).filter(({ id }) => id !== flow.id), { ...rest, answers }];
}

/** Asks the open question, or completes a flow that has none and no review. */
export async function proceed(runner: Runner, talk: Talk, services: Services, choices: string[] = []): Promise<void> {
  const running = talk.dialog.flow!;
  const flow = findFlow(runner, running.id);
  const at = openStep(flow, running);
  if (at.open === reviewId && !hasReview(flow, running.answers)) return complete(runner, talk, services);
  await ask(runner, talk, services, choices, false, at);
}

/** Says the open question with its options, whatever was said before it; `told` when what precedes it was said already. */
export async function ask(
  runner: Runner,
  talk: Talk,
  services: Services,
  choices: string[] = [],
  told = false,
  at = openStep(findFlow(runner, talk.dialog.flow!.id), talk.dialog.flow!),
): Promise<void> {
  const running = talk.dialog.flow!;
  const flow = findFlow(runner, running.id);
  const { t } = runner;
  const { asked, open, steps } = at;
  const question = asked.find(({ ask }) => ask === open);
  const word = (text: Text) => t.say(text, services.language);
  let text: Text;
  let options: ShownOption[];
  if (question) {
    if (!told && !running.look && !running.chosen)
      for (const text of (await question.tell?.(running.answers, services)) ?? []) talk.say(text);
    options = await optionsOf(flow, question, running, services, t);
    text = { key: `${flow.id}.${open}.ask`, with: question.with?.(running.answers, services) ?? {} };
    if (running.chosen?.length) {
      const chosen = showAnswer(flow, question, running.chosen, running.answers, services, t);
      text = { lines: [{ key: 'engine.chosen', with: { chosen } }, { key: 'engine.chooseMore' }] };
    }
  } else if (open === 'change') {
    options = asked.map((one) => ({ value: one.ask, label: word(nameOf(flow, one)) }));
    text = { key: 'engine.change.ask' };
  } else {
    const check = flow.check?.(running.answers) ?? flow.id;
    const submit = `${check}.submit`;
    options = [
      { value: 'submit', label: word({ key: submit }) },
      { value: 'change', label: word({ key: 'engine.review.change' }) },
    ];
    const { answers } = running;
    const lines = asked.map((one) => ({
      key: 'engine.review.line',
      with: { name: nameOf(flow, one), answer: showAnswer(flow, one, answers[one.ask], answers, services, t) },
    }));
    text = { lines: [{ key: `${check}.review` }, '', ...lines, '', { key: 'engine.review.ask' }] };
  }
  talk.dialog.shown = { question: open, options };
  const step = question ? asked.indexOf(question) + 1 : asked.length + 1;
  const nav = ['back', 'help'].map((command) => t.words(`commands.${command}`, services.language)[0]!);
  talk.replies.push({
    text: word(text),
    language: services.language,
    choices: [...options.map(({ label }) => label), ...(choices.length > 0 ? choices : nav)],
    mark: { flow: flow.id, question: open, step, of: steps },
  });
}

/** Takes the message as the answer to the open question of the running flow. */
export async function answer(runner: Runner, talk: Talk, services: Services, text: string): Promise<void> {
  const running = talk.dialog.flow!;
  const flow = findFlow(runner, running.id);
  const { asked, open } = openQuestion(flow, running);
  const question = asked.find(({ ask }) => ask === open);
  if (talk.dialog.shown?.question !== open) return ask(runner, talk, services);
  const shown = talk.dialog.shown.options;
  if (!question) return answerReview(runner, talk, services, readReview(runner.t, services, shown, text), text);

  if (isEcho(talk.dialog, text, runner.t, services, isOwnWords(flow, question))) {
    talk.say({ key: 'engine.oldButton' });
    return ask(runner, talk, services, [], true);
  }
  const read = readAnswer({ flows: runner.flows, flow, question, text, shown, running, t: runner.t, services });
  if (read.is !== 'invalid') remember(talk.dialog);
  if (read.is === 'look') {
    running.look = read.look;
  } else if (read.is === 'chosen') {
    running.chosen = read.values;
  } else if (read.is === 'answer') {
    settle(flow, running, question, read.value);
  } else if (read.is === 'goes') {
    if (read.instead) talk.dialog.flow = undefined;
    return startFlow(runner, talk, services, read.flow, read.given);
  } else {
    talk.say(invalidText(runner.t, flow, question, read.because));
    return ask(runner, talk, services, [], true);
  }
  await proceed(runner, talk, services);
}

function isOwnWords(flow: Flow, question: Question): boolean {
  return flow.kinds[question.ask]!.kind === 'text' && (!question.options || question.free === true);
}

/** Goes one answer back; false when there is none, so that the caller leaves the flow. */
export function back(runner: Runner, dialog: Dialog): boolean {
  return stepBack(findFlow(runner, dialog.flow!.id), dialog.flow!);
}

/** "Is everything right?" is answered by yes and no as well as by its buttons. */
function readReview(t: Translator, { now }: Services, shown: ShownOption[], text: string): ShownOption | undefined {
  const means = new Map<unknown, boolean>([
    ['submit', true],
    ['change', false],
  ]);
  const said = readOption(
    text,
    shown.map((one) => ({ ...one, value: means.get(one.value) ?? one.value })),
    t,
    now,
  );
  return shown.find(({ label }) => label === said?.label);
}

async function answerReview(
  runner: Runner,
  talk: Talk,
  services: Services,
  option: ShownOption | undefined,
  text: string,
) {
  const running = talk.dialog.flow!;
  if (!option) {
    talk.say({ key: talk.dialog.past?.includes(fold(text)) ? 'engine.oldButton' : 'engine.invalid.choice' });
  } else {
    remember(talk.dialog);
    if (option.value === 'submit') return complete(runner, talk, services);
    if (running.choosing) {
      const ask = String(option.value);
      running.changing = { ask, was: running.answers[ask] };
      running.choosing = undefined;
      delete running.answers[ask];
    } else running.choosing = true;
  }
  await ask(runner, talk, services);
}

async function complete(runner: Runner, talk: Talk, services: Services): Promise<void> {
  const running = talk.dialog.flow!;
  const flow = findFlow(runner, running.id);
  const submit = fold(talk.dialog.shown?.options.find(({ value }) => value === 'submit')?.label ?? '');
  let outcome: Outcome;
  try {
    outcome = await flow.complete(running.answers, services, running.intent);
  } catch (error) {
    if (!(error instanceof PolkuError) || !runner.t.has(`errors.${error.code}`) || isOutage(error)) throw error;
    outcome = { say: [{ key: `errors.${error.code}` }] };
  }
  if ('again' in outcome) {
    delete running.answers[outcome.again];
    running.look = running.chosen = undefined;
    talk.say(outcome.because);
    return ask(runner, talk, services);
  }
  talk.dialog.flow = talk.dialog.shown = undefined;
  for (const [i, text] of outcome.say.entries())
    talk.say(text, i === outcome.say.length - 1 ? outcome.files : undefined);
  talk.forget = outcome.forget ?? false;
  if (talk.forget) talk.dialog = { language: talk.dialog.language };
  else talk.dialog.last = { flow: flow.check?.(running.answers) ?? flow.id, submit, say: outcome.say };
  if (outcome.start) await startFlow(runner, talk, services, outcome.start.flow, outcome.start.given);
}

const isOutage = ({ code }: PolkuError) => code === 'storeUnavailable' || code === 'conflict' || code === 'unexpected';

function invalidText(t: Translator, flow: Flow, question: Question, because: string): Text {
  if (because !== 'kind') return { key: `engine.invalid.${because}` };
  const own = `${flow.id}.${question.ask}.invalid`;
  if (t.has(own)) return { key: own };
  const { kind } = flow.kinds[question.ask]!;
  return { key: `engine.invalid.${kind === 'text' && !isOwnWords(flow, question) ? 'choice' : kind}` };
}

function findFlow(runner: Runner, id: string): Flow {
  const flow = runner.flows.find((one) => one.id === id);
  if (!flow) throw new Error(`There is no flow ${id}; flows are listed in dialogs/index.ts`);
  return flow;
}
