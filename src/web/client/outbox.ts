import { type Access, type Outgoing, post, type Refused } from './api.ts';
import { backoff, isForNow, isStale, makePause } from './retry.ts';

/** What sending needs to know and tells. */
export interface Mouth {
  access(): Promise<Access>;
  renew(refused: Access): Promise<Access>;
  /** The first that waits to be sent; one that is given up stops being sent. */
  next(): Outgoing | undefined;
  sent(outgoing: Outgoing): void;
  /** The server will never take it; `code` says why. */
  refused(outgoing: Outgoing, code: string): void;
  reached(yes: boolean): void;
}

/** Sends one thing at a time, in order, until it is taken or refused for good. */
export interface Sending {
  /** There is something to send, or a reason to try again at once. */
  go(): void;
  stop(): void;
}

function reason(error: unknown): string {
  const { status, code } = error as Refused;
  return status === 413 ? 'tooLarge' : (code ?? 'unexpected');
}

/** Starts sending; repeats are safe because each press has a name that the server knows it by. */
export function startSending(mouth: Mouth): Sending {
  const { pause, wake } = makePause();
  let busy = false;
  let stopped = false;

  async function sendOne(outgoing: Outgoing): Promise<void> {
    let renewed = false;
    for (let failures = 0; !stopped && mouth.next() === outgoing; ) {
      let access: Access | undefined;
      try {
        access = await mouth.access();
        if (mouth.next() !== outgoing) return;
        await post(access, outgoing);
        mouth.reached(true);
        return mouth.sent(outgoing);
      } catch (error) {
        if (access && isStale(error) && !renewed) {
          renewed = true;
          if (await mouth.renew(access).then(Boolean, () => false)) continue;
        } else if (access && !isForNow(error)) {
          return mouth.refused(outgoing, reason(error));
        }
        mouth.reached(false);
        failures += 1;
        await pause(backoff(failures, Math.random()));
      }
    }
  }

  async function run(): Promise<void> {
    if (busy) return;
    busy = true;
    for (let outgoing = mouth.next(); outgoing && !stopped; outgoing = mouth.next()) await sendOne(outgoing);
    busy = false;
  }

  return {
    go() {
      wake();
      void run();
    },
    stop() {
      stopped = true;
      wake();
    },
  };
}
