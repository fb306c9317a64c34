import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { describeInBrowser, openPage } from '../support/browser.ts';
import { ChatPage } from '../support/chat-page.ts';
import { ChatServer } from '../support/chat-server.ts';
import { bot, counting } from '../support/stage.ts';
import { StagedConversations } from '../support/staged-conversations.ts';

describeInBrowser('A bad day', () => {
  const conversations = new StagedConversations(counting);
  const server = new ChatServer(conversations);
  const city = () => `${server.url}/?lang=fi`;
  const tell = (line: string) => process.stdout.write(`  bad day: ${line}\n`);
  /** Failures of the network and the words of the browser about them are what these tests make. */
  const unexpected = (wrong: string[]) => wrong.filter((line) => !/Failed to load|ERR_|WebSocket|net::/i.test(line));

  before(async () => {
    await server.start();
  });
  after(() => server.stop());
  beforeEach(() => {
    conversations.stages.clear();
    conversations.received.length = 0;
  });

  it('offline at the start: says so, gives the phone number, and goes on by itself', async () => {
    const { page, wrong } = await openPage();
    await page.goto(city());
    await page.context().setOffline(true);
    const chat = new ChatPage(page);
    await chat.launcher.click();
    await page.getByText('Chat ei avautunut. Tarkista verkkoyhteys ja yritä uudelleen.').waitFor();
    await page.context().setOffline(false);
    await chat.launcher.click();
    await chat.settled();
    expect(unexpected(wrong)).to.deep.equal([]);
    await page.context().close();
    tell('offline at the start, the launcher says so and works when the network is back');
  });

  it('the chat cannot reach its server: says so with the phone number', async () => {
    const { page } = await openPage();
    await page.route('**/api/token', (route) => route.abort());
    await page.goto(city());
    const chat = new ChatPage(page);
    await chat.launcher.click();
    await page.getByText(`Voit myös soittaa: ${server.municipality.contact.phone}.`).waitFor();
    await page.unroute('**/api/token');
    await chat.settled();
    expect(await chat.texts()).to.deep.equal(['Hei!', 'Kysymys 0']);
    await page.context().close();
    tell('no server at the start, the phone number is told and the chat begins by itself');
  });

  it('offline in the middle: nothing is lost, and the state is told in words', async () => {
    const { page, wrong } = await openPage();
    const chat = await new ChatPage(page).open(city());
    await page.context().setOffline(true);
    server.drop();
    await chat.box.fill('yksi');
    await chat.box.press('Enter');
    await page.getByText('Yhteys katkesi. Yritämme uudelleen.').waitFor();
    await conversations.pushAll([bot('Uutinen sillä aikaa')]);
    await page.context().setOffline(false);
    await page.getByText('Kuulin: yksi').waitFor({ timeout: 20_000 });
    const texts = await chat.texts();
    expect(texts.filter((text) => text === 'Uutinen sillä aikaa')).to.have.length(1);
    expect(texts.filter((text) => text === 'yksi')).to.have.length(1);
    expect(unexpected(wrong)).to.deep.equal([]);
    await page.context().close();
    tell('offline in the middle, 0 lost, 0 doubled');
  });

  it('a failing server: repeats until it is taken, once', async () => {
    const { page } = await openPage();
    const chat = await new ChatPage(page).open(city());
    let failures = 0;
    await page.route('**/activities', async (route) => {
      if (route.request().method() !== 'POST' || failures >= 4) return route.continue();
      failures += 1;
      // Every other failure comes after the server has taken the message.
      if (failures % 2 === 0) await route.fetch();
      await route.fulfill({ status: failures === 3 ? 429 : 500, body: '{}' });
    });
    await chat.box.fill('sitkeä');
    await chat.box.press('Enter');
    await page.getByText('Kuulin: sitkeä').waitFor({ timeout: 20_000 });
    expect(conversations.received.filter(({ text }) => text === 'sitkeä')).to.have.length(1);
    expect((await chat.texts()).filter((text) => text === 'sitkeä')).to.have.length(1);
    await page.context().close();
    tell('500 and 429 four times, half of them after the message was taken: sent once');
  });

  it('a slow network: shows that an answer is being written, and loses nothing', async () => {
    const { page } = await openPage();
    await page.route('**/v3/**', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 700));
      await route.continue();
    });
    const chat = await new ChatPage(page).open(city());
    await chat.choice('Yksi').click();
    await page.locator('.typing').waitFor();
    await chat.settled();
    expect((await chat.texts()).at(-1)).to.match(/^Kuulin: Yksi/);
    await page.context().close();
    tell('700 ms more for every request: the wait is shown');
  });

  it('WebSockets blocked: polls instead', async () => {
    const { page } = await openPage();
    await page.routeWebSocket(/stream/, (socket) => socket.close({ code: 1006 as never }));
    const chat = await new ChatPage(page).open(city());
    await chat.say('ilman sokettia');
    await conversations.pushAll([bot('Uutinen')]);
    await page.getByText('Uutinen', { exact: true }).waitFor({ timeout: 20_000 });
    expect(await chat.notice.innerText()).to.equal('');
    await page.context().close();
    tell('WebSocket blocked, the conversation goes on by polling');
  });

  it('storage blocked: works, and says that it cannot remember', async () => {
    const { page, wrong } = await openPage();
    await page.addInitScript(() => {
      for (const name of ['localStorage', 'sessionStorage']) {
        Object.defineProperty(window, name, {
          get() {
            throw new DOMException('blocked', 'SecurityError');
          },
        });
      }
    });
    const chat = await new ChatPage(page).open(city());
    await page.getByText('Selain ei tallenna mitään.').waitFor();
    await chat.choose('Yksi');
    expect(wrong).to.deep.equal([]);
    await page.context().close();
    tell('storage blocked, works and says so');
  });

  it('30 kB pasted: goes as it is; more than the server takes is refused kindly and can be edited', async () => {
    const { page } = await openPage();
    const chat = await new ChatPage(page).open(city());
    const long = 'sana '.repeat(6_000).trim();
    await chat.say(long);
    expect(conversations.received.at(-1)?.text).to.equal(long);
    await chat.box.fill('ä'.repeat(40_000));
    await chat.box.press('Enter');
    await page.getByText('Viesti on liian pitkä. Lyhennä sitä ja lähetä uudelleen.').waitFor();
    await page.getByRole('button', { name: 'Muokkaa viestiä' }).click();
    expect((await chat.box.inputValue()).length).to.equal(40_000);
    await chat.say('lyhyt');
    await page.context().close();
    tell('30 kB goes through, 80 kB is refused and given back to be edited');
  });

  it('1,000 messages: stays quick', async function () {
    this.timeout(120_000);
    const { page } = await openPage();
    const chat = await new ChatPage(page).open(city());
    const few = await letterTakes(page, chat);
    const many = Array.from({ length: 1_000 }, (_, index) => bot(`Viesti ${index}: ${'sanoja '.repeat(index % 12)}`));
    await conversations.pushAll(many);
    await page.getByText('Viesti 999:').waitFor();
    const each = await letterTakes(page, chat);
    await chat.say(' loppu');
    // On a busy machine everything takes longer: a letter among few messages as well.
    expect(each, `${few} ms among few messages`).to.be.below(Math.max(100, 4 * few));
    await page.reload();
    await page.getByText('Viesti 999:').waitFor();
    expect(await chat.texts()).to.have.length(1_004);
    await page.context().close();
    tell(`1,000 messages in the log: a typed letter takes ${each.toFixed(0)} ms of a CPU slowed four times`);
  });

  for (const days of [-1, 1]) {
    it(`the computer’s clock is wrong by ${days} day: makes no difference`, async () => {
      const { page } = await openPage();
      await page.clock.install({ time: Date.now() + days * 86_400_000 });
      const chat = await new ChatPage(page).open(city());
      await chat.choose('Yksi');
      await page.reload();
      await chat.settled();
      await chat.say('vielä');
      expect(await chat.texts()).to.have.length(6);
      await page.context().close();
      tell(`clock wrong by ${days} day, the conversation goes on`);
    });
  }

  it('a release under way: a page of the last release gets files of this one', async () => {
    const { page } = await openPage();
    await page.route('**/embed.js', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace(/chat-\w{8}\.js/, 'chat-0Ld0Ld00.js') });
    });
    await page.route('**/chat-0Ld0Ld00.js', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace(/-fi-\w{8}\.json/, '-fi-0Ld0Ld00.json') });
    });
    const chat = await new ChatPage(page).open(city());
    await chat.choose('Yksi');
    expect((await chat.texts()).at(-1)).to.match(/^Kuulin: Yksi/);
    await page.context().close();
    tell('files of an earlier release are answered with those of this one');
  });
});

/** How long the page works for one typed letter, in milliseconds of a CPU slowed four times. */
async function letterTakes(page: Page, chat: ChatPage): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await devtools.send('Performance.enable');
  const worked = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')!.value;
  };
  const before = await worked();
  const text = 'hei hei hei hei hei';
  await chat.box.pressSequentially(text);
  const each = ((await worked()) - before) / text.length;
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await devtools.detach();
  return each * 1_000;
}
