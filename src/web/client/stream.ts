import { type Access, type ActivitySet, activitiesSince, streamAddress } from './api.ts';
import { backoff, isStale, makePause } from './retry.ts';

/** What following a conversation needs to know and tells. */
export interface Ears {
  access(): Promise<Access>;
  renew(refused: Access): Promise<Access>;
  watermark(): string | undefined;
  /** Runs each time the line is made; gives the address of the stream when the conversation has only now begun. */
  ready(access: Access): Promise<string | undefined>;
  heard(set: ActivitySet): void;
  /** Whether the server can be reached. */
  reached(yes: boolean): void;
}

/** A conversation being followed. */
export interface Following {
  /** Looks now: something suggests that the line is dead or that there is news. */
  look(): void;
  /** The conversation is another one now. */
  again(): void;
  stop(): void;
}

/** Milliseconds: a socket that has not opened by then never will; a silent one is doubted; polling is never slower. */
const times = { open: 6_000, silence: 45_000, poll: 1_000, slowPoll: 4_000, hiddenPoll: 15_000, socketAgain: 60_000 };

/** Follows the log over a WebSocket, or by asking again and again where sockets do not get through. */
export function follow(ears: Ears): Following {
  const { pause, wake } = makePause();
  let round = 0;
  let stopped = false;
  let hangUp: (() => void) | undefined;
  let doubtNow: (() => void) | undefined;
  let deaf = 0;

  /** Tells whether there was news. */
  async function sync(access: Access, mine: number): Promise<boolean> {
    const before = ears.watermark();
    const set = await activitiesSince(access, before);
    if (mine === round) ears.heard(set);
    return ears.watermark() !== before;
  }

  /** Resolves when the socket is closed: whether it ever opened. */
  async function listen(access: Access, address: string, mine: number): Promise<boolean> {
    if (mine !== round) return true;
    const socket = new WebSocket(address);
    return new Promise((resolve) => {
      let opened = false;
      let timer = setTimeout(close, times.open);
      function close(): void {
        clearTimeout(timer);
        hangUp = undefined;
        doubtNow = undefined;
        socket.onclose = null;
        socket.close();
        resolve(opened);
      }
      function trust(): void {
        clearTimeout(timer);
        timer = setTimeout(doubt, times.silence);
      }
      function doubt(): void {
        const missed = sync(access, mine).catch(() => true);
        void missed.then((yes) => (yes ? close() : trust()));
      }
      socket.onopen = () => {
        opened = true;
        trust();
      };
      socket.onmessage = ({ data }) => {
        trust();
        if (data && mine === round) ears.heard(JSON.parse(data) as ActivitySet);
      };
      socket.onclose = close;
      hangUp = close;
      doubtNow = doubt;
    });
  }

  async function poll(access: Access, mine: number): Promise<void> {
    let quiet = times.poll;
    for (let spent = 0; spent < times.socketAgain; spent += quiet) {
      await pause(document.hidden ? times.hiddenPoll : quiet);
      if (mine !== round) return;
      quiet = (await sync(access, mine)) ? times.poll : Math.min(quiet * 1.5, times.slowPoll);
    }
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (!stopped) {
      const mine = round;
      let access: Access | undefined;
      try {
        access = await ears.access();
        if (mine !== round) continue;
        const begun = await ears.ready(access);
        if (!begun) await sync(access, mine);
        failures = 0;
        ears.reached(true);
        if (deaf < 2) {
          const address = begun ?? (await streamAddress(access, ears.watermark() ?? '0'));
          deaf = (await listen(access, address, mine)) ? 0 : deaf + 1;
        } else {
          await poll(access, mine);
          deaf = 1;
        }
      } catch (error) {
        if (mine !== round) continue;
        failures += 1;
        const isRenewed = access && failures === 1 && isStale(error) && ears.renew(access).then(Boolean, () => false);
        if (await isRenewed) continue;
        ears.reached(false);
        await pause(backoff(failures, Math.random()));
      }
    }
  }

  void run();
  return {
    look() {
      wake();
      doubtNow?.();
    },
    again() {
      round += 1;
      wake();
      hangUp?.();
    },
    stop() {
      stopped = true;
      round += 1;
      wake();
      hangUp?.();
    },
  };
}
