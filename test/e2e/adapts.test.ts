import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { describeInBrowser, openPage } from '../support/browser.ts';
import { ChatPage } from '../support/chat-page.ts';
import { ChatServer } from '../support/chat-server.ts';
import { asks, at, bot } from '../support/stage.ts';
import { StagedConversations } from '../support/staged-conversations.ts';

type Tree = string | string[] | { [key: string]: Tree };

/** Marks every text, so that one that does not come from the locale is seen. */
function mark(tree: Tree): Tree {
  if (typeof tree === 'string') return `⟦${tree}⟧`;
  if (Array.isArray(tree)) return tree;
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, mark(value)]));
}

describeInBrowser('The chat adapts to its reader', () => {
  const conversations = new StagedConversations((incoming) =>
    incoming.name === 'webchat/join'
      ? [bot('⟦Hei⟧'), asks('⟦Mitä haluat tehdä?⟧', ['⟦Yksi⟧', '⟦Kaksi⟧', '⟦Kolmas on pidempi kuin muut⟧'], at(3))]
      : [bot('مرحبا', { locale: 'ar' }), asks('⟦Entä nyt?⟧', ['⟦Yksi⟧'], at(4))],
  );
  const server = new ChatServer(conversations);

  before(async () => {
    server.locales = mkdtempSync(join(tmpdir(), 'polku-locales-'));
    const fi = JSON.parse(readFileSync('locales/fi.json', 'utf8'));
    writeFileSync(join(server.locales, 'fi.json'), JSON.stringify({ ...fi, web: mark(fi.web) }));
    await server.start();
  });
  after(async () => {
    await server.stop();
    rmSync(server.locales!, { recursive: true });
  });

  /** Runs a check over every element of the chat that can be seen. */
  function everywhere(page: Page, check: (element: Element) => string | undefined): Promise<string[]> {
    return page.evaluate((code) => {
      const run = new Function(`return (${code})`)() as (element: Element) => string | undefined;
      const found: string[] = [];
      const walk = (root: ParentNode): void => {
        for (const element of root.querySelectorAll('*')) {
          const problem = element.checkVisibility() ? run(element) : undefined;
          if (problem) found.push(problem);
          if (element.shadowRoot) walk(element.shadowRoot);
        }
      };
      for (const host of document.querySelectorAll('polku-launcher, polku-chat')) walk(host.shadowRoot!);
      return found;
    }, check.toString());
  }

  it('has no word that does not come from the locale', async () => {
    const { page } = await openPage();
    await page.goto(server.url);
    const chat = new ChatPage(page);
    expect(await chat.launcher.innerText()).to.match(/^⟦.*⟧$/);
    await chat.launcher.click();
    await chat.settled();
    await page.locator('#menu-button').click();
    const found = await everywhere(page, (element) => {
      const attributes = ['aria-label', 'placeholder', 'title', 'alt'].map((name) => element.getAttribute(name));
      const own = [...element.childNodes]
        .filter(({ nodeType }) => nodeType === 3)
        .map(({ textContent }) => textContent);
      const words = [...attributes, ...own].filter((text) => text && /\p{L}{2}/u.test(text));
      return words.find((text) => !/⟦|Porvoon työllisyyspalvelut/.test(text ?? '')) ?? undefined;
    });
    expect(found).to.deep.equal([]);
    await page.context().close();
  });

  it('cuts nothing at 320 px, nor with wide text spacing', async () => {
    const { page } = await openPage({ viewport: { width: 320, height: 640 } });
    await new ChatPage(page).open(server.url);
    const cut = () =>
      everywhere(page, (element) => {
        const { overflowX } = getComputedStyle(element);
        const isCut =
          element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1 && overflowX !== 'visible';
        const { left, right } = element.getBoundingClientRect();
        const isOut = left < -1 || right > innerWidth + 1;
        return isCut || isOut
          ? `${element.localName}.${element.className} ${element.textContent?.slice(0, 20)}`
          : undefined;
      });
    expect(await cut(), '320 px').to.deep.equal([]);
    await page.evaluate(() => {
      const spacing = new CSSStyleSheet();
      spacing.replaceSync(
        '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }',
      );
      const walk = (root: Document | ShadowRoot): void => {
        root.adoptedStyleSheets = [...root.adoptedStyleSheets, spacing];
        for (const element of root.querySelectorAll('*')) if (element.shadowRoot) walk(element.shadowRoot);
      };
      walk(document);
    });
    expect(await cut(), 'with text spacing').to.deep.equal([]);
    await page.context().close();
  });

  it('moves nothing for a reader who wants that', async () => {
    const { page } = await openPage({ reducedMotion: 'reduce' });
    const chat = await new ChatPage(page).open(server.url);
    await chat.choice('⟦Yksi⟧').click();
    const moving = await page.evaluate(() => document.getAnimations().length);
    expect(moving).to.equal(0);
    await page.context().close();
  });

  it('writes a language that runs from right to left that way', async () => {
    const { page } = await openPage();
    const chat = await new ChatPage(page).open(server.url);
    await chat.choose('⟦Yksi⟧');
    const message = page.locator('.message[lang="ar"] .text');
    expect(await message.evaluate((element) => getComputedStyle(element).direction)).to.equal('rtl');
    await page.context().close();
  });

  it('follows the language that the service speaks, and keeps its own words out of it', async () => {
    const real = new ChatServer(
      new StagedConversations(({ text }) => [
        text === 'På svenska' ? asks('Vad vill du göra?', ['Boka tid'], { locale: 'sv' }) : bot('Hei!'),
      ]),
    );
    await real.start();
    const { page } = await openPage();
    const chat = await new ChatPage(page).open(`${real.url}/?lang=fi`);
    expect(await page.locator('.panel').getAttribute('lang')).to.equal('fi');
    await chat.say('På svenska');
    await page.getByPlaceholder('Skriv ett meddelande').waitFor();
    expect(await page.locator('.panel').getAttribute('lang')).to.equal('sv');
    expect(await page.locator('.message.bot').first().getAttribute('lang')).to.equal('fi');
    await page.context().close();
    await real.stop();
  });
});
