import { Connection } from './connection.ts';
import { linesOf } from './script.ts';

/** What a load came to. */
export interface Loaded {
  turns: number;
  conversations: number;
  seconds: number;
  /** Milliseconds of each turn. */
  times: number[];
}

let users = 0;

/**
 * Lets so many users talk at once, each as fast as it is answered and one conversation after another, for the time or
 * the number of conversations that is given. A wrong answer ends the bench: figures of it would mean nothing.
 */
export async function load(
  port: number,
  { at, seconds = 60, conversations = Number.POSITIVE_INFINITY, lines = 12 }: Load,
): Promise<Loaded> {
  const times: number[] = [];
  let begun = 0;
  const start = performance.now();
  const goesOn = () => begun < conversations && performance.now() - start < seconds * 1000;

  async function user(): Promise<void> {
    const connection = new Connection(port);
    while (goesOn()) {
      begun++;
      const n = users++;
      for (const [i, line] of linesOf(n).slice(0, lines).entries()) {
        const before = performance.now();
        const heard = await connection.post('/api/messages', activity(n, i, line.say));
        times.push(performance.now() - before);
        if (!asks(heard, line.hear)) throw new Error(`"${line.say}" did not lead to ${line.hear}: ${heard}`);
        if (conversations === Number.POSITIVE_INFINITY && !goesOn()) break;
      }
    }
    connection.close();
  }

  await Promise.all(Array.from({ length: at }, user));
  return { turns: times.length, conversations: begun, seconds: (performance.now() - start) / 1000, times };
}

interface Load {
  at: number;
  seconds?: number;
  conversations?: number;
  /** Turns of each conversation; it is left open then. */
  lines?: number;
}

function activity(n: number, i: number, text: string): string {
  return JSON.stringify({
    type: 'message',
    id: `${n}-${i}`,
    channelId: 'directline',
    serviceUrl: 'http://127.0.0.1:9/',
    deliveryMode: 'expectReplies',
    conversation: { id: `bench-${process.pid}-${n}` },
    from: { id: `user-${n}` },
    recipient: { id: 'polku' },
    locale: 'en-GB',
    text,
  });
}

function asks(answer: string, question: string): boolean {
  const { activities } = JSON.parse(answer) as { activities: Heard[] };
  const last = activities.at(-1);
  if (question === 'menu') return last?.suggestedActions !== undefined && last.channelData?.question === undefined;
  return `${last?.channelData?.flow}.${last?.channelData?.question}` === question;
}

interface Heard {
  channelData?: { flow?: string; question?: string };
  suggestedActions?: object;
}
