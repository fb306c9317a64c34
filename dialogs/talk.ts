import { linksIn } from '../src/domain/appointments/join-text.ts';
import type { Text } from '../src/domain/text.ts';
import type { Translator } from '../src/i18n/translator.ts';
import { askNext, type Told, withAsk } from './asks.ts';
import type { Dialog, Reply } from './engine/dialog.ts';
import type { File, Flow } from './engine/flow.ts';
import { fold } from './engine/fold.ts';
import { foldedWords } from './engine/folded-words.ts';
import { remember } from './engine/past-buttons.ts';
import { readOption, type ShownOption } from './engine/read-answer.ts';
import { readTopic } from './engine/read-topic.ts';
import { refit } from './engine/refit.ts';
import { answer, ask, back, park, type Runner, startFlow, type Talk } from './engine/run.ts';
import { openQuestion } from './engine/settle.ts';
import { createInterrupts, type Interrupt } from './interrupts.ts';
import { readLetter } from './letter.ts';
import { opening } from './opening.ts';
import type { Services } from './services.ts';

/** What came in, cleaned by the gate. */
export interface Said {
  text: string;
  /** The page joined (again): a new conversation is opened, an old one goes on. */
  join?: { language?: string };
  /** The language of the page, for a conversation that begins without a join. */
  pageLanguage?: string;
  /** The question whose button was pressed, when the client tells. */
  pressed?: { flow?: string; question?: string };
  /** An identity code was taken out of the text. */
  masked?: boolean;
  /** Hash of the code of a letter, which was taken out of the text. */
  letter?: string;
  /** Nobody said anything: the service has something to tell or to ask. */
  told?: Told;
}

/** What a turn came to: the new state and what to say. */
export interface Decision {
  dialog: Dialog;
  replies: Reply[];
  forget: boolean;
}

