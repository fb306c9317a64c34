import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { CalendarDay } from '../src/domain/appointments/appointment.ts';
import { loadMunicipality } from '../src/municipalities/load.ts';
import { CitiesApp } from './support/cities-app.ts';
import { plainClient, startCosmosServer } from './support/cosmos-server.ts';

const packs = Object.fromEntries(
  ['porvoo', 'kemi'].map((slug) => [slug, loadMunicipality('deploy/municipalities', slug)]),
);

describe('Several cities in one process', function () {
  this.timeout(60_000);
  const secret = 's'.repeat(40);
  const app = new CitiesApp(['porvoo', 'kemi'], { DIRECT_LINE_SECRET: secret });
  before(() => app.start());
  after(() => app.end());

  /** Coaches and states of all meetings in a city's store. */
  async function meetings(city: string): Promise<string[]> {
    const store = await app.store(city);
    const days = await Promise.all(
      packs[city]!.coaches.map(({ id }) => store.list<CalendarDay>('calendars', id, 'day')),
    );
    return days.flat().flatMap(({ document }) => document.appointments.map(({ coach, state }) => `${coach} ${state}`));
  }

  it('book in each with its own coaches, keep each in its own store, and go on after a restart', async () => {
    const chats = await Promise.all(app.cities.map((city) => app.chat(city)));
    await Promise.all(chats.map((chat) => chat.books()));
    for (const [index, city] of app.cities.entries()) {
      const other = packs[app.cities[1 - index]!]!;
      const said = await chats[index]!.said();
      expect(said).to.include(packs[city]!.serviceName.en!).and.not.include(other.serviceName.en!);
      for (const { name } of other.coaches) expect(said).not.to.include(name);
      expect(await meetings(city)).to.have.length(1);
    }
    expect(readdirSync(app.dir).sort()).to.deep.equal(['kemi', 'porvoo']);
    await app.stop();
    await app.start();
    for (const [index, city] of app.cities.entries()) {
      const chat = chats[index]!;
      const before = await chat.said();
      chat.given = await app.token({ municipality: city, resume: chat.given.token });
      expect(await chat.said()).to.equal(before);
      await chat.say('My path');
      expect(await chat.said()).to.match(/My path[\s\S]*\d{1,2} \w+/);
    }
  });

  it('name the city of a chat, and mean the first where none is named', async () => {
    for (const [wish, city] of [
      [{ municipality: 'kemi' }, 'kemi'],
      [{ municipality: 'porvoo' }, 'porvoo'],
      [{ municipality: '' }, 'porvoo'],
      [{}, 'porvoo'],
    ] as const) {
      const { conversationId, token } = await app.token({ ...wish, language: 'fi' });
      const path = `/v3/directline/conversations/${conversationId}/activities`;
      await app.ask('POST', path, { token, body: { type: 'event', name: 'webchat/join' } });
      expect((await app.ask('GET', path, { token })).text).to.include(packs[city]!.serviceName.fi);
    }
  });

  it('give no chat of a city that is not here, and tell nothing of those that are', async () => {
    for (const municipality of ['kouvola', 'KEMI', '../porvoo', 'kemi,porvoo', 'constructor', '__proto__']) {
      const { status, body, text } = await app.ask('POST', '/api/token', { body: { municipality } });
      expect([status, (body.error as { code: string }).code]).to.deep.equal([404, 'notFound']);
      expect(text).not.to.match(/porvoo|kemi/i);
    }
    expect((await app.ask('POST', '/api/token', { body: { municipality: 7 } })).status).to.equal(400);
    expect((await app.ask('POST', '/api/token', { body: null })).status).to.equal(400);
  });

  it('go on with a conversation in its own city, named or not, and in no other', async () => {
    const { given } = await app.chat('kemi');
    const resume = given.token;
    expect(await app.token({ resume })).to.include({ conversationId: given.conversationId });
    expect(await app.token({ resume, municipality: 'kemi' })).to.include({ conversationId: given.conversationId });
    expect((await app.ask('POST', '/api/token', { body: { resume, municipality: 'porvoo' } })).status).to.equal(401);
  });

  it('have pages that say whose they are, and a list where that is open', async () => {
    for (const [path, status, title] of [
      ['/', 200, 'Choose your municipality'],
      ['/chat', 200, 'Choose your municipality'],
      ['/coach', 200, 'Choose your municipality'],
      ['/chat?municipality=kouvola', 404, 'Choose your municipality'],
      ['/?municipality=kemi', 200, 'Kemi Employment Services'],
      ['/chat?municipality=kemi', 200, 'Chat – Kemi Employment Services'],
      ['/coach?municipality=kemi', 200, 'Coach&#39;s inbox – Kemi Employment Services'],
      ['/chat?municipality=porvoo', 200, 'Chat – Porvoo Employment Services'],
    ] as const) {
      const page = await app.ask('GET', `${path}${path.includes('?') ? '&' : '?'}lang=en`);
      expect([page.status, /<title>(.*)<\/title>/.exec(page.text)?.[1]], path).to.deep.equal([status, title]);
    }
    const { text } = await app.ask('GET', '/chat?lang=sv');
    for (const link of ['/chat?municipality=porvoo&#38;lang=sv', '/chat?municipality=kemi&#38;lang=sv'])
      expect(text).to.include(`href="${link}"`);
    const kemi = await app.ask('GET', '/chat?municipality=kemi&lang=sv');
    expect(kemi.text).to.include('href="/chat?municipality=kemi&#38;lang=fi"');
    expect(kemi.text).to.include('<polku-chat own municipality="kemi" language="sv">');
  });

  it('may be framed by the pages of their own city only', async () => {
    const frames = async (path: string) =>
      /frame-ancestors ([^;]*)/.exec((await app.ask('GET', path)).headers.get('content-security-policy')!)![1];
    expect(await frames('/chat?municipality=kemi')).to.equal("'self' https://www.kemi.fi");
    expect(await frames('/chat?municipality=porvoo'))
      .to.include('https://www.porvoo.fi')
      .and.not.include('kemi');
    expect(await frames('/chat')).to.equal("'self'");
  });

  it('give tokens to the pages of their own city only', async () => {
    const asked = (municipality: string, origin: string) =>
      fetch(`${app.url}/api/token`, {
        method: 'POST',
        headers: { Origin: origin },
        body: JSON.stringify({ municipality }),
      });
    for (const [city, origin, status] of [
      ['kemi', 'https://www.kemi.fi', 200],
      ['porvoo', 'https://www.kemi.fi', 403],
      ['kemi', 'https://www.porvoo.fi', 403],
      ['porvoo', 'https://www.porvoo.fi', 200],
      ['kemi', 'https://evil.example', 403],
    ] as const) {
      expect((await asked(city, origin)).status, `${city} ${origin}`).to.equal(status);
    }
  });

  it('give another server of a city tokens for that city', async () => {
    const path = '/v3/directline/tokens/generate';
    const join = { type: 'event', name: 'webchat/join', value: { language: 'fi' } };
    for (const city of ['kemi', 'porvoo', undefined]) {
      const given = await app.ask('POST', path, { token: secret, body: { municipality: city } });
      const { token, conversationId } = given.body as { token: string; conversationId: string };
      const activities = `/v3/directline/conversations/${conversationId}/activities`;
      await app.ask('POST', activities, { token, body: join });
      const heard = (await app.ask('GET', activities, { token })).text;
      expect(heard).to.include(packs[city ?? 'porvoo']!.contact.phone);
    }
    const body = { municipality: 'kouvola' };
    expect((await app.ask('POST', path, { token: secret, body })).status).to.equal(404);
    expect((await app.ask('POST', path, { token: 'guess', body: { municipality: 'kemi' } })).status).to.equal(401);
  });

  it('are ready only when the store of each answers', async () => {
    expect((await app.ask('GET', '/readyz')).status).to.equal(200);
  });

  it('take in a city that was alone once its files are moved, and its chats and links go on', async () => {
    const grown = await new CitiesApp(['porvoo']).start();
    try {
      const chat = await grown.chat('porvoo');
      await chat.say('I am Kanarialintu');
      await grown.stop();
      const refused = await grown.start(['porvoo', 'kemi']).then(
        () => 'started',
        (error: Error) => error.message,
      );
      expect(refused).to.include('holds the data of one city that was alone');
      const files = readdirSync(grown.dir);
      mkdirSync(join(grown.dir, 'porvoo'));
      for (const file of files) renameSync(join(grown.dir, file), join(grown.dir, 'porvoo', file));
      await grown.start(['porvoo', 'kemi']);
      chat.given = await grown.token({ resume: chat.given.token });
      expect(await chat.said()).to.include('I am Kanarialintu');
      for (const path of ['/partner/x', '/partner/porvoo/x']) {
        const page = await grown.ask('GET', path);
        expect([page.status, page.text.includes(packs.porvoo!.serviceName.fi)], path).to.deep.equal([404, true]);
      }
    } finally {
      await grown.end();
    }
  });

  it('refuse a store that was moved to the wrong city', async () => {
    const mixed = await new CitiesApp(['porvoo', 'kemi']).start();
    try {
      await mixed.stop();
      for (const [from, to] of [
        ['porvoo', 'x'],
        ['kemi', 'porvoo'],
        ['x', 'kemi'],
      ] as const)
        renameSync(join(mixed.dir, from), join(mixed.dir, to));
      const refused = await mixed.start().then(
        () => 'started',
        (error: Error) => error.message,
      );
      expect(refused).to.match(/The store of (porvoo|kemi) holds the data of (kemi|porvoo)\. Correct MUNICIPALITY/);
    } finally {
      await mixed.end();
    }
  });

  it('have a database each on one account of Cosmos DB', async () => {
    const account = await startCosmosServer();
    const client = plainClient(account.endpoint);
    const settings = { STORE: 'cosmos', COSMOS_ENDPOINT: account.endpoint, COSMOS_KEY: 'bm90IGEga2V5' };
    const far = await new CitiesApp(['porvoo', 'kemi'], settings).start();
    try {
      for (const city of far.cities) await far.chat(city);
      const { resources } = await client.databases.readAll().fetchAll();
      expect(resources.map(({ id }) => id).sort()).to.deep.equal(['polku-kemi', 'polku-porvoo']);
      for (const { id } of resources) {
        const kept = await client.database(id).container('conversations').items.readAll().fetchAll();
        expect(kept.resources.length, id).to.equal(1);
      }
    } finally {
      await far.end();
      client.dispose();
      await account.close();
    }
  });

  it('leave a city that is served alone later where it was', async () => {
    const chat = await app.chat('kemi');
    await app.stop();
    await app.start(['kemi']);
    chat.given = await app.token({ resume: chat.given.token });
    expect(await chat.said()).to.include('Kemi Employment Services');
    expect(existsSync(join(app.dir, 'polku.db'))).to.equal(false);
    await app.stop();
    await app.start();
  });
});
