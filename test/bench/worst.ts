import { join } from 'node:path';
import { Connection } from './connection.ts';
import { ms } from './figures.ts';
import { linesOf } from './script.ts';
import { startService } from './service.ts';

const hostile: Record<string, string> = {
  words: 'it may be some day next week or so '.repeat(900),
  digits: '12 34 '.repeat(5_000),
  'one number': '7'.repeat(30_000),
  dates: '1.1.2026 '.repeat(3_000),
  commas: ','.repeat(30_000),
  emoji: '👩‍👩‍👧‍👦'.repeat(2_000),
  marks: `a${'\u0301'.repeat(20_000)}`,
  'right to left': '\u202Eabc\u200F'.repeat(5_000),
  'nearly a label': 'unemploye'.repeat(3_000),
  spaces: ' '.repeat(60_000),
  lines: '1\n'.repeat(15_000),
  'nearly codes': '010185-12'.repeat(3_000),
  'many numbers': Array.from({ length: 500 }, (_, i) => i).join(','),
  'many names': Array.from({ length: 500 }, (_, i) => i.toString(36)).join(','),
};

/**
 * Prints the CPU of the dearest single messages, all threads of the process counted: the first after the start, and long
 * or odd ones at each question. Each is sent thrice and the least is taken, because others use the machine as well.
 */
export async function worstMessages(folder: string): Promise<void> {
  const service = await startService({ DATA_DIR: join(folder, 'worst') });
  const connection = new Connection(service.port);
  let conversations = 0;
  async function cost(conversation: number, text: string): Promise<number> {
    const before = await service.probe('cpu');
    await connection.post('/api/messages', message(conversation, text));
    return ((await service.probe('cpu')).cpu - before.cpu) * 1000;
  }
  try {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    console.log(`first message after the start: ${ms(await cost(conversations, 'hi'))} of CPU`);
    let worst = { cpu: 0, text: '', question: '' };
    for (const [kind, text] of Object.entries(hostile)) {
      for (let i = 0; i <= 12; i++) {
        const costs: number[] = [];
        for (let again = 0; again < 3; again++) {
          conversations++;
          const lines = linesOf(conversations);
          for (const { say } of lines.slice(0, i)) await connection.post('/api/messages', message(conversations, say));
          costs.push(await cost(conversations, text));
        }
        const cpu = Math.min(...costs);
        if (cpu > worst.cpu) worst = { cpu, text: kind, question: lines(i) };
      }
    }
    console.log(
      `dearest of ${Object.keys(hostile).length} odd messages of up to 60 kB at 13 places: ` +
        `${ms(worst.cpu)} of CPU (${worst.text}, after ${worst.question})`,
    );
  } finally {
    connection.close();
    await service.stop();
  }
}

function lines(i: number): string {
  return i === 0 ? 'nothing' : linesOf(0)[i - 1]!.hear;
}

let sent = 0;

function message(conversation: number, text: string): string {
  const people = {
    from: { id: 'somebody' },
    recipient: { id: 'polku' },
    conversation: { id: `worst-${conversation}` },
  };
  const channel = { channelId: 'directline', serviceUrl: 'http://127.0.0.1:9/', deliveryMode: 'expectReplies' };
  return JSON.stringify({ type: 'message', id: `m${sent++}`, text, locale: 'en-GB', ...people, ...channel });
}
