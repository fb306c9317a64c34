import { expect } from 'chai';
import { describeInBrowser, openPage } from '../support/browser.ts';
import { ChatPage } from '../support/chat-page.ts';
import { ChatServer } from '../support/chat-server.ts';
import { bot, counting } from '../support/stage.ts';
import { StagedConversations } from '../support/staged-conversations.ts';

const full = process.env.FULL === '1';
const hour = 3_600_000;

describeInBrowser('The thread of a conversation', () => {
  const conversations = new StagedConversations(counting);
  const server = new ChatServer(conversations);
  const city = () => `${server.url}/?lang=fi`;

  before(async () => {
    await server.start();
  });
  after(() => server.stop());
  beforeEach(() => {
    conversations.stages.clear();
    conversations.received.length = 0;
    server.later = 0;
  });

  /** What the server has in the only conversation there is: texts in order. */
  function log(): string[] {
    const [stage, ...others] = conversations.stages.values();
    expect(others, 'conversations').to.deep.equal([]);
    return stage!.activities.filter(({ text }) => text).map(({ text }) => text!);
  }

  async function isWhole(chat: ChatPage): Promise<void> {
    await chat.page.waitForFunction(
      (count) => {
        const host =
          document.querySelector('polku-chat') ??
          document.querySelector('polku-launcher')?.shadowRoot?.querySelector('polku-chat');
        return host?.shadowRoot?.querySelectorAll('.message .text').length === count;
      },
      log().length,
      { timeout: 20_000 },
    );
    expect(await chat.texts()).to.deep.equal(log());
  }

  it('goes on over reloads and from page to page, with the open question', async () => {
    const { page, wrong } = await openPage();
    const chat = await new ChatPage(page).open(city());
    await chat.choose('Yksi');
    await chat.box.fill('kesken');
    await page.reload();
    await chat.settled();
    await isWhole(chat);
    expect(await chat.choices()).to.deep.equal(['Yksi', 'Kaksi']);
    expect(await chat.box.inputValue()).to.equal('kesken');
    expect(await page.locator('.progress').innerText()).to.include('Kysymys 2, yhteensä noin 9');
    await page.goto(`${server.url}/?lang=fi&page=2`);
    await chat.settled();
    await chat.say('ja toinen');
    await isWhole(chat);
    expect(wrong).to.deep.equal([]);
    await page.context().close();
  });

  it('loses and doubles nothing when sockets drop, tokens run out and the laptop sleeps', async function () {
    this.timeout(full ? 900_000 : 90_000);
    const { page } = await openPage();
    const chat = await new ChatPage(page).open(city());
    const drops = full ? 500 : 25;
    let seed = 7;
    const chance = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    for (let round = 0; round < drops; round += 1) {
      // At each kind of moment: before a message, while it is sent, while its answer comes.
      const kind = Math.floor(chance() * 4);
      if (kind === 0) server.drop();
      if (kind === 1) await conversations.pushAll([bot(`Uutinen ${round}`)]);
      // A third of the drops come with a token that has run out; some after a night.
      if (chance() < 0.33) server.later += chance() < 0.2 ? 24 * hour : hour;
      await chat.box.fill(`viesti ${round}`);
      const sending = chat.box.press('Enter');
      if (kind === 2) server.drop();
      await sending;
      if (kind === 3) {
        await page.waitForTimeout(chance() * 20);
        server.drop();
      }
      await page.getByText(`Kuulin: viesti ${round}.`).waitFor({ timeout: 20_000 });
    }
    await isWhole(chat);
    const sent = conversations.received.filter(({ type }) => type === 'message').length;
    expect(sent).to.equal(drops);
    process.stdout.write(
      `  R16 ${drops} drops and expired tokens, ${log().length} messages, 0 lost, 0 doubled (seed 7)\n`,
    );
    await page.context().close();
  });

  it('goes on when the server has been started again', async () => {
    const { page } = await openPage();
    const chat = await new ChatPage(page).open(city());
    await server.stop();
    await chat.box.fill('sanottu kun palvelin oli poissa');
    await chat.box.press('Enter');
    await page.getByText('Yhteys katkesi. Yritämme uudelleen. Viesti on vielä lähtemättä.').waitFor();
    expect(await chat.choices()).to.deep.equal([]);
    await server.start();
    await page.getByText('Kuulin: sanottu kun palvelin oli poissa').waitFor({ timeout: 20_000 });
    await isWhole(chat);
    expect(await chat.notice.innerText()).to.equal('Yhteys on taas kunnossa.');
    await page.context().close();
  });

  it('sends what was left unsent when the page was closed', async () => {
    const { page } = await openPage();
    const chat = await new ChatPage(page).open(city());
    await server.stop();
    await chat.box.fill('ennen latausta');
    await chat.box.press('Enter');
    await page.getByText('Viesti on vielä lähtemättä.').waitFor();
    await server.start();
    await page.reload();
    await page.getByText('Kuulin: ennen latausta').waitFor({ timeout: 20_000 });
    await isWhole(chat);
    await page.context().close();
  });

  it('is one in two tabs, and a press in both counts once', async () => {
    const { page } = await openPage();
    const one = await new ChatPage(page).open(city());
    const other = new ChatPage(await page.context().newPage());
    await other.open(city());
    // Offline for a moment, so that both are pressed before either is known to the other.
    await page.context().setOffline(true);
    await Promise.all([one.choice('Yksi').click(), other.choice('Kaksi').click()]);
    await page.context().setOffline(false);
    await one.settled();
    await other.settled();
    await isWhole(one);
    await isWhole(other);
    expect(conversations.received.filter(({ type }) => type === 'message')).to.have.length(1);
    await other.say('toisesta');
    await one.page.getByText('Kuulin: toisesta').waitFor();
    await isWhole(one);
    await page.context().close();
  });

  it('takes a button once, however often it is pressed', async () => {
    const { page } = await openPage();
    const chat = await new ChatPage(page).open(city());
    await chat.choice('Yksi').evaluate((button: HTMLElement) => {
      for (let press = 0; press < 5; press += 1) button.click();
    });
    await chat.settled();
    await isWhole(chat);
    expect(conversations.received.filter(({ text }) => text === 'Yksi')).to.have.length(1);
    expect(await page.locator('.past').first().innerText()).to.equal('Vaihtoehdot olivat: Yksi (valittu) · Kaksi');
    await page.context().close();
  });

  it('begins anew, and says so, when the old conversation is gone', async () => {
    const { page } = await openPage();
    const chat = await new ChatPage(page).open(city());
    await chat.choose('Yksi');
    conversations.stages.clear();
    await page.reload();
    await page.getByText('Aiempi keskustelu on päättynyt. Tämä on uusi keskustelu.').waitFor();
    await chat.settled();
    await isWhole(chat);
    await page.context().close();
  });

  it('ends on this computer when the person says so, in every tab', async () => {
    const { page } = await openPage();
    const chat = await new ChatPage(page).open(city());
    const other = await new ChatPage(await page.context().newPage()).open(city());
    await chat.say('salaisuus');
    await other.page.getByText('Kuulin: salaisuus').waitFor();
    await chat.act('Lopeta ja tyhjennä tämä laite');
    await page.getByRole('button', { name: 'Tyhjennä' }).click();
    await page.getByText('Kysymys 0').waitFor();
    await other.page.getByText('Kuulin: salaisuus').waitFor({ state: 'detached' });
    await other.settled();
    expect(await chat.texts()).to.deep.equal(['Hei!', 'Kysymys 0']);
    expect(await other.texts()).to.deep.equal(['Hei!', 'Kysymys 0']);
    expect(conversations.stages.size).to.equal(2);
    await other.say('yhdessä');
    await page.getByText('Kuulin: yhdessä').waitFor();
    await page.context().close();
  });
});
