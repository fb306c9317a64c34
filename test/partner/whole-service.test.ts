import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { DateTime } from 'luxon';
import { createApp } from '../../src/app.ts';
import type { ConversationDocument } from '../../src/bot/conversation-document.ts';
import { readConfig } from '../../src/config.ts';
import { referralRef, submitReferral } from '../../src/domain/referrals/submit.ts';
import { openDocuments } from '../../src/storage/index.ts';
import { porvoo, texts } from '../support/conversation.ts';

/** Waits until there is something; the mocha timeout ends it. */
async function until<T>(find: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    await pause(20);
  }
}

describe('The whole service', () => {
  it('carries a referral from the chat to the partner’s mail and page, and the answer back to the chat', async function () {
    this.timeout(30_000);
    const dataDir = mkdtempSync(join(tmpdir(), 'polku-partner-'));
    const config = readConfig({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent' });
    const app = await createApp(config);
    const { port } = await app.listen();
    const store = await openDocuments(config.store, { dataDir, now: Date.now });
    try {
      await app.conversations.start({ conversationId: 'talk', userId: 'dl_1', language: 'fi' });
      await app.conversations.receive('talk', { type: 'event', name: 'webchat/join', value: { language: 'fi' } });
      const place = { collection: 'conversations', partition: 'talk', id: 'talk' } as const;
      const { client } = (await store.get<ConversationDocument>(place))!.document;
      const now = DateTime.now().setZone(porvoo.zone);
      const act = { documents: store, municipality: porvoo, client, conversation: 'talk', language: 'fi', now };
      const lines = [{ field: 'name' as const, value: 'Mira Kanaria' }];
      const request = { service: 'job-search-group', lines, consent: true, consentVersion: 't' };
      const { id } = await submitReferral({ ...act, intent: 'i' }, request);
      const mail = await until(() => {
        const [file] = readdirSync(dataDir).includes('mail') ? readdirSync(join(dataDir, 'mail')) : [];
        return file?.endsWith('.eml') ? readFileSync(join(dataDir, 'mail', file), 'utf8') : undefined;
      });
      expect(mail).not.to.include('Kanaria');
      const text = mail.replaceAll('=\r\n', '').replaceAll('=3D', '=');
      const path = /http:\/\/localhost:(\d+)(\/partner\/[\w-]{43})/.exec(text)!;
      expect(path[1]).to.equal(String(port));
      const page = `http://127.0.0.1:${port}${path[2]}`;
      expect(await (await fetch(page)).text()).to.include('Mira Kanaria');
      const startsOn = now.plus({ days: 7 }).toISODate()!;
      const body = new URLSearchParams({ act: 'accepted', seen: '1', startsOn, words: 'Tervetuloa' });
      expect((await fetch(page, { method: 'POST', body })).url).to.include('said=done');
      const told = await until(async () => {
        const { activities } = await app.conversations.since('talk', 0);
        return activities.find(({ text }) => text?.includes('Tervetuloa'));
      });
      expect(told.text).to.include(texts.say({ at: startsOn, as: 'date' }, 'fi'));
      const after = (await app.conversations.since('talk', 0)).activities.at(-1);
      expect(after?.suggestedActions?.actions, 'the menu is there again').to.be.an('array').that.is.not.empty;
      expect((await store.get(referralRef(client, id)))!.document).to.include({ state: 'accepted' });
      expect(readdirSync(join(dataDir, 'mail')).filter((name) => name.endsWith('.part'))).to.deep.equal([]);
    } finally {
      await app.close();
      await store.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});
