import type { Locator, Page } from 'playwright-core';

/** Finds the chat wherever it is, inside the launcher or on a page of its own. */
const chat = 'polku-chat, polku-inbox';

/** The chat as a person sees and uses it in a browser. */
export class ChatPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens a page of the server that has a launcher, and the chat in it; resolves at the first question. */
  async open(url: string): Promise<this> {
    await this.page.goto(url);
    await this.launcher.click();
    await this.settled();
    return this;
  }

  get launcher(): Locator {
    return this.page.locator('polku-launcher > button, polku-launcher button').first();
  }

  get box(): Locator {
    return this.page.locator('#box');
  }

  get notice(): Locator {
    return this.page.locator('.notice');
  }

  get log(): Locator {
    return this.page.locator('[role="log"]');
  }

  /** A button of the open question. */
  choice(title: string): Locator {
    return this.page.locator('.choices button').filter({ has: this.page.getByText(title, { exact: true }) });
  }

  /** Titles of the buttons of the open question. */
  async choices(): Promise<string[]> {
    return this.page.locator('.choices button > span:last-child').allTextContents();
  }

  /** Everything that is shown as said, in order. */
  async texts(): Promise<string[]> {
    return this.page.locator('.message .text').allTextContents();
  }

  /** Waits until the service waits for the person. */
  async settled(): Promise<void> {
    await this.page.locator('.message.bot').first().waitFor();
    await this.page.waitForFunction((name) => {
      const deep = (root: ParentNode): Element | null => {
        const found = root.querySelector(name);
        if (found) return found;
        for (const one of root.querySelectorAll('*')) {
          const inner = one.shadowRoot && deep(one.shadowRoot);
          if (inner) return inner;
        }
        return null;
      };
      const root = deep(document)?.shadowRoot;
      const last = root?.querySelector('.log > :last-child');
      return last && !last.classList.contains('mine') && !root?.querySelector('.typing');
    }, chat);
  }

  /** Types a message and sends it with the keyboard; resolves when it has been answered. */
  async say(text: string): Promise<void> {
    await this.box.fill(text);
    await this.box.press('Enter');
    await this.settled();
  }

  /** Presses a button of the open question; resolves when it has been answered. */
  async choose(title: string): Promise<void> {
    await this.choice(title).click();
    await this.settled();
  }

  /** Opens the menu of other actions and takes one. */
  async act(title: string): Promise<void> {
    await this.page.locator('#menu-button').click();
    await this.page.locator('#menu button', { hasText: title }).click();
  }

  /** What has the keyboard, through every shadow root: its tag, its id or class, and its name or text. */
  async focused(): Promise<string> {
    return this.page.evaluate(() => {
      let found = document.activeElement;
      while (found?.shadowRoot?.activeElement) found = found.shadowRoot.activeElement;
      if (!found) return 'nothing';
      const name = found.getAttribute('aria-label') ?? found.textContent?.trim().slice(0, 40);
      return `${found.localName}${found.id ? `#${found.id}` : ''} ${name}`.trim();
    });
  }
}
