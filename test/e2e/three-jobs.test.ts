import { mkdirSync } from 'node:fs';
import { expect } from 'chai';
import type { Locator, Page } from 'playwright-core';
import type { Intake } from '../../src/domain/clients/path.ts';
import { describeInBrowser, openPage } from '../support/browser.ts';
import { texts } from '../support/conversation.ts';
import { JourneyPage } from '../support/journey-page.ts';
import { RealApp } from '../support/real-app.ts';
import { journeys } from './journeys.ts';

const phone = { viewport: { width: 360, height: 720 }, hasTouch: true, isMobile: true };
const desk = { viewport: { width: 1100, height: 720 } };
/** The README's pictures are taken when asked for: `npm run pictures`. */
const folder = process.env.PICTURES === '1' ? 'test/pictures' : undefined;

/** Which places are shown, and in which language. */
const shots: Record<string, string> = {
  'intake.situation fi': 'question-fi',
  'intake.situation sv': 'question-sv',
  'intake.situation en': 'question-en',
  'booking.slot sv': 'times-sv',
  'booking.review en': 'check-en',
};

async function picture(page: Page, name: string): Promise<void> {
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.waitForTimeout(400);
  await page.screenshot({ path: `${folder}/${name}.png` });
}

describeInBrowser('A person on a phone, and their coach', () => {
  const app = new RealApp();

  before(async () => {
    await app.start();
  });
  after(() => app.end());

  for (const language of process.env.FULL === '1' || folder ? ['fi', 'sv', 'en'] : ['fi']) {
    it(`does the intake, books a time and is referred; the coach takes it and sees the rest at once (${language})`, async function () {
      this.timeout(120_000);
      const { page, wrong } = await openPage(phone);
      const chat = new JourneyPage(page, app, async (at) => {
        const shot = shots[`${at} ${language}`];
        if (shot) await picture(page, shot);
      });
      await chat.open(`${app.url}/?lang=${language}`);
      const [intake, booking, referral] = journeys;

      await intake!.go(chat);
      const coach = await coachOf(chat);
      const { page: desktop, wrong: wrongAtDesk } = await openPage(desk);
      await desktop.goto(`${app.url}/coach?id=${coach}`);
      await desktop.locator('.needs li').first().waitFor();
      await take(desktop, coach).click();
      await take(desktop, coach).waitFor({ state: 'detached' });

      await booking!.go(chat);
      await desktop.waitForFunction(countCards, 2);
      await referral!.go(chat);
      await desktop.waitForFunction(countCards, 3);
      await desktop.locator('.scroller').evaluate((scroller) => scroller.scrollTo(0, 0));
      if (language === 'fi') await picture(desktop, 'inbox-fi');

      const files = page.locator('a.file[download$=".ics"]');
      const downloading = page.waitForEvent('download');
      await files.first().click();
      expect((await downloading).suggestedFilename()).to.match(/\.ics$/);
      expect(wrong).to.deep.equal([]);
      expect(wrongAtDesk).to.deep.equal([]);
      await desktop.context().close();
      await page.context().close();
    });
  }

  /** The coach whom the rules of the pack gave the intake to. */
  async function coachOf(chat: JourneyPage): Promise<string> {
    const { client } = await app.conversation(chat.conversationId);
    const [intake] = await app.documents.list<Intake>('clients', client, 'intake');
    return intake!.document.routing.coach!;
  }

  /** The button "I take this", in the coach's language. */
  function take(page: Page, coach: string): Locator {
    const { language } = app.municipality.coaches.find(({ id }) => id === coach)!;
    return page.getByRole('button', { name: texts.say({ key: 'cards.buttons.take' }, language) });
  }

  /** Runs in the page. */
  function countCards(count: number): boolean {
    const inbox = document.querySelector('polku-inbox')?.shadowRoot;
    return (inbox?.querySelectorAll('polku-card').length ?? 0) >= count;
  }

  it('is shown in other looks for the README', async function () {
    if (!folder) return this.skip();
    for (const [name, options] of Object.entries({
      dark: { ...phone, colorScheme: 'dark' as const },
      forced: { ...phone, forcedColors: 'active' as const },
    })) {
      const { page } = await openPage(options);
      const chat = new JourneyPage(page, app);
      await chat.open(`${app.url}/?lang=fi`);
      await chat.presses('intake');
      await picture(page, name);
      await page.context().close();
    }
    const { page } = await openPage(desk);
    await new JourneyPage(page, app).open(`${app.url}/?lang=sv`);
    await picture(page, 'city-sv');
    await page.context().close();
  });
});
