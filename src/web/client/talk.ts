import { type IdleWatch, watchIdle } from './idle.ts';
import { type Choice, type Item, itemsOf, type OpenQuestion, openQuestion } from './items.ts';
import { takeCode } from './letter-code.ts';
import { openMemory } from './memory.ts';
import { type Session, type State, startSession } from './session.ts';
import { startSpeech } from './speech.ts';
import { base, type Start } from './words.ts';

/** What begins a talk: where it is, in which language, and who hears of changes. */
export interface TalkOptions {
  municipality?: string;
  coach?: string;
  /** Languages in the order wished for. */
  languages: (string | null | undefined)[];
  /** On a page of its own, which may be on a shared computer: silence ends the talk after a warning. */
  endsIdle: boolean;
  changed(): void;
  warn(): void;
  hasEnded(): void;
}

/** How long it is told that the line is back, in milliseconds. */
const tellBack = 4_000;

/** The conversation as the page shows it: what was said, what is being written, in which words. */
export function openTalk(options: TalkOptions) {
  const { municipality, coach, changed } = options;
  const prefix = `polku:${municipality ?? ''}:${coach ? `coach:${coach}:` : ''}`;
  const kept = openMemory(() => localStorage, prefix);
  const tab = openMemory(() => sessionStorage, prefix);
  let session: Session;
  let idle: IdleWatch | undefined;
  let draftQuestion: OpenQuestion | undefined;
  let code = coach ? undefined : takeCode();

  const talk = {
    kept,
    start: undefined as Start | undefined,
    known: new Set() as ReadonlySet<string>,
    state: undefined as State | undefined,
    items: [] as Item[],
    draft: tab.read('draft') ?? '',
    wasLost: false,
    ended: false,
    get open(): OpenQuestion | undefined {
      return talk.state && openQuestion(talk.state.log);
    },
    begin,
    stop,
    active: () => idle?.active(),
    look: () => session.look(),
    retry: (id: string) => session.retry(id),
    edit: (id: string) => session.giveUp(id),
    submit: (press: Parameters<Session['submit']>[0]) => session.submit(press),
    /** Keeps what is in the box; the box shows it already. */
    write(text: string): void {
      if (!talk.draft) draftQuestion = talk.open;
      talk.draft = text;
      tab.write('draft', text || undefined);
      idle?.active();
    },
    /** Puts a text into the box. */
    put(text: string): void {
      talk.write(text);
      changed();
    },
    say(): void {
      const text = talk.draft.trim();
      if (!text) return;
      session.say(text, draftQuestion ?? talk.open);
      talk.put('');
    },
    press(question: OpenQuestion, choice: Choice): void {
      session.press(question, choice);
      idle?.active();
    },
    afresh(): void {
      talk.put('');
      speech.reset();
      session.afresh();
    },
    /** Lets the conversation go on this computer, and begins no other. */
    end(): void {
      talk.put('');
      speech.reset();
      session.forget();
      stop();
      talk.ended = true;
      options.hasEnded();
    },
  };

  const speech = startSpeech(municipality, options.languages, tab, (start) => {
    talk.start = start;
    talk.known = new Set(start.known);
    changed();
  });

  function begin(): void {
    talk.ended = false;
    session = startSession({
      base,
      wish: () => ({ municipality, language: speech.language, coach }),
      kept,
      tab,
      changed: hear,
      giveBack: (text) => talk.put(talk.draft ? `${talk.draft}\n${text}` : text),
    });
    if (options.endsIdle) idle = watchIdle(options.warn, talk.end);
  }

  function stop(): void {
    session.stop();
    idle?.stop();
  }

  function hear(state: State): void {
    const before = talk.state;
    talk.state = state;
    if (state.log !== before?.log) {
      talk.items = itemsOf(state.log);
      speech.hear(state.log);
    }
    if (before?.link === 'lost' && state.link === 'online') {
      talk.wasLost = true;
      setTimeout(() => {
        talk.wasLost = false;
        changed();
      }, tellBack);
    }
    sayCode();
    changed();
  }

  /** Says the code of a letter once the conversation is there: after the greeting, or what was said before. */
  function sayCode(): void {
    if (!code || !talk.state?.settled || talk.state.log.activities.length === 0) return;
    const said = code;
    // First of all, since saying something is a change as well.
    code = undefined;
    session.say(said);
  }

  begin();
  return talk;
}

/** A talk in the page's hands. */
export type Talk = ReturnType<typeof openTalk>;
