import { AxeBuilder } from '@axe-core/playwright';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { describeInBrowser, openPage } from '../support/browser.ts';
import { cityOf } from '../support/cities.ts';
import { texts } from '../support/conversation.ts';
import { key, MonitoredTown } from '../support/monitored-town.ts';
import { picture } from '../support/report.ts';
import { type Look, looks, review, wear } from '../support/review-page.ts';
import { tellRow } from '../support/row.ts';

const { languages } = texts;
const allLooks = Object.keys(looks) as Look[];
const say = (of: string, language: string) => texts.say({ key: `monitoring.${of}` }, language);
const folder = process.env.PICTURES === '1' ? 'test/pictures' : undefined;

/** The colours are those of the light look; axe cannot decide them where a cell is scrolled away. */
async function withoutColours(page: Page): Promise<string[]> {
  const { violations, incomplete } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .disableRules('color-contrast')
    .analyze();
  return [...violations, ...incomplete].map(({ id, nodes }) => `${id} at ${JSON.stringify(nodes[0]?.target)}`);
}

describeInBrowser('The monitoring page in a browser', () => {
  let town: MonitoredTown;
  before(async () => {
    town = await new MonitoredTown(cityOf('kouvola')).start();
    await town.lives();
  });
  after(() => town.close());

  /** Gives the key in the form and comes to the quarter that is over. */
  async function enter(page: Page, language: string): Promise<void> {
    await page.setExtraHTTPHeaders({ 'X-Forwarded-For': `10.4.0.${Math.floor(Math.random() * 250)}` });
    await page.goto(`${town.url}/monitoring/kouvola?lang=${language}`);
    await page.getByLabel(say('key.label', language)).fill(key);
    await page.getByRole('button').click();
    const name = texts.say({ key: 'monitoring.quarter', with: { number: '3', year: '2026' } }, language);
    await page.getByRole('link', { name }).click();
  }

  it('opens with the key without script, changes language and quarter, and gives the figures as a file', async () => {
    const { page, wrong } = await openPage({ javaScriptEnabled: false, viewport: { width: 360, height: 720 } });
    await enter(page, 'fi');
    expect(await page.getByRole('heading', { level: 1 }).innerText()).to.include('3. neljännes 2026');
    await page.getByRole('link', { name: 'Svenska' }).click();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).to.include('Kvartal 3, 2026');
    const waiting = page.waitForEvent('download');
    await page.getByRole('link', { name: say('csv', 'sv') }).click();
    expect((await waiting).suggestedFilename()).to.equal('polku-kouvola-2026-Q3.csv');
    expect(await page.context().cookies()).to.deep.equal([]);
    expect(wrong).to.deep.equal([]);
  });

  it('has nothing that axe finds wrong in any language and look, and scrolls its wide tables alone', async function () {
    this.timeout(180_000);
    const { page } = await openPage();
    const found: string[] = [];
    let reviews = 0;
    for (const language of languages) {
      await page.goto(`${town.url}/monitoring/kouvola?lang=${language}`);
      found.push(...(await review(page, 'light', true)));
      await enter(page, language);
      // Other languages are the same page with other words.
      for (const look of language === languages[0] ? allLooks : (['light', 'large'] as const)) {
        await wear(page, look);
        const reviewed = look === 'large' ? await withoutColours(page) : await review(page, look, true);
        found.push(...reviewed.map((one) => `${language} ${look}: ${one}`));
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(wide, `${language} ${look} is wider than the screen`).to.be.at.most(0);
        reviews++;
      }
      await wear(page, 'light');
      await picture(page, `monitoring-${language}`);
    }
    expect(found).to.deep.equal([]);
    tellRow(
      `A1 (monitoring) ${reviews} reviews, ${languages.length} languages, ${allLooks.length} looks, 0 violations`,
    );
  });

  it('is read on paper: without links to other pages, each table whole', async () => {
    const { page } = await openPage({ viewport: { width: 794, height: 1123 } });
    await enter(page, 'fi');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('nav:visible, .csv:visible').count()).to.equal(0);
    const cut = await page.evaluate(
      () => [...document.querySelectorAll('.scrolls')].filter((one) => one.scrollWidth > one.clientWidth + 1).length,
    );
    expect(cut, 'tables wider than the paper').to.equal(0);
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.length).to.be.above(10_000);
  });

  it('shows itself', async function () {
    if (!folder) this.skip();
    const { page } = await openPage({ viewport: { width: 1180, height: 1500 } });
    await enter(page, 'fi');
    await page.screenshot({ path: `${folder}/monitoring-fi.png` });
  });
});
