import { openDocuments } from '../../src/storage/index.ts';
import { processTimers } from '../../src/timers.ts';
import { startService } from '../support/service-process.ts';
import { through } from '../support/simulation.ts';
import { linesOf } from './script.ts';

const conversations = 200;

/** Prints what a turn asks of the embedded store, counted at the port. */
export async function storeRequests(folder: string): Promise<void> {
  const store = await openDocuments({ kind: 'sqlite' }, { dataDir: folder, now: Date.now });
  const asked = { reads: 0, writes: 0, queries: 0, bytes: 0, turns: 0 };
  const documents = through(store, (verb, act, _, document) => {
    if (verb === 'get') asked.reads++;
    else if (verb === 'list' || verb === 'due') asked.queries++;
    else asked.writes++;
    if (verb === 'create' || verb === 'replace') asked.bytes += Buffer.byteLength(JSON.stringify(document));
    return act();
  });
  let ids = 0;
  const { lineTo } = startService({ documents, now: Date.now, timers: processTimers, newId: () => `b${ids++}` });
  for (let n = 0; n < conversations; n++) {
    const line = await lineTo(`bench-${n}`, 'en');
    for (const { say } of linesOf(n)) await line({ type: 'message', text: say });
    asked.turns += linesOf(n).length;
  }
  await store.close();
  // The beginning of a conversation is a write of its own.
  const warm = asked.writes - conversations;
  const each = (what: number) => (what / asked.turns).toFixed(2);
  console.log(
    `SQLite: a turn has ${each(asked.reads)} reads, ${each(asked.writes)} writes of ${Math.round(asked.bytes / asked.writes)} bytes, ` +
      `${each(asked.queries)} queries; without the beginning of its conversation ${each(warm)} writes`,
  );
}
