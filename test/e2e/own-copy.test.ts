import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { idleMinutes } from '../../src/web/client/idle.ts';
import { describeInBrowser, openPage } from '../support/browser.ts';
import { ChatPage } from '../support/chat-page.ts';
import { ChatServer } from '../support/chat-server.ts';
import { asks, at, bot } from '../support/stage.ts';
import { StagedConversations } from '../support/staged-conversations.ts';

describeInBrowser('The person’s own conversation', () => {
  const evil = '<img src=x onerror="document.title=1"></p><script>alert(1)</script>';
  const conversations = new StagedConversations((incoming) =>
    incoming.name === 'webchat/join'
      ? [asks('Mikä on tilanteesi?', ['Olen työtön'], at(1))]
      : [bot(`Kuulin: ${incoming.text}`), asks('Millaista työtä toivot?', ['En tiedä'], at(2))],
  );
  const server = new ChatServer(conversations);

  before(async () => {
    await server.start();
  });
  after(() => server.stop());

  it('can be saved as a readable file with the answers, where words are only words', async () => {
    const { page, wrong } = await openPage();
    const chat = await new ChatPage(page).open(`${server.url}/?lang=fi`);
    await chat.choose('Olen työtön');
    await chat.say(evil);
    const downloading = page.waitForEvent('download');
    await chat.act('Tallenna keskustelu');
    const download = await downloading;
    expect(download.suggestedFilename()).to.match(/^keskustelu-\d{4}-\d\d-\d\d\.html$/);
    const saved = readFileSync(await download.path(), 'utf8');
    expect(saved).to.match(/^<!doctype html>\n<html lang="fi"/);
    expect(saved).not.to.match(/<img|<script/);
    const { page: copy } = await openPage();
    await copy.setContent(saved);
    expect(await copy.title()).to.equal('Keskustelu: Porvoon työllisyyspalvelut');
    expect(await copy.locator('dt').allInnerTexts()).to.deep.equal(['Mikä on tilanteesi?', 'Millaista työtä toivot?']);
    expect(await copy.locator('dd').allInnerTexts()).to.deep.equal(['Olen työtön', evil]);
    expect(await copy.locator('article').count()).to.equal((await chat.texts()).length);
    expect(await chat.focused()).to.match(/menu-button/);
    expect(wrong).to.deep.equal([]);
    await copy.context().close();
    await page.context().close();
  });

  it('can be printed from a page of its own', async () => {
    const { page, wrong } = await openPage();
    await page.context().addInitScript(() => {
      window.print = () => {
        document.title = `printed ${document.title}`;
      };
    });
    const chat = await new ChatPage(page).open(`${server.url}/?lang=fi`);
    await chat.choose('Olen työtön');
    const opening = page.waitForEvent('popup');
    await chat.act('Tulosta keskustelu');
    const printed = await opening;
    await printed.getByText('Kuulin: Olen työtön').waitFor();
    expect(await printed.locator('h1').evaluate((element) => getComputedStyle(element).fontSize)).to.equal('24px');
    expect(wrong).to.deep.equal([]);
    await page.context().close();
  });

  it('ends after silence on a page of its own, with a warning that can be put off', async () => {
    const { page } = await openPage();
    await page.clock.install();
    await page.goto(`${server.url}/chat?lang=fi`);
    const chat = new ChatPage(page);
    await chat.settled();
    const { end, warn } = idleMinutes;
    await page.clock.runFor((end - warn) * 60_000 + 1_000);
    await page.getByRole('alertdialog', { name: 'Oletko vielä siellä?' }).waitFor();
    expect(await chat.focused()).to.match(/ask-stay/);
    await page.keyboard.press('Enter');
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    await chat.say('täällä olen');
    await page.clock.runFor(end * 60_000 + 1_000);
    await page.getByRole('heading', { name: 'Keskustelu päättyi' }).waitFor();
    expect(await page.getByText('täällä olen').count()).to.equal(0);
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
    expect(kept).not.to.match(/token|täällä/);
    await page.keyboard.press('Enter');
    await chat.settled();
    expect(await chat.texts()).to.deep.equal(['Mikä on tilanteesi?']);
    await page.context().close();
  });
});
