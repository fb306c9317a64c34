import { heldName, keepAccess, readHeld } from './access.ts';
import {
  type Access,
  type ActivitySet,
  activitiesSince,
  type Outgoing,
  post,
  streamAddress,
  type Wish,
} from './api.ts';
import type { Choice, OpenQuestion } from './items.ts';
import { emptyLog, type Log, withFailed, withoutPending, withPending, withReceived } from './log.ts';
import type { Memory } from './memory.ts';
import { startSending } from './outbox.ts';
import { follow } from './stream.ts';

/** What the page shows of the conversation. */
export interface State {
  log: Log;
  link: 'starting' | 'online' | 'lost';
  /** True once what was said earlier is in the log: from then on, additions are news. */
  settled: boolean;
  /** The earlier conversation is gone, and this is a new one. */
  anew: boolean;
  /** The person has done something and the answer has not come. */
  waiting: boolean;
}

/** What a session is made of; `kept` outlives the tab, `tab` does not. */
export interface Parts {
  base: string;
  wish: () => Wish;
  kept: Memory;
  tab: Memory;
  changed: (state: State) => void;
  /** Text that could not be sent before its conversation ended: given back to the person. */
  giveBack: (text: string) => void;
}

/** How long an answer is waited for before the wait is no longer shown, and a sent message missed; milliseconds. */
const times = { waiting: 12_000, missing: 4_000, otherTab: 3_000 };

