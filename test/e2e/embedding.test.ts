import { expect } from 'chai';
import { describeInBrowser, openPage } from '../support/browser.ts';
import { ChatPage } from '../support/chat-page.ts';
import { ChatServer, cityServer } from '../support/chat-server.ts';
import { counting } from '../support/stage.ts';
import { StagedConversations } from '../support/staged-conversations.ts';

type City = Awaited<ReturnType<typeof cityServer>>;

describeInBrowser('On the page of a city', () => {
  const conversations = new StagedConversations(counting);
  const server = new ChatServer(conversations);
  const other = new ChatServer(new StagedConversations(counting));
  let city: City;
  let script = '';
  let body = '';

  /** A page with styles that would ruin a chat that was not on its own, and the strictest policy that lets ours in. */
  const page = () => `<!doctype html><html lang="fi"><title>Kaupunki</title>
    <meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/page.css">
    <main><h1>Kaupunki</h1><button id="own">Oma painike</button>${body}</main>${script}</html>`;

  before(async () => {
    const policy: Record<string, string> = {};
    city = await cityServer(page, policy);
    server.origins = [city.url];
    await server.start();
    await other.start();
    const socket = server.url.replace('http', 'ws');
    policy['Content-Security-Policy'] =
      `default-src 'none'; style-src 'self'; script-src ${server.url}; connect-src ${server.url} ${socket}; require-trusted-types-for 'script'; trusted-types lit-html`;
  });
  after(() => Promise.all([city.stop(), server.stop(), other.stop()]));
  beforeEach(() => {
    body = '';
    script = `<script src="${server.url}/embed.js" data-municipality="porvoo" data-language="sv" async></script>`;
  });

  it('needs one line and two directives of a strict policy, asks nobody else and leaves no cookie', async () => {
    const { page: tab, wrong } = await openPage();
    const asked: string[] = [];
    tab.on('request', (request) => asked.push(request.url()));
    tab.on('websocket', (socket) => asked.push(socket.url()));
    await tab.goto(city.url);
    const chat = new ChatPage(tab);
    await chat.launcher.waitFor();
    await tab.waitForLoadState('networkidle');
    const before = asked.filter((url) => url.startsWith(server.url)).map((url) => new URL(url).pathname);
    expect(before, 'before it is opened').to.deep.equal(['/embed.js']);
    await chat.launcher.click();
    await chat.settled();
    await chat.choose('Yksi');
    await chat.act('Tallenna keskustelu');
    const strangers = asked.filter(
      (url) =>
        ![city.url, server.url, server.url.replace('http', 'ws'), 'data:', 'blob:'].some((own) => url.startsWith(own)),
    );
    const cookies = await tab.context().cookies();
    expect(strangers).to.deep.equal([]);
    expect(cookies).to.deep.equal([]);
    expect(wrong).to.deep.equal([]);
    process.stdout.write(`  P7 ${asked.length} requests, 0 to third parties, 0 cookies\n`);
    await tab.context().close();
  });

  it('keeps the city’s styles out, and its own in', async () => {
    const wishes = 'data-placement="left" data-label="Fråga oss" data-on-color="rgb(255, 250, 240)"';
    script = script.replace('data-language', `${wishes} data-language`);
    body = '<p class="message text">Kaupungin teksti</p>';
    const { page: tab } = await openPage();
    await tab.route('**/page.css', (route) =>
      route.fulfill({
        contentType: 'text/css',
        body: '* { color: red; font: 8px cursive; letter-spacing: 1em } button, .message { display: none } html { font-size: 62.5%; --polku-color: rgb(80, 0, 80) }',
      }),
    );
    await tab.goto(city.url);
    const chat = new ChatPage(tab);
    expect(await chat.launcher.innerText()).to.equal('Fråga oss');
    const box = (await chat.launcher.boundingBox())!;
    expect(box.x).to.be.below(40);
    const style = (part: string) =>
      tab
        .locator(part)
        .first()
        .evaluate((element) => {
          const { color, fontSize, letterSpacing, backgroundColor } = getComputedStyle(element);
          return { color, fontSize, letterSpacing, backgroundColor };
        });
    expect((await style('polku-launcher button')).backgroundColor).to.equal('rgb(80, 0, 80)');
    expect((await style('polku-launcher button')).color).to.equal('rgb(255, 250, 240)');
    await chat.launcher.click();
    await chat.settled();
    expect((await style('.head')).backgroundColor).to.equal('rgb(80, 0, 80)');
    const text = await style('.bot .text');
    expect(text.color).not.to.equal('rgb(255, 0, 0)');
    expect(text.letterSpacing).to.equal('normal');
    expect(text.fontSize).to.equal('16px');
    expect((await style('main > p')).color).to.equal('rgb(255, 0, 0)');
    await tab.context().close();
  });

  it('can stand inside the page as an element', async () => {
    body = '<polku-chat municipality="porvoo" language="fi"></polku-chat>';
    const { page: tab, wrong } = await openPage();
    await tab.goto(city.url);
    const chat = new ChatPage(tab);
    await chat.settled();
    expect(await tab.locator('polku-launcher').count()).to.equal(0);
    expect(await tab.getByRole('button', { name: 'Sulje chat' }).count()).to.equal(0);
    await chat.say('hei');
    expect(wrong).to.deep.equal([]);
    await tab.context().close();
  });

  it('stays open from page to page without taking the keyboard', async () => {
    const { page: tab } = await openPage();
    const chat = await new ChatPage(tab).open(city.url);
    await tab.goto(`${city.url}/toinen`);
    await chat.settled();
    expect(await chat.focused()).to.match(/^body/);
    await tab.getByRole('button', { name: 'Sulje chat' }).click();
    await tab.goto(city.url);
    await chat.launcher.waitFor();
    expect(await chat.box.isVisible()).to.equal(false);
    await tab.context().close();
  });

  it('tells at its launcher when a message comes while it is closed', async () => {
    const { page: tab } = await openPage();
    const chat = await new ChatPage(tab).open(city.url);
    await tab.keyboard.press('Escape');
    await conversations.pushAll([{ type: 'message', text: 'Uutinen', locale: 'sv' }]);
    await tab.getByText('Du har ett nytt meddelande.').waitFor();
    await chat.launcher.click();
    await tab.getByText('Uutinen').waitFor();
    await tab.context().close();
  });

  it('is refused clearly where the city has not allowed it', async () => {
    script = `<script src="${other.url}/embed.js" data-language="fi" async></script>`;
    const { page: tab } = await openPage({ bypassCSP: true });
    await tab.goto(city.url);
    await new ChatPage(tab).launcher.click();
    const refused = await fetch(`${other.url}/api/token`, {
      method: 'POST',
      headers: { Origin: city.url },
      body: '{}',
    });
    expect(refused.status).to.equal(403);
    expect(await refused.text()).to.include('may not use the chat');
    await tab.getByText('Voit myös soittaa').waitFor();
    await tab.context().close();
  });
});
