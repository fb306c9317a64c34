import { fileURLToPath } from 'node:url';
import type { Request, Response, Server } from 'restify';
import type { Municipality } from '../domain/municipalities/pack.ts';
import { PolkuError } from '../errors.ts';
import { buildClient, type WebClient } from './build.ts';
import { chatPage } from './chat-page.ts';
import { cityPage } from './city-page.ts';
import { coachesPage, inboxPage } from './coach-page.ts';
import { caching, encode, sendFile, webFile } from './files.ts';
import type { PageContext } from './layout.ts';
import { contentsOf, knownAddresses, readWebTexts } from './texts.ts';

/** What the web pages are made from. */
export interface PageOptions {
  municipality: Municipality;
  /** Demo mode: the city's page and the coaches' inboxes exist. */
  demo: boolean;
  /** Makes the client ready at the start rather than at the first request. */
  prepare?: boolean;
  /** Folder of the locale files. */
  locales?: string;
}

const ownLocales = fileURLToPath(new URL('../../locales', import.meta.url));
const hashed = /^(.+)-\w{8}\.(js|json|css)$/;

/** The pages and files of the web: the chat, how a city's page embeds it, and in demo mode the city's page itself. */
export function pages(options: PageOptions): (server: Server) => void {
  const { municipality, demo, locales = ownLocales } = options;
  const texts = readWebTexts(locales);
  const languages = municipality.languages.filter((language) => texts[language]);

  const client = (): Promise<WebClient> =>
    buildClient(contentsOf(municipality, texts, knownAddresses(municipality, locales)));

  async function context(request: Request, preferred?: string): Promise<PageContext> {
    const wanted = new URLSearchParams(request.getQuery()).get('lang') ?? preferred;
    const asked = String(request.headers['accept-language'] ?? '').toLowerCase();
    const offered = asked.split(',').map((part) => part.trim().slice(0, 2));
    const language = [wanted, ...offered].find((one) => one && languages.includes(one)) ?? languages[0]!;
    return { municipality, language, texts: texts[language]!, style: (await client()).names.page! };
  }

  async function send(request: Request, response: Response, page: string): Promise<void> {
    await sendFile(request, response, webFile('page', 'text/html; charset=utf-8', page), caching.never);
  }

  /** A name of another release gets this release's file: during an update both are asked for. */
  async function fileNamed(name: string) {
    const { files, names } = await client();
    const exact = files.get(name);
    if (exact) return { file: exact, cache: caching.forGood };
    const current = files.get(names[hashed.exec(name)?.[1] ?? ''] ?? '');
    if (!current) throw new PolkuError('notFound', 'There is nothing at this address.');
    return { file: current, cache: caching.never };
  }

  return (server) => {
    server.get('/embed.js', async (request, response) => {
      await sendFile(request, response, (await client()).embed, caching.briefly);
    });
    server.get('/polku/:file', async (request, response) => {
      const { file, cache } = await fileNamed(String(request.params.file));
      await sendFile(request, response, file, cache);
    });
    server.get('/chat', async (request, response) => send(request, response, chatPage(await context(request))));
    if (options.prepare) server.on('listening', () => void prepare(client).catch(() => undefined));
    if (!demo) return;
    server.get('/', async (request, response) => send(request, response, cityPage(await context(request))));
    server.get('/coach', async (request, response) => {
      const id = new URLSearchParams(request.getQuery()).get('id');
      if (id === null) return send(request, response, coachesPage(await context(request)));
      const coach = municipality.coaches.find((one) => one.id === id);
      if (!coach) throw new PolkuError('notFound', 'There is no such coach.');
      const script = (await client()).names.inbox!;
      await send(request, response, inboxPage(await context(request, coach.language), id, script));
    });
  };
}

/** Makes ready what the first person needs. */
async function prepare(client: () => Promise<WebClient>): Promise<void> {
  const { embed, files } = await client();
  for (const file of [embed, ...files.values()]) {
    await encode(file, 'br');
    await encode(file, 'gzip');
  }
}