function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** One conversation as the page has it: never loses what the person did, never shows anything twice. */
export function startSession(parts: Parts) {
  let state: State = { log: emptyLog, link: 'starting', settled: false, anew: false, waiting: false };
  let started: string | undefined;
  let joined: string | undefined;
  let isFresh = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shown: string | undefined;
  let release = (): void => undefined;
  let waitFor: Promise<unknown> = Promise.resolve();
  const sent = new Set<Outgoing>();
  const keeper = keepAccess(parts.base, parts.wish, parts.kept, begun);

  function set(change: Partial<State>): void {
    state = { ...state, ...change };
    parts.changed(state);
  }

  function setLog(log: Log): void {
    if (log === state.log) return;
    if (log.pending !== state.log.pending) {
      parts.tab.write('outbox', log.pending.length ? JSON.stringify(log.pending) : undefined);
    }
    set({ log });
  }

  function begun(): void {
    const unsent = state.log.pending.find(({ outgoing }) => outgoing.text && !sent.has(outgoing))?.outgoing.text;
    const hadOne = state.log.activities.length > 0 || parts.kept.read(heldName) !== undefined;
    const isPersons = !parts.wish().coach;
    isFresh = true;
    joined = undefined;
    setLog(emptyLog);
    set({ anew: hadOne && isPersons, settled: isPersons });
    if (isPersons) wait();
    if (unsent) parts.giveBack(unsent);
  }

  /** Shows that an answer is awaited, but not for ever: there may be none. */
  function wait(): void {
    set({ waiting: true });
    clearTimeout(timer);
    timer = setTimeout(() => set({ waiting: false }), times.waiting);
  }

  async function accessOf(): Promise<Access> {
    await waitFor;
    const access = await keeper.get();
    shown = access.conversationId;
    return access;
  }

  async function join(access: Access): Promise<void> {
    if (joined === access.conversationId) return;
    // A coach's inbox greets at each opening; a person's conversation is begun once, whichever tab does it.
    const id = parts.wish().coach ? newId() : access.conversationId;
    const channelData = { clientActivityID: `join-${id}` };
    const value = { language: parts.wish().language };
    // At once: the greeting may come before the answer does, and must not make us join again.
    joined = access.conversationId;
    try {
      await post(access, { type: 'event', name: 'webchat/join', value, channelData });
    } catch (error) {
      if (joined === access.conversationId) joined = undefined;
      throw error;
    }
  }

  /** Joins and takes the first words; what fails is made good when the line is next made. */
  async function begin(access: Access): Promise<void> {
    if (joined === access.conversationId) return;
    try {
      await join(access);
      const part = await activitiesSince(access, state.log.watermark);
      if (shown === access.conversationId) heard(part);
    } catch {
      lookLater();
    }
  }

  function lookLater(): void {
    setTimeout(() => following.look(), times.missing);
  }

  function heard(part: ActivitySet): void {
    const types: string[] = part.activities.map(({ type }) => type);
    // That an answer is being written is told, and not kept.
    const kept = part.activities.filter((_, index) => types[index] !== 'typing');
    const log = withReceived(state.log, { ...part, activities: kept });
    const hasAnswer = kept.some(({ from, type }) => from.role !== 'user' && type === 'message');
    setLog(log);
    if (hasAnswer || kept.length < types.length) set({ waiting: !hasAnswer });
    if (!joined && (parts.wish().coach || !log.activities.length)) {
      void accessOf().then(join).then(following.look, lookLater);
    }
    if (!state.settled) setTimeout(() => set({ settled: true }));
  }

  function reached(yes: boolean): void {
    const link = yes ? 'online' : 'lost';
    if (yes && state.link === 'lost') sending.go();
    if (link !== state.link) set({ link });
  }

  const following = follow({
    access: accessOf,
    renew: keeper.renew,
    watermark: () => state.log.watermark,
    async ready(access) {
      if (!isFresh) return undefined;
      const isStarted = started === access.conversationId;
      // A person's conversation begins at once, and its first words are asked for before the stream is open.
      const beginning = parts.wish().coach ? undefined : begin(access);
      const address = isStarted ? undefined : (access.streamUrl ?? (await streamAddress(access, undefined)));
      started = access.conversationId;
      keeper.keep();
      if (!address) await beginning;
      return parts.wish().coach ? undefined : address;
    },
    heard,
    reached,
  });

  const sending = startSending({
    access: accessOf,
    renew: keeper.renew,
    next: () => state.log.pending.find(({ outgoing, failed }) => !failed && !sent.has(outgoing))?.outgoing,
    sent(outgoing) {
      sent.add(outgoing);
      setTimeout(() => miss(outgoing), times.missing);
    },
    refused: (outgoing, code) => setLog(withFailed(state.log, outgoing.channelData.clientActivityID, code)),
    reached,
  });

  function isPending(outgoing: Outgoing): boolean {
    return state.log.pending.some((pending) => pending.outgoing === outgoing);
  }

  /** Sent, and yet the log does not show it: the line may be dead without a word, or the server keeps no such thing. */
  function miss(outgoing: Outgoing): void {
    if (!isPending(outgoing)) return;
    following.look();
    setTimeout(() => {
      if (isPending(outgoing)) setLog(withoutPending(state.log, outgoing.channelData.clientActivityID));
    }, times.missing);
  }

  function send(outgoing: Outgoing): void {
    const log = withPending(state.log, outgoing);
    if (log === state.log) return;
    setLog(log);
    set({ anew: false });
    wait();
    sending.go();
  }

  /** Another tab lets the conversation go (undefined) or has another one: this tab follows. */
  const unwatch = parts.kept.watch(heldName, (value) => {
    const other = readHeld(value)?.conversationId;
    if (other !== undefined && other === shown) return;
    release();
    keeper.adopt();
    shown = other;
    isFresh = false;
    setLog(emptyLog);
    set({ settled: false, anew: false, waiting: false });
    // The other tab is about to begin a new one; two at once would part the tabs.
    waitFor = new Promise<void>((resolve) => {
      release = resolve;
      setTimeout(resolve, other ? 0 : times.otherTab);
    });
    following.again();
  });

  function forget(): void {
    keeper.forget();
    setLog(emptyLog);
    parts.tab.write('outbox', undefined);
  }

  const left = parts.tab.read('outbox');
  if (left) {
    state.log = { ...emptyLog, pending: JSON.parse(left) as Log['pending'] };
    sending.go();
  }

  return {
    /** Sends the person's own words; `question` is the one that was open when they began to write. */
    say(text: string, question?: OpenQuestion): void {
      const { flow, question: asked } = question ?? {};
      const channelData = { clientActivityID: newId(), flow, question: asked };
      send({ type: 'message', text, locale: parts.wish().language, channelData });
    },
    /** Presses a button of the question; of several presses, in this tab or another, the first counts. */
    press(question: OpenQuestion, choice: Choice): void {
      const { flow, question: asked, messageId } = question;
      const channelData = { clientActivityID: `press-${messageId}`, flow, question: asked };
      send({ type: 'message', text: choice.value, locale: parts.wish().language, channelData });
    },
    /** Sends what a card's button holds. */
    submit: (outgoing: Omit<Outgoing, 'channelData'>) =>
      send({ ...outgoing, channelData: { clientActivityID: newId() } }),
    retry(id: string): void {
      setLog(withFailed(state.log, id));
      sending.go();
    },
    giveUp(id: string): void {
      const text = state.log.pending.find((one) => one.outgoing.channelData.clientActivityID === id)?.outgoing.text;
      setLog(withoutPending(state.log, id));
      if (text) parts.giveBack(text);
    },
    /** The computer woke, the network came back or the page is looked at again. */
    look(): void {
      sending.go();
      following.look();
    },
    /** Lets this conversation go on this computer. */
    forget,
    /** Lets this conversation go on this computer and begins another. */
    afresh(): void {
      forget();
      following.again();
    },
    stop(): void {
      clearTimeout(timer);
      unwatch();
      keeper.stop();
      sending.stop();
      following.stop();
    },
  };
}

/** A conversation in the page's hands. */
export type Session = ReturnType<typeof startSession>;