/** Decides turns: a function of the dialogue, the message and the world, so that a turn can be decided again. */
export function createTalk(flows: Flow[], t: Translator) {
  const interrupt = createInterrupts(t);

  return async function decide(
    before: Dialog,
    said: Said,
    world: (language: string) => Services,
    newId: () => string,
  ): Promise<Decision> {
    const dialog = refit(before, flows);
    const runner: Runner = { flows, t, newId };
    let known: Services | undefined;
    /** The world in the language of the moment, which a turn may change. */
    const services = () => {
      const language = talk.dialog.language ?? 'fi';
      if (known?.language !== language) known = world(language);
      return known;
    };
    const talk: Talk = {
      dialog,
      replies: [],
      forget: false,
      say: (text, files) => {
        const { language } = services();
        const write = ({ name, contentType, text: content }: File) => {
          return { name: t.say(name, language), contentType, text: t.say(content, language) };
        };
        const links = linksIn(text);
        talk.replies.push({
          text: t.say(text, language),
          language,
          ...(links.length > 0 && { links }),
          ...(files && { files: files.map(write) }),
        });
      },
    };
    if (said.masked) talk.say({ key: 'engine.masked' });
    await turn();
    return { dialog: talk.dialog, replies: talk.replies, forget: talk.forget };

    async function turn(): Promise<void> {
      if (said.told) return hear(said.told);
      const asked = said.join?.language ?? said.pageLanguage;
      if (!dialog.language && asked && t.languages.includes(asked)) dialog.language = asked;
      if (said.letter !== undefined) return useLetter(said.letter);
      if (said.join && dialog.language) return before.language ? comeBack() : greet();
      if (!dialog.language) return chooseLanguage();
      if (!before.language) introduce();
      const command = interrupt(said.text);
      if (command) return obey(command);
      if (dialog.flow) {
        if (isOldButton()) {
          talk.say({ key: 'engine.oldButton' });
          return again();
        }
        await answer(runner, talk, services(), said.text);
        if (!talk.dialog.flow) await goOn(talk.forget ? 'menu.ask' : 'menu.next', talk.dialog.last?.flow);
        return;
      }
      return choose();
    }

    /** Says what the service has to tell; a question waits until the person has ended what they are doing. */
    async function hear({ language, say, ask: question }: Told): Promise<void> {
      dialog.language ??= language;
      for (const text of say) talk.say(text);
      if (question) dialog.asks = withAsk(dialog.asks, question);
      if (dialog.flow) return say.length > 0 ? ask(runner, talk, services(), [], true) : undefined;
      if (question && (await askNext(runner, talk, services()))) return;
      if (say.length > 0) menu('menu.ask');
    }

    /** A person who comes back first hears what the service has to ask. */
    async function comeBack(): Promise<void> {
      if (!dialog.asks?.length) return again();
      dialog.interrupted ??= dialog.flow?.id;
      park(dialog);
      return goOn('menu.ask');
    }

    /** After a flow: what the service has to ask, what that came between, else the menu. */
    async function goOn(key: string, after?: string): Promise<void> {
      if (await askNext(runner, talk, services())) return;
      const left = talk.dialog.interrupted;
      delete talk.dialog.interrupted;
      if (left && talk.dialog.parked?.some(({ id }) => id === left)) return startFlow(runner, talk, services(), left);
      menu(key, after);
    }

    async function useLetter(letter: string): Promise<void> {
      const { say, language } = await readLetter(dialog, services(), letter);
      dialog.language ??= language;
      if (!dialog.language) return chooseLanguage();
      if (!before.language) introduce();
      for (const text of say) talk.say(text);
      return again();
    }

    function isOldButton(): boolean {
      const pressed = said.pressed?.question;
      return (
        pressed !== undefined &&
        (pressed !== dialog.shown?.question || (said.pressed?.flow ?? dialog.flow?.id) !== dialog.flow?.id)
      );
    }

    /** The first words: a machine, what it can do, how to reach a person. */
    function introduce(): void {
      for (const text of opening(services())) talk.say(text);
    }

    function greet(): void {
      introduce();
      menu('menu.ask');
    }

    function chooseLanguage(): void {
      const command = interrupt(said.text);
      const named = t.languages.find((language) =>
        foldedWords(t, 'commands.speak', language).includes(fold(said.text)),
      );
      const language = command?.command === 'speak' ? command.language : named;
      if (language) {
        dialog.language = language;
        greet();
        return;
      }
      const text = t.languages.map((one) => t.say({ key: 'opening.chooseLanguage' }, one)).join('\n');
      talk.replies.push({ text, language: 'fi', choices: speakLabels() });
    }

    function speakLabels(): string[] {
      const order = services().municipality.languages.filter((language) => t.languages.includes(language));
      return order.map((language) => t.words('commands.speak', language)[0]!);
    }

    async function obey(found: Interrupt): Promise<void> {
      if (found.command === 'speak') {
        talk.dialog.language = found.language;
        talk.say({ key: 'engine.languageIs' });
        return again();
      }
      switch (found.command) {
        case 'help':
          return help();
        case 'why': {
          const key = `${dialog.flow?.id}.${dialog.shown?.question}.why`;
          talk.say({ key: dialog.flow && t.has(key) ? key : 'engine.whyGeneral' });
          return again();
        }
        case 'language':
          talk.replies.push({
            text: t.say({ key: 'engine.whichLanguage' }, services().language),
            language: services().language,
            choices: speakLabels(),
          });
          return;
        case 'person':
          if (dialog.flow?.id === 'contact') return again();
          return startFlow(runner, talk, services(), 'contact');
        case 'startOver':
          return startOver();
        case 'back':
          if (dialog.flow && back(runner, dialog)) return again();
          park(dialog);
          return menu('menu.backHere');
        case 'cancel':
        case 'menu': {
          const stopped = dialog.flow !== undefined;
          park(dialog);
          return menu(stopped ? 'menu.stopped' : 'menu.ask');
        }
      }
    }

    async function startOver(): Promise<void> {
      const { id, given } = dialog.flow ?? {};
      dialog.flow = undefined;
      dialog.parked = id ? dialog.parked?.filter((one) => one.id !== id) : undefined;
      talk.say({ key: 'engine.startedOver' });
      return id ? startFlow(runner, talk, services(), id, given) : menu('menu.ask');
    }

    async function help(): Promise<void> {
      const { flow } = dialog;
      const label = (command: string) => t.words(`commands.${command}`, services().language)[0]!;
      if (!flow) {
        talk.say({ key: 'engine.help' });
        return menu('menu.ask');
      }
      const { open } = openQuestion(flows.find(({ id }) => id === flow.id)!, flow);
      for (const part of ['help', 'why']) {
        if (t.has(`${flow.id}.${open}.${part}`)) talk.say({ key: `${flow.id}.${open}.${part}` });
      }
      talk.say({ key: 'engine.help' });
      return ask(runner, talk, services(), ['back', 'cancel', 'startOver', 'person', 'language'].map(label));
    }

    /** The open question once more, or the menu when none is open. */
    async function again(): Promise<void> {
      return dialog.flow ? ask(runner, talk, services()) : menu('menu.ask');
    }

    function menuOptions(): ShownOption[] {
      return flows
        .filter(({ id, offered }) => t.has(`${id}.menu`) && (offered?.(services()) ?? true))
        .map(({ id }) => {
          const name: Text = { key: `${id}.menu` };
          const left = talk.dialog.parked?.some((one) => one.id === id);
          return { value: id, label: t.say(left ? { key: 'menu.goOn', with: { name } } : name, services().language) };
        });
    }

    function menu(key: string, after?: string): void {
      const options = menuOptions();
      talk.dialog.shown = { question: 'menu', options };
      const language = services().language;
      const nav = [t.words('commands.language', language)[0]!, t.words('commands.help', language)[0]!];
      const own = `${after}.next`;
      const text = t.say({ key: after && t.has(own) ? own : key }, language);
      talk.replies.push({ text, language, choices: [...options.map(({ label }) => label), ...nav] });
    }

    async function choose(): Promise<void> {
      const options = menuOptions();
      const { last } = dialog;
      if (last && last.submit !== '' && fold(said.text) === last.submit) {
        talk.say({ key: 'engine.alreadyDone' });
        for (const text of last.say) talk.say(text);
        return menu('menu.ask');
      }
      const late = dialog.past?.includes(fold(said.text));
      // A button of the past is no wish in own words, whatever words it holds.
      const topic = late ? undefined : readTopic(said.text, flows, t, services());
      // "Stop my path" holds the label of "My path", but means more.
      const more = options.some(({ value }) => value === topic) ? undefined : topic;
      const wish = more ?? readOption(said.text, options, t, services().now)?.value ?? topic;
      if (wish !== undefined) {
        remember(dialog);
        return startFlow(runner, talk, services(), String(wish));
      }
      return menu(late ? 'menu.oldButton' : said.text.trim() === '' ? 'menu.empty' : 'menu.notUnderstood');
    }
  };
}
