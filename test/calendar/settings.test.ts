import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { porvoo } from '../support/coach-office.ts';
import { Person } from '../support/person.ts';
import { PlayedGraph } from '../support/played-graph.ts';

describe('The settings of calendars', function () {
  this.timeout(60_000);

  it('are all that it takes: a booking in the chat is an event in the coach’s Outlook', async () => {
    const mailboxes = porvoo.coaches.map(({ upn, email }) => upn ?? email);
    const outlook = await new PlayedGraph(mailboxes).start();
    const folder = mkdtempSync(join(tmpdir(), 'polku-outlook-'));
    const { tenantId, clientId, clientSecret } = outlook.settings;
    const config = readConfig({
      PORT: '0',
      DATA_DIR: folder,
      LOG_LEVEL: 'silent',
      GRAPH_TENANT_ID: tenantId,
      GRAPH_CLIENT_ID: clientId,
      GRAPH_CLIENT_SECRET: clientSecret,
      GRAPH_ENDPOINT: outlook.origin,
      GRAPH_AUTHORITY: outlook.origin,
    });
    const app = await createApp(config);
    try {
      await app.listen();
      await app.conversations.start({ conversationId: 'chat', userId: 'dl_chat', language: 'sv' });
      const line = async (incoming: Parameters<typeof app.conversations.receive>[1]) =>
        (await app.conversations.receive('chat', incoming)).activities;
      const person = await new Person('mira', line, 'sv').joins();
      await person.goes('booking');
      const events = () => mailboxes.flatMap((one) => outlook.eventsOf(one));
      while (events().length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      const [reference] = /P-\w{4}-\w{2}/.exec(person.told('booking.done.booked')[0]!)!;
      expect(
        events()
          .map(({ subject }) => subject)
          .join(),
      ).to.include(reference);
      // The secret goes to who gives tokens, and the token to Graph alone.
      for (const { kind, body } of outlook.calls)
        expect(JSON.stringify(body).includes(clientSecret), kind).to.equal(kind === 'token');
    } finally {
      await app.close();
      await outlook.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
