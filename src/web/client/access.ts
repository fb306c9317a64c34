import { type Access, askToken, Refused, refresh, type Wish } from './api.ts';
import type { Memory } from './memory.ts';

/** Keeps the token of one conversation alive: asks, remembers, renews, resumes. */
export interface AccessKeeper {
  /** The access in hand; asks for one when there is none. */
  get(): Promise<Access>;
  /** Asks for another token of the same conversation, because the server refused this one. */
  renew(refused: Access): Promise<Access>;
  /** Remembers the conversation from now on: it has been started, so that another page can go on with it. */
  keep(): void;
  /** Takes up the conversation that another tab of this computer holds now. */
  adopt(): void;
  /** Lets the conversation go, on this computer as well. */
  forget(): void;
  stop(): void;
}

/** The name under which the memory keeps what resumes a conversation. */
export const heldName = 'conversation';

interface Held {
  token: string;
  conversationId: string;
}

/** Reads what resumes a conversation; undefined when there is none or it is not ours. */
export function readHeld(value: string | undefined): Held | undefined {
  try {
    const held = JSON.parse(value ?? '') as Partial<Held>;
    if (held.token && held.conversationId) return { token: held.token, conversationId: held.conversationId };
  } catch {
    // Nothing there, or not written by this client.
  }
  return undefined;
}

async function resumeOrStart(base: string, wish: Wish, held: Held | undefined): Promise<Access> {
  if (!held) return askToken(base, wish);
  try {
    return await askToken(base, { ...wish, resume: held.token });
  } catch (error) {
    // A refusal of the old token (ended, erased, of another release) means a new conversation; a busy server does not.
    if (error instanceof Refused && error.status < 500 && error.status !== 429) return askToken(base, wish);
    throw error;
  }
}

/** Makes the keeper of one conversation; `begun` hears of each conversation that was not held before. */
export function keepAccess(base: string, wish: () => Wish, memory: Memory, begun: () => void): AccessKeeper {
  let access: Access | undefined;
  let asking: Promise<Access> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let round = 0;
  let isKept = false;

  function remember({ token, conversationId }: Access): void {
    memory.write(heldName, JSON.stringify({ token, conversationId }));
  }

  function hold(next: Access): void {
    access = next;
    if (isKept) remember(next);
    clearTimeout(timer);
    // By durations only: the computer's clock may be wrong by a day.
    timer = setTimeout(() => void once(() => refresh(next)).catch(() => undefined), next.life / 2);
  }

  function once(get: () => Promise<Access>): Promise<Access> {
    const mine = round;
    const asked = asking ?? get();
    asking = asked;
    return asked
      .then((next) => {
        if (mine === round && access !== next) hold(next);
        return next;
      })
      .finally(() => {
        if (asking === asked) asking = undefined;
      });
  }

  function ask(): Promise<Access> {
    return once(async () => {
      const mine = round;
      const held = access ?? readHeld(memory.read(heldName));
      const next = await resumeOrStart(base, wish(), held);
      if (mine !== round) return next;
      isKept = next.conversationId === held?.conversationId;
      if (!isKept) begun();
      return next;
    });
  }

  function drop(): void {
    round += 1;
    isKept = false;
    access = undefined;
    asking = undefined;
    clearTimeout(timer);
  }

  return {
    get: async () => access ?? ask(),
    renew: async (refused) => (access && access.token !== refused.token ? access : ask()),
    keep() {
      isKept = true;
      if (access) remember(access);
    },
    adopt: drop,
    forget() {
      drop();
      memory.write(heldName, undefined);
    },
    stop: () => clearTimeout(timer),
  };
}
