import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { buttonsOf, cardOf, linesOf } from '../support/coach-office.ts';
import { texts } from '../support/conversation.ts';
import { anOffer, offerAnswers } from '../support/offers.ts';

/** Waits until there is something; the mocha timeout ends it. */
async function until<T>(find: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    await pause(20);
  }
}

const say = (key: string) => texts.say({ key }, 'fi');

describe('The whole service of Kemi', () => {
  it('carries a place from an employer’s chat to the job finder’s inbox, and what came of it to the employer’s mail', async function () {
    this.timeout(30_000);
    const dataDir = mkdtempSync(join(tmpdir(), 'polku-employer-'));
    const app = await createApp(
      readConfig({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent', MUNICIPALITY: 'kemi' }),
    );
    await app.listen();
    const { conversations } = app;
    const mails = () => {
      const folder = join(dataDir, 'mail');
      const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.eml')) : [];
      return files.map((name) => readFileSync(join(folder, name), 'utf8'));
    };
    try {
      await conversations.start({ conversationId: 'talk', userId: 'dl_1', language: 'fi' });
      const hear = async (incoming: Parameters<typeof conversations.receive>[1]) => {
        const { activities } = await conversations.receive('talk', incoming);
        return activities.filter(({ from }) => from.role === 'bot').at(-1)!;
      };
      const write = (text: string) => hear({ type: 'message', text });
      await hear({ type: 'event', name: 'webchat/join', value: { language: 'fi' } });
      let last = await write(say('offer-place.menu'));
      while (last.channelData?.question !== 'review') {
        const question = last.channelData!.question!;
        for (const one of [offerAnswers[question]].flat()) {
          const key = `offer-place.${question}.options.${one}`;
          last = await write(texts.has(key) ? say(key) : String(one));
        }
        if (Array.isArray(offerAnswers[question])) last = await write(say('engine.done'));
      }
      await write(say('offer-place.submit'));
      await until(() => mails().find((mail) => mail.includes(`To: ${anOffer.contact.email}`)));

      const inbox = 'coach-kuisma-tervavirta';
      const card = await until(async () => {
        const { activities } = await conversations.since(inbox, 0).catch(() => ({ activities: [] }));
        return activities.find((one) => one.channelData?.card);
      });
      expect(linesOf(cardOf(card)).join('\n')).to.include(anOffer.place.company);
      const press = async (act: string, filled: object = {}) => {
        const { activities } = await conversations.since(inbox, 0);
        const shown = activities.findLast((one) => one.channelData?.card)!;
        const { data } = buttonsOf(cardOf(shown)).find((one) => one.data.act === act)!;
        await conversations.receive(inbox, { type: 'message', value: { ...data, ...filled } });
      };
      await press('take');
      await press('closeOffer', { 'closeOffer-outcome': 'notFilled' });
      const end = await until(() => mails().find((mail) => mail.includes('suljettu')));
      expect(end).to.include('Subject: Paikka on suljettu').and.not.include(anOffer.place.company);
    } finally {
      await app.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});
