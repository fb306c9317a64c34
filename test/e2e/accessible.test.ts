import { expect } from 'chai';
import { describeInBrowser, openPage } from '../support/browser.ts';
import { JourneyPage } from '../support/journey-page.ts';
import { RealApp } from '../support/real-app.ts';
import {
  heard,
  type Look,
  listenToLogs,
  looks,
  review,
  smallTargets,
  wear,
  wrongLanguages,
} from '../support/review-page.ts';
import { journeys } from './journeys.ts';

const full = process.env.FULL === '1';
const languages = ['fi', 'sv', 'en'];
const allLooks = Object.keys(looks) as Look[];

describeInBrowser('Every journey, as everybody can use it', () => {
  const app = new RealApp();
  const counts = { places: 0, reviews: 0, targets: 0, messages: 0 };

  before(async () => {
    await app.start();
  });
  after(() => app.end());

  for (const language of languages) {
    it(`has nothing that axe finds wrong or undecided, no small target and no wrong language (${language})`, async function () {
      this.timeout(full ? 600_000 : 120_000);
      const { page, wrong } = await openPage();
      await page.addInitScript(listenToLogs);
      const places = new Set<string>();
      const found: string[] = [];

      async function look(at: string): Promise<void> {
        if (places.has(at)) return;
        places.add(at);
        // The cut has axe at each place once, the languages and looks in turns; the whole in every one.
        const turn = places.size;
        const isTurn = full || turn % languages.length === languages.indexOf(language);
        for (const one of full ? allLooks : [allLooks[turn % allLooks.length]!]) {
          await wear(page, one);
          const tell = (problem: string) => found.push(`${at} (${one}): ${problem}`);
          (await smallTargets(page, 44)).forEach(tell);
          counts.targets += 1;
          if (!isTurn) continue;
          (await review(page, one, full)).forEach(tell);
          counts.reviews += 1;
        }
        (await wrongLanguages(page, language)).forEach((problem) => {
          found.push(`${at}: ${problem}`);
        });
      }

      const chat = new JourneyPage(page, app, look);
      await chat.open(`${app.url}/?lang=${language}`);
      await look('opening');
      for (const journey of journeys) {
        // What is erased leaves the log, so what was heard is compared before.
        if (journey.name === 'erasing all') counts.messages += await compareWithLog(page);
        await journey.go(chat);
        await look(`after ${journey.name}`);
      }
      counts.places += places.size;
      expect(found.join('\n')).to.equal('');
      expect(wrong).to.deep.equal([]);
      await page.context().close();
    });
  }

  /** Everything that is shown as said was announced once, whole and in order. */
  async function compareWithLog(page: import('playwright-core').Page): Promise<number> {
    const said = (await page.locator('.message').all()).map((message) =>
      message.evaluate((element) => {
        const copy = element.cloneNode(true) as Element;
        for (const silent of copy.querySelectorAll('[aria-live="off"], button')) silent.remove();
        return (copy.textContent ?? '').replace(/\s+/g, ' ').trim();
      }),
    );
    const shown = await Promise.all(said);
    expect(await heard(page)).to.deep.equal(shown);
    return shown.length;
  }

  after(() => {
    const { places, reviews, targets, messages } = counts;
    process.stdout.write(
      `  A1 ${reviews} reviews of ${places} places in ${languages.length} languages and ${allLooks.length} looks, 0 violations, 0 undecided\n` +
        `  A3 ${messages} messages, each announced once, whole and in order\n` +
        `  A4 ${places} places, every text in its language\n` +
        `  A5 ${targets} looks, every control at least 44 px\n`,
    );
  });
});
