import { join } from 'node:path';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { ms, quantile } from './figures.ts';

/** Questions of the intake answered by their first button; free text where there is none. */
const turnsEach = 12;

/** Prints what a turn of the intake costs in process on the embedded store, every write durable. */
export async function turnsInProcess(folder: string): Promise<void> {
  const app = await createApp(readConfig({ DATA_DIR: join(folder, 'turns'), LOG_LEVEL: 'silent' }));
  const { conversations } = app;
  const times: number[] = [];
  let cpu = process.cpuUsage();
  for (let c = -20; c < 200; c++) {
    if (c === 0) cpu = process.cpuUsage();
    const conversationId = `bench-${c + 20}`;
    await conversations.start({ conversationId, userId: 'dl_bench', language: 'fi' });
    await conversations.receive(conversationId, { type: 'event', name: 'webchat/join', value: { language: 'fi' } });
    for (let i = 0; i < turnsEach; i++) {
      const began = performance.now();
      await conversations.receive(conversationId, { type: 'message', text: i === 2 ? '1.3.2026' : '1' });
      if (c >= 0) times.push(performance.now() - began);
    }
  }
  const { user, system } = process.cpuUsage(cpu);
  const perThousand = ((user + system) / 1e6 / times.length) * 1000;
  console.log(
    `turn in process, SQLite: p50 ${ms(quantile(times, 0.5))}, p99 ${ms(quantile(times, 0.99))}, ` +
      `${perThousand.toFixed(2)} CPU s per 1,000 turns (${times.length} turns)`,
  );
  await app.close();
}
