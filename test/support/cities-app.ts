import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, createApp } from '../../src/app.ts';
import type { Activity } from '../../src/bot/activity.ts';
import { readConfig } from '../../src/config.ts';
import type { Documents } from '../../src/domain/documents.ts';
import { openDocuments } from '../../src/storage/index.ts';

/** What `POST /api/token` gives. */
export interface GivenToken {
  token: string;
  conversationId: string;
  userId: string;
}

/** One process that serves several cities, as `npm start` runs it, reached over HTTP; it can be stopped and started again. */
export class CitiesApp {
  url = '';
  readonly dir = mkdtempSync(join(tmpdir(), 'polku-cities-'));
  readonly cities: string[];
  readonly #settings: Record<string, string>;
  readonly #stores = new Map<string, Documents>();
  #app?: App;
  #port = 0;

  constructor(cities: string[], settings: Record<string, string> = {}) {
    this.cities = cities;
    this.#settings = settings;
  }

  async start(cities = this.cities): Promise<this> {
    const MUNICIPALITY = cities.join(',');
    const own = { PORT: String(this.#port), DATA_DIR: this.dir, LOG_LEVEL: 'silent', MUNICIPALITY };
    this.#app = await createApp(readConfig({ ...own, ...this.#settings }));
    this.#port = (await this.#app.listen()).port;
    this.url = `http://127.0.0.1:${this.#port}`;
    // Connections to the process before are found dead by whoever asks first.
    await fetch(`${this.url}/healthz`).catch(() => undefined);
    return this;
  }

  async stop(): Promise<void> {
    await this.#app?.close();
  }

  /** Stops and leaves nothing. */
  async end(): Promise<void> {
    await this.stop();
    for (const store of this.#stores.values()) await store.close();
    rmSync(this.dir, { recursive: true, force: true });
  }

  /** The store of one city, opened beside the process. */
  async store(city: string): Promise<Documents> {
    const open =
      this.#stores.get(city) ??
      (await openDocuments({ kind: 'sqlite' }, { dataDir: join(this.dir, city), now: Date.now }));
    this.#stores.set(city, open);
    return open;
  }

  async ask(method: string, path: string, { token, body }: { token?: string; body?: unknown } = {}) {
    const headers = { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) };
    const response = await fetch(this.url + path, {
      method,
      headers,
      redirect: 'manual',
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const read = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { status: response.status, headers: response.headers, text, body: read };
  }

  async token(wish: object): Promise<GivenToken> {
    const { status, body } = await this.ask('POST', '/api/token', { body: wish });
    if (status !== 200) throw new Error(`no token: ${JSON.stringify(body)}`);
    return body as unknown as GivenToken;
  }

  /** A conversation of a city that has begun. */
  async chat(municipality: string, language = 'en'): Promise<CityChat> {
    const chat = new CityChat(this, await this.token({ municipality, language }));
    await chat.send({ type: 'event', name: 'webchat/join', value: { language } });
    return chat;
  }
}

/** What a person who wants to book the first free time says to a question; to others they take the first choice. */
const says: Record<string, string> = {
  kind: 'At the office',
  interpreter: 'no',
  name: 'Testi',
  review: 'Confirm the time',
};

/** One conversation over Direct Line. */
export class CityChat {
  given: GivenToken;
  readonly #app: CitiesApp;

  constructor(app: CitiesApp, given: GivenToken) {
    this.#app = app;
    this.given = given;
  }

  get path(): string {
    return `/v3/directline/conversations/${this.given.conversationId}`;
  }

  async send(activity: object): Promise<void> {
    const { token, userId } = this.given;
    const body = { ...activity, from: { id: userId } };
    const { status, text } = await this.#app.ask('POST', `${this.path}/activities`, { token, body });
    if (status !== 200) throw new Error(`not taken: ${status} ${text}`);
  }

  async heard(): Promise<Activity[]> {
    const { body } = await this.#app.ask('GET', `${this.path}/activities`, { token: this.given.token });
    return body.activities as Activity[];
  }

  async said(): Promise<string> {
    return (await this.heard()).map(({ text }) => text).join('\n');
  }

  async say(text: string): Promise<Activity[]> {
    await this.send({ type: 'message', text });
    return this.heard();
  }

  /** Books the first free time in English. */
  async books(): Promise<void> {
    let heard = await this.say('Book a time with a coach');
    for (let step = 0; step < 12; step++) {
      if (heard.some(({ text }) => text?.includes('The time is booked'))) return;
      heard = await this.say(says[String(heard.at(-1)?.channelData?.question)] ?? '1');
    }
    throw new Error(`nothing was booked:\n${await this.said()}`);
  }
}
