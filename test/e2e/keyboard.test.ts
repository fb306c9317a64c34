import { expect } from 'chai';
import { describeInBrowser, openPage } from '../support/browser.ts';
import { KeyboardPage } from '../support/keyboard-page.ts';
import { RealApp } from '../support/real-app.ts';
import { journeys } from './journeys.ts';

const languages = process.env.FULL === '1' ? ['fi', 'sv', 'en'] : ['sv'];

describeInBrowser('A person who has only a keyboard', () => {
  const app = new RealApp();

  before(async () => {
    await app.start();
  });
  after(() => app.end());

  for (const language of languages) {
    it(`does every job, and always sees where the keyboard is (${language})`, async function () {
      this.timeout(300_000);
      const { page } = await openPage({ viewport: { width: 1000, height: 760 } });
      const chat = new KeyboardPage(page, app);
      await page.goto(`${app.url}/?lang=${language}`);
      await page.keyboard.press('Tab');
      const label = await chat.launcher.innerText();
      await chat.seek('the launcher', ({ text }) => text === label);
      await page.keyboard.press('Enter');
      await chat.settled();
      expect((await chat.look('after opening')).tag).to.equal('textarea');
      for (const journey of journeys) await journey.go(chat);
      expect(chat.problems.join('\n')).to.equal('');
      process.stdout.write(
        `  A2 ${journeys.length} journeys by keyboard (${language}), ${chat.keys} keys, 0 traps, focus never lost, always seen\n`,
      );
      await page.context().close();
    });
  }

  it('opens the chat and leaves it, by Tab or with Escape, and is back where they were', async () => {
    const { page } = await openPage({ viewport: { width: 1000, height: 760 } });
    const chat = await new KeyboardPage(page, app).open(`${app.url}/?lang=fi`);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    const outside = await page.evaluate(() => document.activeElement?.localName);
    expect(outside, 'two steps after the box').not.to.equal('polku-launcher');
    await chat.box.focus();
    await page.keyboard.press('Escape');
    expect(await chat.focused()).to.equal('button Kysy työllisyyspalveluista');
    await page.keyboard.press('Enter');
    await chat.box.waitFor();
    await chat.page.locator('#menu-button').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await chat.focused()).to.match(/Tallenna keskustelu/);
    await page.keyboard.press('Escape');
    expect(await chat.focused()).to.match(/menu-button/);
    await page.context().close();
  });

  it('answers by number as well', async () => {
    const { page } = await openPage();
    const chat = await new KeyboardPage(page, app).open(`${app.url}/?lang=fi`);
    const [first] = await chat.choices();
    expect(first).to.equal('Tee alkukartoitus');
    await chat.say('1');
    expect((await chat.dialog()).flow?.id).to.equal('intake');
    await page.context().close();
  });
});
