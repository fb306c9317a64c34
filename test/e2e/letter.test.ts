import { expect } from 'chai';
import { DateTime } from 'luxon';
import type { Letter } from '../../src/domain/clients/letter.ts';
import type { Client } from '../../src/domain/clients/path.ts';
import { importClients } from '../../src/letters/import-clients.ts';
import { letterPage } from '../../src/letters/letter-text.ts';
import { describeInBrowser, openPage } from '../support/browser.ts';
import { ChatPage } from '../support/chat-page.ts';
import { porvoo, texts } from '../support/conversation.ts';
import { RealApp } from '../support/real-app.ts';

describeInBrowser('The QR code of a letter', () => {
  const app = new RealApp();
  before(() => app.start());
  after(() => app.end());

  it('opens the chat as the client, in the language of the letter, and is nowhere to be read afterwards', async () => {
    const now = DateTime.now();
    const client = { line: 2, number: '20417', language: 'sv', name: 'Mira Mallinen', address: ['Modellgatan 1'] };
    const parts = { documents: app.documents, municipality: porvoo, now, key: Buffer.alloc(32, 3) };
    const { letters } = await importClients(parts, [{ ...client, coach: 'linnea-strandkulla' }]);
    const { code } = letters[0]!;
    const day = now.toISODate();
    const { link } = letterPage(
      { municipality: porvoo, t: texts, url: app.url, today: day, until: day },
      client,
      code,
      'sv',
    );

    const { page, wrong } = await openPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(link);
    const chat = new ChatPage(page);
    await page.getByText('Din personliga coach är Linnea Strandkulla.').waitFor();
    expect(await chat.texts()).to.include('****-****-****-****');
    expect(page.url()).to.match(/\/chat\?municipality=porvoo&lang=sv$/);
    expect(asked.filter((url) => url.includes('code=') || url.includes(code))).to.deep.equal([]);
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    expect(kept).not.to.include(code);

    const said = (await chat.texts()).length;
    await page.reload();
    await chat.settled();
    expect(await chat.texts(), 'a reload says it no second time').to.have.length(said);
    expect(wrong).to.deep.equal([]);

    const { documents } = app;
    const [letter] = await documents.list<Letter>('clients', 'letters', 'letter');
    const { usedBy } = letter!.document;
    const own = await documents.get<Client>({ collection: 'clients', partition: usedBy!, id: 'client' });
    expect(own!.document).to.deep.include({ coach: 'linnea-strandkulla' });
    expect(own!.document.transferred).to.deep.include({ number: '20417', name: 'Mira Mallinen' });
  });
});
