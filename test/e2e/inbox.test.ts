import { expect } from 'chai';
import type { Draft } from '../../src/bot/activity.ts';
import { describeInBrowser, openPage } from '../support/browser.ts';
import { ChatPage } from '../support/chat-page.ts';
import { ChatServer } from '../support/chat-server.ts';
import { type Look, looks, review, smallTargets, wear } from '../support/review-page.ts';
import { bot } from '../support/stage.ts';
import { StagedConversations } from '../support/staged-conversations.ts';

const people = '<b>Mira</b> **lihava** [linkki](https://evil.example)';

function card(id: string, title: string, open: boolean, actions: object[] = []): Draft {
  const content = {
    type: 'AdaptiveCard',
    version: '1.5',
    lang: 'fi',
    fallbackText: title,
    body: [
      { type: 'TextBlock', text: title, style: 'heading', weight: 'Bolder', size: 'Medium', wrap: true },
      { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: `Viite: ${id}` }] },
      { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: people }] },
      { type: 'TextBlock', text: people, wrap: true },
    ],
    actions,
  };
  const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content }];
  return bot('', { attachments, channelData: { card: { id, open } } });
}

const take = { type: 'Action.Submit', title: 'Otan tämän', data: { act: 'take' } };
const seen = { type: 'Action.Execute', title: 'Nähty', verb: 'seen', data: { act: 'seen' } };

describeInBrowser('A coach’s inbox', () => {
  const conversations = new StagedConversations(({ type, name }) => {
    if (name === 'webchat/join') return [bot('Hei Aino!')];
    if (type === 'invoke') return [card('case-2', 'Merkitty nähdyksi', false)];
    return [bot('Otit tämän.'), card('case-1', 'Otettu', false)];
  });
  const server = new ChatServer(conversations);
  const inbox = () => `${server.url}/coach?id=aino-lehtivaara`;

  before(async () => {
    await server.start();
  });
  after(() => server.stop());
  beforeEach(() => {
    conversations.stages.clear();
    conversations.received.length = 0;
  });

  async function open() {
    const { page, wrong } = await openPage({ viewport: { width: 1100, height: 700 } });
    await page.goto(inbox());
    const chat = new ChatPage(page);
    await chat.settled();
    return { page, chat, wrong };
  }

  it('is reached from the list of coaches and greets', async () => {
    const { page } = await openPage();
    await page.goto(`${server.url}/coach?lang=fi`);
    await page.getByRole('link', { name: /Aino Lehtivaara/ }).click();
    await page.getByText('Hei Aino!').waitFor();
    await page.context().close();
  });

  it('greets once, also when the greeting comes before the answer to who asked for it', async () => {
    const { page } = await openPage();
    await page.route('**/activities', async (route) => {
      const response = await route.fetch();
      await new Promise((resolve) => setTimeout(resolve, 500));
      await route.fulfill({ response });
    });
    await page.goto(inbox());
    await new ChatPage(page).settled();
    await page.getByText('Hei Aino!').first().waitFor();
    await conversations.pushAll([bot('Toinen viesti')]);
    await page.getByText('Toinen viesti').waitFor();
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(conversations.received.filter(({ name }) => name === 'webchat/join')).to.have.length(1);
    await page.context().close();
  });

  it('lists what requires action, marks what is new, and updates a card in its place', async () => {
    const { page, wrong } = await open();
    await conversations.pushAll([card('case-1', 'Uusi alkukartoitus', true, [take]), bot('Toinen viesti')]);
    const listed = page.locator('.needs li');
    await listed.first().waitFor();
    expect(await listed.first().innerText()).to.match(/^Uusi alkukartoitus\s+Viite: case-1\s+Uusi$/);
    expect(await page.title()).to.match(/^\(1\) /);
    await page.getByRole('button', { name: 'Otan tämän' }).dblclick();
    await page.getByRole('heading', { name: 'Otettu' }).waitFor();
    expect(await page.locator('polku-card').count()).to.equal(1);
    expect(await listed.count()).to.equal(0);
    await page.getByText('Mikään ei odota sinua juuri nyt.').waitFor();
    const messages = await page
      .locator('.message')
      .evaluateAll((all) =>
        all.map((one) => (one.querySelector('polku-card') ? 'card' : one.querySelector('.text')?.textContent)),
      );
    expect(messages).to.deep.equal(['Hei Aino!', 'card', 'Toinen viesti', 'Otit tämän.']);
    expect(conversations.received.filter(({ value }) => (value as { act?: string })?.act === 'take')).to.have.length(1);
    await page.locator('.needs .mark, .box .mark').first().waitFor({ state: 'detached' });
    expect(await page.title()).not.to.match(/^\(/);
    expect(wrong).to.deep.equal([]);
    await page.context().close();
  });

  it('answers Action.Execute with its invoke', async () => {
    const { page } = await open();
    await conversations.pushAll([card('case-2', 'Tapaaminen', true, [seen])]);
    await page.getByRole('button', { name: 'Nähty' }).click();
    await page.getByRole('heading', { name: 'Merkitty nähdyksi' }).waitFor();
    const invoke = conversations.received.find(({ type }) => type === 'invoke');
    expect(invoke?.name).to.equal('adaptiveCard/action');
    expect(invoke?.value)
      .to.have.property('action')
      .that.deep.includes({ verb: 'seen', data: { act: 'seen' } });
    await page.context().close();
  });

  it('shows people’s words in cards as words', async () => {
    const { page, wrong } = await open();
    await page.evaluate(() => {
      (window as unknown as { markdownit: unknown }).markdownit = () => ({ render: () => '<i>markdown</i>' });
    });
    await conversations.pushAll([card('case-3', 'Kortti', true)]);
    await page.getByRole('heading', { name: 'Kortti' }).waitFor();
    const shown = await page.locator('polku-card').evaluate((element) => {
      const inside = element.shadowRoot!;
      return { text: inside.textContent ?? '', tags: inside.querySelectorAll('b, i, a, strong').length };
    });
    expect(shown.text.split(people)).to.have.length(3);
    expect(shown.tags).to.equal(0);
    expect(wrong).to.deep.equal([]);
    await page.context().close();
  });

  it('has nothing that axe finds wrong or undecided', async () => {
    const { page } = await open();
    await conversations.pushAll([card('case-4', 'Uusi alkukartoitus', true, [take, seen])]);
    await page.getByRole('button', { name: 'Nähty' }).waitFor();
    const found: string[] = [];
    for (const look of Object.keys(looks) as Look[]) {
      await wear(page, look);
      found.push(...(await review(page, look, true)), ...(await smallTargets(page, 44)));
    }
    expect(found.join('\n')).to.equal('');
    await page.context().close();
  });
});
