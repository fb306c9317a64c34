import { hasCode } from '../../src/errors.ts';
import { openDocuments } from '../../src/storage/index.ts';
import { doc, ref } from './documents.ts';

/**
 * A process of its own that works on a shared store: `<choice as JSON> <folder> <name> <rounds>`. It tries to create each
 * round's document (one winner among the processes) and adds one to a shared counter each round; tells what it won.
 */
const [choice = '', dataDir = '', name = '', rounds = '0'] = process.argv.slice(2);
const store = await openDocuments(JSON.parse(choice), { dataDir, now: Date.now });
const won: number[] = [];

async function addOne(): Promise<void> {
  for (;;) {
    const read = await store.get<ReturnType<typeof doc<{ count: number }>>>(ref('shared', 'counter'));
    if (!read) throw new Error('no counter');
    const next = doc('shared', 'counter', { count: read.document.count + 1 });
    try {
      await store.replace('clients', next, read.version);
      return;
    } catch (error) {
      if (!hasCode(error, 'conflict')) throw error;
    }
  }
}

for (let round = 0; round < Number(rounds); round++) {
  try {
    await store.create('clients', doc('rounds', `r${round}`, { name }));
    won.push(round);
  } catch (error) {
    if (!hasCode(error, 'conflict')) throw error;
  }
  await addOne();
}
await store.close();
process.send?.({ name, won });
