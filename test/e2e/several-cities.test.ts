import { expect } from 'chai';
import { loadMunicipality } from '../../src/municipalities/load.ts';
import { describeInBrowser, openPage } from '../support/browser.ts';
import { ChatPage } from '../support/chat-page.ts';
import { CitiesApp } from '../support/cities-app.ts';
import { type Look, looks, review, wear } from '../support/review-page.ts';

describeInBrowser('A person on the pages of several cities', () => {
  const app = new CitiesApp(['porvoo', 'kemi']);
  const [porvoo, kemi] = app.cities.map((city) => loadMunicipality('deploy/municipalities', city)) as [
    ReturnType<typeof loadMunicipality>,
    ReturnType<typeof loadMunicipality>,
  ];
  before(() => app.start());
  after(() => app.end());

  it('chooses their city, talks with it alone, and finds each talk again where it was', async () => {
    const { page, wrong } = await openPage();
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/api/token')) asked.push(request.postData() ?? '');
    });
    const chat = new ChatPage(page);
    await page.goto(`${app.url}/?lang=sv`);
    await page.getByRole('link', { name: kemi.name.sv! }).click();
    expect(await page.title()).to.equal(kemi.serviceName.sv);
    await chat.launcher.click();
    await chat.settled();
    expect((await chat.texts()).join()).to.include(kemi.serviceName.sv!);
    await chat.say('Jag heter Kanariefågel');

    await page.goto(`${app.url}/chat?lang=sv`);
    await page.getByRole('link', { name: porvoo.name.sv! }).click();
    await chat.settled();
    const said = (await chat.texts()).join();
    expect(said).to.include(porvoo.serviceName.sv!).and.not.include('Kanariefågel');
    expect(await page.locator('h1').first().innerText()).to.equal(porvoo.name.sv);

    await page.goto(`${app.url}/chat?municipality=kemi&lang=sv`);
    await chat.settled();
    expect((await chat.texts()).join()).to.include('Kanariefågel');
    expect(asked.map((body) => JSON.parse(body).municipality)).to.deep.equal(['kemi', 'porvoo', 'kemi']);
    expect(wrong).to.deep.equal([]);
    await page.context().close();
  });

  it('is told no name and no number of another city when a page names one that is not here', async () => {
    const { page } = await openPage();
    const body = `<!doctype html><html lang="fi"><title>Sivu</title><script src="/embed.js" data-municipality="nowhere" async></script>`;
    await page.route('**/wrong', (route) => route.fulfill({ contentType: 'text/html', body }));
    await page.goto(`${app.url}/wrong`);
    await new ChatPage(page).launcher.click();
    await page.getByText('Chat ei saa yhteyttä').waitFor();
    const seen = await page.locator('polku-chat').innerText();
    for (const { contact, serviceName } of [porvoo, kemi]) {
      expect(seen).not.to.include(contact.phone).and.not.include(serviceName.fi);
    }
    expect(await page.locator('polku-chat h2').innerText()).not.to.equal('');
    await page.context().close();
  });

  it('can read the list of cities in every look, with nothing to object', async () => {
    const { page } = await openPage();
    const found: string[] = [];
    for (const path of ['/chat?lang=sv', '/chat?municipality=nowhere&lang=fi']) {
      await page.goto(app.url + path);
      for (const look of Object.keys(looks) as Look[]) {
        await wear(page, look);
        found.push(...(await review(page, look, true)).map((one) => `${path} ${look}: ${one}`));
        const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        if (isWide) found.push(`${path} ${look}: it scrolls sideways`);
      }
    }
    expect(found).to.deep.equal([]);
    await page.context().close();
  });

  it('is, as a coach of one city, in the inbox of that city', async () => {
    const { page, wrong } = await openPage();
    await page.goto(`${app.url}/coach?municipality=kemi`);
    await page.getByRole('link', { name: kemi.coaches[0]!.name }).click();
    await new ChatPage(page).settled();
    expect(page.url()).to.include('municipality=kemi');
    expect(await page.evaluate(() => Object.keys(localStorage))).to.satisfy((keys: string[]) =>
      keys.every((key) => key.startsWith('polku:kemi:coach:')),
    );
    expect(wrong).to.deep.equal([]);
    await page.context().close();
  });
});
