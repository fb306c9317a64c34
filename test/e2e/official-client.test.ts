import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type App, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { OfficialClient } from '../support/direct-line-client.ts';
import { until } from '../support/direct-line-server.ts';

/** What a person says who books the first free call, and what they are asked then. */
const booking: [string, RegExp][] = [
  ['Varaa aika valmentajalle', /^Mitä asiaa tapaaminen koskee/],
  ['Ensimmäinen tapaaminen', /^Miten haluat tavata/],
  ['Puhelimessa', /Mikä on puhelinnumerosi/],
  ['040 000 0001', /^Mikä näistä/],
  ['1', /^Millä nimellä/],
  ['Mira', /Pitävätkö tiedot paikkansa/],
];

describe("Microsoft's client of Direct Line, with the real service", () => {
  let folder: string;
  let app: App;
  let base: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'polku-official-'));
    app = await createApp(readConfig({ DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'silent' }));
    base = `http://127.0.0.1:${(await app.listen()).port}`;
  });
  after(async () => {
    await app.close();
    rmSync(folder, { recursive: true });
  });

  async function askToken(wish: object): Promise<{ token: string }> {
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(`${base}/api/token`, { method: 'POST', headers, body: JSON.stringify(wish) });
    return (await answer.json()) as { token: string };
  }

  for (const webSocket of [true, false]) {
    it(`books a time ${webSocket ? 'over WebSocket, also when the socket drops' : 'by polling'}, and the coach hears of it`, async function () {
      this.timeout(30_000);
      const { token } = await askToken({ language: 'fi' });
      const client = new OfficialClient({ domain: `${base}/v3/directline`, token, webSocket });
      const said = (text: RegExp) => client.heard.filter((heard) => text.test(heard)).length;
      for (const [words, asked] of booking) {
        await client.say(words);
        await until(() => said(asked) > 0);
      }
      if (webSocket) client.sockets.at(-1)!.terminate();
      await client.say('Vahvista aika', 'press-1');
      await client.say('Vahvista aika', 'press-1');
      await until(() => said(/Aika on varattu/) > 0);
      await client.say('Oma polku');
      await until(() => said(/Viite|Tunnus|^Mitä haluat tehdä\?$/) > 1);
      expect(said(/Aika on varattu/)).to.equal(1);
      expect(said(/^Vahvista aika$/)).to.equal(1);
      client.client.end();

      const cards = await Promise.all(
        ['aino-lehtivaara', 'linnea-strandkulla', 'petri-kuusivuo', 'samira-nahari', 'oksana-zorynets'].map(
          async (coach) => {
            // Nobody has written to the other coaches.
            if (!(await app.conversations.exists(`coach-${coach}`))) return [];
            const { activities } = await app.conversations.since(`coach-${coach}`, 0);
            return activities.flatMap(({ attachments }) => attachments ?? []);
          },
        ),
      );
      expect(cards.flat().length).to.equal(webSocket ? 1 : 2);
      expect(JSON.stringify(cards)).to.include('Mira');
    });
  }

  it('leaves no mail to nobody, and no word of a person in the folder of mails', () => {
    const mails = readdirSync(folder).includes('mail') ? readdirSync(join(folder, 'mail')) : [];
    for (const mail of mails) expect(readFileSync(join(folder, 'mail', mail), 'utf8')).not.to.include('Mira');
  });
});
