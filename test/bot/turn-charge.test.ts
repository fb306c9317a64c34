import { expect } from 'chai';
import type { Conversations } from '../../src/bot/conversations.ts';
import { createTurnCharge } from '../../src/bot/turn-charge.ts';
import { openCosmos } from '../../src/storage/cosmos.ts';
import { processTimers } from '../../src/timers.ts';
import { startCosmosServer } from '../support/cosmos-server.ts';
import { startService } from '../support/service-process.ts';

describe('The charge of a turn', function () {
  this.timeout(30_000);

  it('is summed up for each turn by itself, however many run at once', async () => {
    const server = await startCosmosServer();
    const told: { conversation: string; requests: number; requestUnits: number }[] = [];
    const charge = createTurnCharge({ info: (record: unknown) => void told.push(record as (typeof told)[number]) });
    const documents = await openCosmos({
      endpoint: server.endpoint,
      key: 'bm90IGEga2V5',
      database: 'polku',
      now: Date.now,
      onCharge: charge.add,
    });
    let ids = 0;
    const service = startService({ documents, now: Date.now, timers: processTimers, newId: () => `c${ids++}` });
    const conversations = charge.metered(service.conversations);
    const names = ['mira', 'noor', 'otto', 'pia'];
    for (const name of names) await conversations.start({ conversationId: name, userId: `dl_${name}`, language: 'fi' });
    await Promise.all(names.map((name) => conversations.receive(name, { type: 'message', text: 'hei' })));
    await conversations.receive('mira', { type: 'message', text: '2' });
    await documents.close();
    await server.close();
    expect(told.map(({ conversation }) => conversation).sort()).to.deep.equal([...names, 'mira'].sort());
    // A warm conversation is written and not read; the stand-in asks one unit for each request.
    for (const { requests, requestUnits } of told.slice(0, 4)) expect([requests, requestUnits]).to.deep.equal([1, 1]);
  });

  it('is not told of a store that charges nothing', async () => {
    const told: unknown[] = [];
    const charge = createTurnCharge({ info: (record: unknown) => void told.push(record) });
    const quiet = { receive: async () => ({ activities: [], watermark: 0 }) };
    const conversations = charge.metered(quiet as unknown as Conversations);
    charge.add(3);
    await conversations.receive('mira', { type: 'message', text: 'hei' });
    expect(told).to.deep.equal([]);
  });
});
