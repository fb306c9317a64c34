import { expect } from 'chai';
import type { Card } from '../../src/teams/cards/blocks.ts';
import { readerFor } from '../../src/teams/cards/reader.ts';
import { renderCard } from '../../src/teams/cards/render.ts';
import { describeInBrowser, openPage } from '../support/browser.ts';
import { ChatPage } from '../support/chat-page.ts';
import { ChatServer } from '../support/chat-server.ts';
import { texts } from '../support/coach-office.ts';
import { ilona, lieksa, PathScene } from '../support/path-scene.ts';
import { type Look, looks, review, smallTargets, wear } from '../support/review-page.ts';
import { bot } from '../support/stage.ts';
import { StagedConversations } from '../support/staged-conversations.ts';

const folder = process.env.PICTURES === '1' ? 'test/pictures' : undefined;

/** The card of a client with a certificate, who has told how well they can work, as a coach of the language sees it. */
async function cardIn(language: string): Promise<Card> {
  const scene = new PathScene();
  const told = { workAbilityConsent: true, workAbility: 7, helps: ['motivation' as const, 'digital' as const] };
  const about = await scene.begins('fi', { ...told, hinders: ['skills', 'transport'], name: 'Aatu' });
  await scene.presses(ilona, 'certify', about, { what: 'hygiene', from: 'Riveria', on: '2026-11-20' });
  const coach = { ...lieksa.coaches.find(({ id }) => id === ilona)!, language };
  const reader = readerFor(coach, texts, lieksa, scene.clock.time);
  return (await renderCard(scene.documents, about, reader, async () => [])).card;
}

describeInBrowser('The card of a client of Lieksa and Juuka', () => {
  const conversations = new StagedConversations(({ name }) => (name === 'webchat/join' ? [bot('Hei!')] : []));
  const server = new ChatServer(conversations);
  before(() => server.start());
  after(() => server.stop());

  for (const language of texts.languages) {
    it(`shows the picture of the client, and the form of a certificate, to everybody (${language})`, async () => {
      conversations.stages.clear();
      const content = await cardIn(language);
      const { page, wrong } = await openPage({ viewport: { width: 1000, height: 1400 } });
      await page.goto(`${server.url}/coach?id=aino-lehtivaara&lang=${language}`);
      await new ChatPage(page).settled();
      const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content }];
      await conversations.pushAll([bot('', { attachments, channelData: { card: { id: 'case-1', open: true } } })]);
      const alternative = content.body.flatMap((block) => (block.type === 'Image' ? [block.altText] : []))[0]!;
      const picture = page.getByRole('img', { name: alternative });
      await picture.waitFor();
      expect(await picture.evaluate((one) => (one as HTMLImageElement).naturalWidth)).to.equal(260);
      if (folder && language === 'fi') await page.locator('polku-card').screenshot({ path: `${folder}/client-fi.png` });
      const say = (name: string) => texts.say({ key: `cards.${name}` }, language);
      await page.getByRole('button', { name: say('buttons.certify') }).click();
      for (const label of ['label', 'own', 'from', 'on']) {
        await page.getByLabel(say(`forms.certify.${label}`)).waitFor();
      }
      const found: string[] = [];
      for (const look of Object.keys(looks) as Look[]) {
        await wear(page, look);
        found.push(...(await review(page, look, true)), ...(await smallTargets(page, 44)));
      }
      expect(found.join('\n')).to.equal('');
      expect(wrong).to.deep.equal([]);
      await page.context().close();
    });
  }
});
