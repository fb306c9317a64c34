import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { clientLetter, type Letter } from '../../src/notify/mail-letter.ts';
import { html } from '../../src/web/html.ts';
import { describeInBrowser, openPage } from '../support/browser.ts';
import { porvoo, texts } from '../support/conversation.ts';
import { type Case, PartnerDesk } from '../support/partner-desk.ts';
import { picture } from '../support/report.ts';
import { type Look, looks, review, wear } from '../support/review-page.ts';
import { tellRow } from '../support/row.ts';

const languages = texts.languages;
const allLooks = Object.keys(looks) as Look[];

describeInBrowser('The partner’s page in a browser', () => {
  let desk: PartnerDesk;
  before(async () => {
    desk = await new PartnerDesk().start();
  });
  after(() => desk.close());

  const fresh = (page: Page) =>
    page.setExtraHTTPHeaders({ 'X-Forwarded-For': `10.3.0.${Math.floor(Math.random() * 250)}` });
  const open = (page: Page) => page.locator('details:not([open]) > summary');

  async function openAll(page: Page): Promise<void> {
    for (let left = await open(page).count(); left > 0; left--) await open(page).first().click();
  }

  it('answers a referral from the mail to the end on a phone, without script', async () => {
    const { page, wrong } = await openPage({ javaScriptEnabled: false, viewport: { width: 360, height: 720 } });
    await fresh(page);
    const referred = await desk.refer(undefined, 'prakticum-vocational');
    await page.goto(desk.url + referred.path);
    const say = (key: string) => texts.say({ key: `partner.page.${key}` }, 'sv');
    await page.getByText(say('acts.accepted.title')).click();
    await page.getByLabel(say('fields.startsOn')).fill('2026-12-07');
    await page.getByRole('button', { name: say('acts.accepted.submit') }).click();
    expect(await page.getByRole('status').innerText()).to.equal(say('said.done'));
    await page.getByRole('link', { name: 'English' }).click();
    await page.getByText(texts.say({ key: 'partner.page.acts.started.title' }, 'en')).click();
    await page.getByRole('button', { name: texts.say({ key: 'partner.page.acts.started.submit' }, 'en') }).click();
    const { state, history } = await desk.referral(referred);
    expect([state, history.at(-2)?.startsOn]).to.deep.equal(['started', '2026-12-07']);
    await page.getByText(texts.say({ key: 'partner.page.acts.completed.title' }, 'en')).click();
    await page.getByRole('button', { name: texts.say({ key: 'partner.page.acts.completed.submit' }, 'en') }).click();
    expect(await page.locator('main').innerText()).not.to.include('Kanarialintu');
    expect((await desk.referral(referred)).state).to.equal('completed');
    expect(wrong).to.deep.equal([]);
  });

  it('takes a refusal by keyboard alone, and leads to what is wrong in it', async () => {
    const { page } = await openPage();
    await fresh(page);
    const referred = await desk.refer();
    await page.goto(desk.url + referred.path);
    const title = texts.say({ key: 'partner.page.acts.declined.title' }, 'fi');
    for (let presses = 0; presses < 30; presses++) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate(() => document.activeElement?.textContent)) === title) break;
    }
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    // Blanks pass the browser's own check, not ours.
    await page.keyboard.type('   ');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await page.getByRole('alert').getByRole('link').click();
    expect(await page.evaluate(() => document.activeElement?.id)).to.equal('declined-words');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('Ryhmä on täynnä');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('status').waitFor();
    expect((await desk.referral(referred)).history.at(-1)).to.include({ state: 'declined', reason: 'notReached' });
  });

  it('has nothing that axe finds wrong in any state, language and look, and shows whole on a small screen', async function () {
    this.timeout(180_000);
    const found: string[] = [];
    let reviews = 0;
    const { page } = await openPage();
    for (const [turn, language] of languages.entries()) {
      for (const [name, prepare] of Object.entries(states)) {
        await fresh(page);
        const referred = await desk.refer(`a11y-${language}-${name}`);
        await prepare(desk, referred, page, language);
        await openAll(page);
        for (const [i, look] of allLooks.entries()) {
          if (i % languages.length !== turn && look !== 'large') continue;
          await wear(page, look);
          const where = `${name} ${language} ${look}`;
          found.push(...(await review(page, look, true)).map((problem) => `${where}: ${problem}`));
          found.push(...(await tooSmall(page)).map((problem) => `${where}: ${problem}`));
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          if (wide > 0) found.push(`${where}: ${wide} px wider than the screen`);
          reviews++;
        }
        await wear(page, 'light');
        await page.setViewportSize({ width: 420, height: 800 });
        await picture(page, `partner-${name}-${language}`);
      }
    }
    expect(found).to.deep.equal([]);
    tellRow(`A1 partner’s page: ${reviews} reviews by axe, 0 violations, 0 undecided, every target at least 44 px`);
  });

  it('comes in mails that can be read, shown in the report', async () => {
    const { page } = await openPage({ viewport: { width: 640, height: 480 } });
    const mails = await new PartnerDesk().start();
    const referred = await mails.refer();
    await mails.pass(12);
    await mails.post(mails.lastLink(), { act: 'accepted', seen: '1', startsOn: '2026-12-06' });
    await mails.pass(20);
    expect(mails.letters.map(({ mail }) => mail)).to.deep.equal(['referral', 'reminder', 'progress']);
    for (const letter of mails.letters) await show(page, letter, letter.mail);
    const say = [{ key: 'news.referral.accepted', with: { service: 'Palvelu', provider: 'Sotek' } }];
    for (const language of languages) {
      const subject = { key: 'news.subject', with: { reference: (await mails.referral(referred)).reference } };
      const told = { mail: 'client' as const, client: 'c', language, subject, say, at: '2026-12-01T08:00:00Z' };
      await show(page, clientLetter(told, 'mira@example.org', porvoo, texts), `client-${language}`);
    }
    await mails.close();
  });
});

