import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { readWebTexts } from '../../src/web/texts.ts';
import { describeInBrowser, openPage } from '../support/browser.ts';
import { ChatPage } from '../support/chat-page.ts';
import { ChatServer } from '../support/chat-server.ts';
import { type Look, looks, review, smallTargets, wear } from '../support/review-page.ts';
import { asks, at, bot } from '../support/stage.ts';
import { StagedConversations } from '../support/staged-conversations.ts';

const full = process.env.FULL === '1';
const texts = readWebTexts('locales');
const file = { contentType: 'text/calendar', name: 'aika.ics', contentUrl: 'data:text/calendar,BEGIN:VCALENDAR' };

/** States of the client itself that no journey leads through, by name: how to come there from an open chat. */
const states: Record<string, (chat: ChatPage, words: (typeof texts)[string]['chat']) => Promise<void>> = {
  async 'the menu'(chat) {
    await chat.page.locator('#menu-button').click();
  },
  async 'the question before clearing'(chat, words) {
    await chat.act(words.afresh);
    await chat.page.getByRole('alertdialog').waitFor();
  },
  async 'a file, a link, numbers to choose from and what was passed'(chat) {
    await chat.choose('Yksi');
  },
  async 'a message that is too long'(chat, words) {
    await chat.box.fill('ä'.repeat(40_000));
    await chat.box.press('Enter');
    await chat.page.getByText(words.tooLarge).waitFor();
  },
  async 'a lost line'(chat, words) {
    await chat.page.context().setOffline(true);
    await chat.box.fill('odota');
    await chat.box.press('Enter');
    await chat.page.getByText(words.sending).waitFor();
  },
  async 'news below'(chat, words) {
    await chat.choose('Yksi');
    for (let line = 0; line < 8; line += 1) await chat.say(`rivi ${line}`);
    await chat.page.locator('.scroller').evaluate((scroller) => scroller.scrollTo(0, 0));
    const locale = (await chat.page.locator('.panel').getAttribute('lang'))!;
    await conversations.pushAll([bot('Uutinen', { locale })]);
    await chat.page.getByText(words.newer).waitFor();
  },
};

const conversations = new StagedConversations((incoming) =>
  incoming.name === 'webchat/join'
    ? [asks('Valitse', ['Yksi', 'Kaksi'], at(3))]
    : [
        bot('Tässä aikasi. Soita 019 000 0000.', { attachments: [file] }),
        asks('Montako?', ['0', '1', '2', '10', 'En tiedä'], at(4)),
      ],
);

describeInBrowser('What the chat says for itself', () => {
  const server = new ChatServer(conversations);
  let reviews = 0;

  before(async () => {
    await server.start();
  });
  after(async () => {
    await server.stop();
    process.stdout.write(`  A1 ${reviews} reviews of the client’s own states and pages, 0 violations, 0 undecided\n`);
  });

  async function lookAt(page: Page, name: string): Promise<string[]> {
    const found: string[] = [];
    for (const look of Object.keys(looks) as Look[]) {
      await wear(page, look);
      const problems = [...(await review(page, look, true)), ...(await smallTargets(page, 44))];
      found.push(...problems.map((problem) => `${name} (${look}): ${problem}`));
      reviews += 1;
    }
    return found;
  }

  Object.entries(states).forEach(([name, go], index) => {
    const all = Object.keys(texts);
    for (const language of full ? all : [all[index % all.length]!]) {
      it(`has nothing that axe finds wrong or undecided: ${name} (${language})`, async () => {
        const { page } = await openPage();
        const chat = new ChatPage(page);
        speak(language);
        await chat.open(`${server.url}/?lang=${language}`);
        await go(chat, texts[language]!.chat);
        expect((await lookAt(page, name)).join('\n')).to.equal('');
        await page.context().close();
      });
    }
  });

  for (const path of ['/', '/chat', '/coach']) {
    it(`has nothing that axe finds wrong or undecided: the page ${path}`, async () => {
      const { page } = await openPage();
      await page.goto(`${server.url}${path}?lang=fi`);
      if (path === '/chat') await new ChatPage(page).settled();
      expect((await lookAt(page, path)).join('\n')).to.equal('');
      await page.context().close();
    });
  }

  it('breaks no word of a heading on a small phone', async () => {
    const { page } = await openPage({ viewport: { width: 360, height: 640 } });
    for (const language of Object.keys(texts)) {
      await page.goto(`${server.url}/?lang=${language}`);
      const broken = await page.locator('h1').evaluate((heading) => {
        const text = heading.firstChild as Text;
        const words = [...text.data.matchAll(/\S+/g)];
        return words.flatMap(({ 0: word, index }) => {
          const range = document.createRange();
          range.setStart(text, index);
          range.setEnd(text, index + word.length);
          return range.getClientRects().length > 1 ? [word] : [];
        });
      });
      expect(broken, language).to.deep.equal([]);
    }
    await page.context().close();
  });

  it('tells how a person is reached on the page without script', async () => {
    const { page } = await openPage({ javaScriptEnabled: false });
    await page.goto(`${server.url}/chat?lang=sv`);
    expect(await page.locator('noscript').innerText()).to.include('Chatten behöver JavaScript.');
    expect(await page.locator('polku-chat').isVisible()).to.equal(false);
    await page.context().close();
  });
});

/** From now on the bot's messages are marked as of this language. */
function speak(language: string): void {
  const { script } = conversations;
  conversations.script = (...given) => script(...given).map((draft) => ({ ...draft, locale: language }));
}
