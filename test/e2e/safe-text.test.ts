import { expect } from 'chai';
import { describeInBrowser, openPage } from '../support/browser.ts';
import { ChatPage } from '../support/chat-page.ts';
import { ChatServer } from '../support/chat-server.ts';
import { bot } from '../support/stage.ts';
import { StagedConversations } from '../support/staged-conversations.ts';

const hook = 'document.title="broken"';
const wrappers = [
  (code: string) => `<script>${code}</script>`,
  (code: string) => `<img src=x onerror='${code}'>`,
  (code: string) => `<svg/onload='${code}'>`,
  (code: string) => `"><iframe srcdoc="<script>${code}</script>">`,
  (code: string) => `<a href='javascript:${code}'>x</a>`,
  (code: string) => `[x](javascript:${code})`,
  (code: string) => `![x](https://evil.example/${code})`,
  (code: string) => `<style>@import "https://evil.example/${code}"</style>`,
  (code: string) => `<link rel=stylesheet href=//evil.example/${code}>`,
  (code: string) => `\${${code}}`,
  (code: string) => `{{${code}}}`,
  (code: string) => `<!--lit-part--><b>${code}</b>`,
  (code: string) => `https://evil.example/?${code}`,
  (code: string) => `HTTPS://WWW.PORVOO.FI.evil.example/${code}`,
  (code: string) => `mailto:me@evil.example tel:+358700123123 ${code}`,
  (code: string) => `<math><mtext><table><mglyph><style><img src=x onerror=${code}>`,
  (code: string) => `\u202e${code}\u0000`,
];
const mixes = [
  (text: string) => text,
  (text: string) => text.toUpperCase(),
  (text: string) => `${'a'.repeat(200)}${text}`,
  (text: string) => text.replaceAll('<', '&lt;<'),
  (text: string) => text.split('').join('\u200b'),
  (text: string) => encodeURIComponent(text) + text,
];
const payloads = wrappers.flatMap((wrap) =>
  mixes.flatMap((mix) => [
    mix(wrap(hook)),
    mix(wrap('alert(1)')),
    mix(wrap('fetch("//evil.example")')),
    mix(wrap('x')),
    mix(wrap('é')),
  ]),
);

describeInBrowser('Words of a person in the chat', () => {
  const conversations = new StagedConversations(() => [bot('Hei!')]);
  const server = new ChatServer(conversations);

  before(async () => {
    await server.start();
  });
  after(() => server.stop());

  it('are only words, wherever they come back: no script, no request, no link', async () => {
    const { page, wrong } = await openPage();
    const strangers: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url)) strangers.push(request.url());
    });
    const chat = await new ChatPage(page).open(`${server.url}/?lang=fi`);
    const title = await page.title();
    const from = { id: 'dl_x', role: 'user' as const };
    // As the person's own message, and quoted by the bot, as in "check your answers", and as the title of a button.
    const drafts = payloads.flatMap((text) => [
      { ...bot(text), from },
      bot(`Kerroit: ${text}`, {
        suggestedActions: { to: [], actions: [{ type: 'imBack', title: text, value: text }] },
      }),
      bot(text, { attachments: [{ contentType: 'text/html', name: text, contentUrl: `javascript:${text}` }] }),
    ]);
    const [id] = conversations.stages.keys();
    const before = (await chat.texts()).length;
    await conversations.push(id!, '', drafts);
    await page.waitForFunction(
      (count) =>
        document
          .querySelector('polku-launcher')!
          .shadowRoot!.querySelector('polku-chat')!
          .shadowRoot!.querySelectorAll('.text').length === count,
      before + drafts.length,
    );
    await page.waitForTimeout(300);
    expect(await page.title()).to.equal(title);
    expect(strangers).to.deep.equal([]);
    expect(wrong).to.deep.equal([]);
    expect(await page.locator('.log a').count()).to.equal(0);
    expect(
      await page.locator('.log img, .log iframe, .log script, .log style, .log link, .log object').count(),
    ).to.equal(0);
    process.stdout.write(
      `  S6 (chat) ${payloads.length} payloads × 3 places, 0 scripts, 0 foreign requests, 0 links\n`,
    );
    await page.context().close();
  });

  it('leave the addresses that the service itself tells, shown whole', async () => {
    const { page } = await openPage();
    const chat = await new ChatPage(page).open(`${server.url}/?lang=fi`);
    const { phone, email, web } = server.municipality.contact;
    await conversations.pushAll([bot(`Soita ${phone}, kirjoita ${email} tai lue ${web}.`)]);
    const links = page.locator('.log a');
    await links.first().waitFor();
    expect(await links.allTextContents()).to.deep.equal([phone, email, web]);
    expect(await links.nth(2).getAttribute('rel')).to.equal('noopener');
    expect(await chat.texts()).to.include(`Soita ${phone}, kirjoita ${email} tai lue ${web}.`);
    await page.context().close();
  });
});