/** Each state of the page, as the browser comes to it. */
const states: Record<string, (desk: PartnerDesk, referred: Case, page: Page, language: string) => Promise<unknown>> = {
  open: (desk, { path }, page, language) => page.goto(`${desk.url}${path}?lang=${language}`),
  refused: async (desk, { path }, page, language) => {
    await page.goto(`${desk.url}${path}?lang=${language}`);
    const form = page.locator('form', { has: page.locator('input[value="declined"]') });
    await form.evaluate((one: HTMLFormElement) => one.submit());
    await page.getByRole('alert').waitFor();
  },
  accepted: async (desk, { path }, page, language) => {
    await desk.post(path, { act: 'accepted', seen: '1' });
    await page.goto(`${desk.url}${path}?lang=${language}&said=done`);
  },
  closed: async (desk, { path }, page, language) => {
    await desk.post(path, { act: 'declined', seen: '1' });
    await page.goto(`${desk.url}${path}?lang=${language}`);
  },
  dead: async (desk, referred, page, language) => {
    await desk.withdraw(referred);
    await page.goto(`${desk.url}${referred.path}?lang=${language}`);
  },
};

/** What can be pressed and is smaller than 44 pixels, but for links in running text. */
function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('button, summary, input:not([type=hidden]), select, textarea, nav a')]
      .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5)
      .map((one) => `${one.localName} "${one.textContent}" is ${one.getBoundingClientRect().height} px high`),
  );
}

/** Shows a letter as a mail program would. */
async function show(page: Page, { from, to, subject, text }: Letter, name: string): Promise<void> {
  const mail = html`<html lang="fi"><title>${subject}</title><body style="font: 16px/1.5 sans-serif; margin: 1.5rem">
<p><b>${subject}</b><br>${from} → ${to}</p><hr><p style="white-space: pre-wrap; overflow-wrap: anywhere">${text}</p></body></html>`;
  await page.setContent(mail.text);
  expect(text).not.to.match(/\{\{|undefined|\[object/);
  await picture(page, `mail-${name}`);
}
