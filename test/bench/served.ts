import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ms, quantile } from './figures.ts';
import { type Service, startService } from './service.ts';
import type { Asked } from './stand-in.ts';
import { startToFirstAnswer } from './start.ts';
import { load } from './users.ts';

const secondsEach = Number(process.env.BENCH_SECONDS ?? 5);
const open = 1_000;

/** Prints what turns over `/api/messages` cost on the embedded store, in a process of its own. */
export async function servedFromSqlite(folder: string): Promise<void> {
  const service = await startService({ DATA_DIR: join(folder, 'served') });
  try {
    await measure('SQLite', service);
  } finally {
    await service.stop();
  }
}

/** The same on Cosmos DB, over a stand-in for it; an account of Azure answers more slowly and is no cheaper for us. */
export async function servedFromCosmos(folder: string): Promise<void> {
  const standIn = fork(join(import.meta.dirname, 'stand-in.ts'));
  const [port] = (await once(standIn, 'message')) as [number];
  const asked = async () => {
    standIn.send('asked');
    return (await once(standIn, 'message'))[0] as Asked;
  };
  const account = {
    STORE: 'cosmos',
    COSMOS_ENDPOINT: `http://127.0.0.1:${port}`,
    COSMOS_KEY: Buffer.from('not a key').toString('base64'),
  };
  // The first start makes the containers, once for all.
  await startToFirstAnswer('Cosmos DB stand-in', join(folder, 'cosmos'), account);
  const service = await startService({ DATA_DIR: join(folder, 'cosmos'), ...account });
  try {
    await measure('Cosmos DB stand-in', service);
    await asked();
    const { turns, conversations } = await load(service.port, { at: 16, conversations: 200 });
    const { reads, writes, queries, bytesWritten } = await asked();
    // The first message of a conversation finds that there is none, and makes it.
    const [warmReads, warmWrites] = [reads - conversations, writes - conversations];
    const each = (what: number) => (what / turns).toFixed(2);
    console.log(
      `Cosmos DB stand-in: a turn has ${each(reads)} reads, ${each(writes)} writes of ${Math.round(bytesWritten / writes)} bytes, ` +
        `${each(queries)} queries; without the beginning of its conversation ${each(warmReads)} reads, ${each(warmWrites)} writes`,
    );
  } finally {
    await service.stop();
    standIn.disconnect();
  }
}

async function measure(store: string, service: Service): Promise<void> {
  const { port, probe } = service;
  await load(port, { at: 16, seconds: secondsEach });
  for (const at of [1, 16, 64]) {
    const before = await probe('cpu');
    const { turns, seconds, times } = await load(port, { at, seconds: secondsEach });
    const cpu = (await probe('cpu')).cpu - before.cpu;
    console.log(
      `${store}, ${at} at once: ${(turns / seconds).toFixed(0)} turns a second, p50 ${ms(quantile(times, 0.5))}, ` +
        `p99 ${ms(quantile(times, 0.99))}, ${((cpu / turns) * 1000).toFixed(2)} CPU s per 1,000 turns`,
    );
  }
  // The first ones fill what is kept of the latest conversations; what counts is what another one takes.
  await load(port, { at: 16, conversations: open, lines: 9 });
  const some = await probe('memory');
  await load(port, { at: 16, conversations: open, lines: 9 });
  const more = await probe('memory');
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
  console.log(
    `${store}, ${open} more conversations left open: ${((more.heap - some.heap) / open / 1024).toFixed(2)} kB of heap each, ` +
      `RSS ${megabytes(more.rss - some.rss)} more, ${megabytes(more.rss)} in all (heap ${megabytes(more.heap)})`,
  );
}
