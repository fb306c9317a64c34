import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { chromePath, flags } from './chromium.ts';

let browser: Promise<Browser> | undefined;

/** One browser for the whole run. */
export function openBrowser(): Promise<Browser> {
  browser ??= chromium.launch({ executablePath: chromePath, args: flags });
  return browser;
}

/** A fresh person with a fresh browser profile; errors of the page and its console are gathered in `wrong`. */
export async function openPage(options: BrowserContextOptions = {}): Promise<{ page: Page; wrong: string[] }> {
  const context = await (await openBrowser()).newContext(options);
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') wrong.push(message.text());
  });
  return { page, wrong };
}

/** Tests that need a real browser: skipped with the reason where there is none, failing there under CI. */
export function describeInBrowser(title: string, tests: () => void): void {
  describe(title, function () {
    this.timeout(60_000);
    before(function () {
      if (chromePath) return;
      if (process.env.CI === 'true') throw new Error('CI has no Chromium: install chromium or set CHROME_PATH.');
      process.stdout.write(`skipped: ${title}: no Chromium here (install chromium or set CHROME_PATH)\n`);
      this.skip();
    });
    tests();
  });
}

after(async () => {
  await (await browser)?.close();
});
