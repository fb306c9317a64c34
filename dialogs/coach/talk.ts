import type { Translator } from '../../src/i18n/translator.ts';
import type { Dialog, Reply } from '../engine/dialog.ts';
import type { Flow } from '../engine/flow.ts';
import { fold as foldWords } from '../engine/fold.ts';
import { remember } from '../engine/past-buttons.ts';
import { refit } from '../engine/refit.ts';
import { answer, ask, back, park, type Runner, startFlow, type Talk } from '../engine/run.ts';
import { createInterrupts, type Interrupt } from '../interrupts.ts';
import { asServices, type CoachServices } from './services.ts';

/** What a coach said, cleaned by the gate. */
export interface CoachSaid {
  text: string;
  masked?: boolean;
  /** The question whose button was pressed, when the client tells. */
  pressed?: { flow?: string; question?: string };
}

/** What a coach's turn came to; `views` are the lists that they asked to see. */
export interface CoachDecision {
  dialog: Dialog;
  replies: Reply[];
  views: View[];
}

const views = ['todo', 'today', 'week', 'clients', 'panel'] as const;
type View = (typeof views)[number];

/** A message of signs alone, such as "?", is itself. */
function fold(text: string): string {
  return foldWords(text) || text.trim();
}

/** Decides a coach's turns: words lead to a list or a flow, a flow asks on, and what works everywhere works here too. */
export function createCoachTalk(flows: Flow[], t: Translator) {
  const interrupt = createInterrupts(t);
  const names = [...views, ...flows.map(({ id }) => id), 'help'];
  const byWord = new Map<string, string>();
  for (const name of names) {
    for (const language of t.languages) {
      for (const word of t.words(`coach.words.${name}`, language)) byWord.set(fold(word), name);
    }
  }

  /** Buttons of the lists and flows. */
  function choices(language: string): string[] {
    // A city may have no panel of clients: it is found by its word.
    return names.filter((name) => name !== 'panel').map((name) => t.words(`coach.words.${name}`, language)[0]!);
  }

  async function decide(
    before: unknown,
    said: CoachSaid,
    world: (language: string, chose: (language: string) => void) => CoachServices,
    language: string,
    newId: () => string,
  ): Promise<CoachDecision> {
    let speaks = language;
    const dialog = refit(before, flows);
    const runner: Runner = { flows, t, newId };
    const shown: View[] = [];
    const services = () => {
      return asServices(
        world(speaks, (chosen) => {
          speaks = chosen;
        }),
      );
    };
    const talk: Talk = {
      dialog,
      replies: [],
      forget: false,
      say: (text) => {
        talk.replies.push({ text: t.say(text, speaks), language: speaks });
      },
    };
    if (said.masked) talk.say({ key: 'engine.masked' });
    await turn();
    const last = talk.replies.at(-1);
    // Outside a question the lists are always a press away.
    if (last && !last.choices) last.choices = choices(speaks);
    return { dialog: talk.dialog, replies: talk.replies, views: shown };

    async function turn(): Promise<void> {
      const command = interrupt(said.text);
      if (command && command.command !== 'person') return obey(command);
      if (!dialog.flow) return choose();
      const { question, flow } = said.pressed ?? {};
      if (
        question !== undefined &&
        (question !== dialog.shown?.question || (flow ?? dialog.flow.id) !== dialog.flow.id)
      ) {
        talk.say({ key: 'engine.oldButton' });
        return ask(runner, talk, services());
      }
      await answer(runner, talk, services(), said.text);
    }

    async function choose(): Promise<void> {
      const name = byWord.get(fold(said.text));
      if (name === undefined) {
        const late = dialog.past?.includes(fold(said.text));
        return talk.say({ key: late ? 'coach.oldButton' : 'coach.notUnderstood' });
      }
      if (name === 'help') return talk.say({ key: 'coach.help' });
      const view = views.find((one) => one === name);
      if (view) shown.push(view);
      else await startFlow(runner, talk, services(), name);
    }

    async function obey(found: Interrupt): Promise<void> {
      if (found.command === 'speak') {
        const own = world(speaks, () => {});
        await own.settings.change({ language: found.language });
        speaks = found.language;
        talk.say({ key: 'coach.languageIs' });
        return again();
      }
      switch (found.command) {
        case 'help':
        case 'why':
          return help();
        case 'language':
          return startFlow(runner, talk, services(), 'settings', { what: 'language' });
        case 'startOver': {
          const id = dialog.flow?.id;
          dialog.flow = dialog.parked = undefined;
          return id ? startFlow(runner, talk, services(), id) : talk.say({ key: 'coach.next' });
        }
        case 'back':
          if (dialog.flow && back(runner, dialog)) return again();
          return stop();
        default:
          return stop();
      }
    }

    function stop(): void {
      const stopped = dialog.flow !== undefined;
      remember(dialog);
      park(dialog);
      // Half a wish of a coach is soon out of date: it begins afresh.
      dialog.parked = dialog.shown = undefined;
      talk.say({ key: stopped ? 'coach.stopped' : 'coach.next' });
    }

    async function help(): Promise<void> {
      const { flow, shown: open } = dialog;
      if (!flow) return talk.say({ key: 'coach.help' });
      const why = { key: `${flow.id}.${open?.question}.why` };
      if (t.has(why.key)) talk.say(why);
      talk.say({ key: 'coach.helpInFlow' });
      return ask(runner, talk, services());
    }

    async function again(): Promise<void> {
      return dialog.flow ? ask(runner, talk, services()) : undefined;
    }
  }

  return { decide, choices };
}
