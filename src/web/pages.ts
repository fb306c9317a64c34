import { join } from 'node:path';
import type { Request, Response, Server } from 'restify';
import type { Municipality } from '../domain/municipalities/pack.ts';
import { PolkuError } from '../errors.ts';
import { root } from '../root.ts';
import { buildClient, type WebClient } from './build.ts';
import { chatPage } from './chat-page.ts';
import { citiesPage } from './cities-page.ts';
import { cityAsked, cityNamed } from './city-asked.ts';
import { cityPage } from './city-page.ts';
import { coachesPage, inboxPage } from './coach-page.ts';
import { caching, encode, sendFile, webFile } from './files.ts';
import type { PageContext, Reading } from './layout.ts';
import { contentsOf, readWebTexts } from './texts.ts';

/** What the web pages are made from. */
export interface PageOptions {
  /** The cities that are served, at least one. */
  municipalities: readonly Municipality[];
  /** Demo mode: the city's page and the coaches' inboxes exist. */
  demo: boolean;
  /** Makes the client ready at the start rather than at the first request. */
  prepare?: boolean;
  /** Folder of the locale files. */
  locales?: string;
}

const ownLocales = join(root, 'locales');
const hashed = /^(.+)-\w{8}\.(js|json|css)$/;

/** The pages and files of the web: the chat, how a city's page embeds it, and in demo mode the city's page itself. */
export function pages(options: PageOptions): (server: Server) => void {
  const { municipalities, demo, locales = ownLocales } = options;
  const texts = readWebTexts(locales);
  const hasOthers = municipalities.length > 1;
  const allLanguages = [...new Set(municipalities.flatMap(({ languages }) => languages))].filter((one) => texts[one]);

  let building: Promise<WebClient> | undefined;
  function client(): Promise<WebClient> {
    building ??= buildClient(contentsOf(municipalities, texts, locales)).catch((error: unknown) => {
      building = undefined;
      throw error;
    });
    return building;
  }

  /** In which language a page is read: as its address says, else as its owner prefers, else as the browser asks. */
  async function reading(request: Request, languages: readonly string[], preferred?: string): Promise<Reading> {
    const wanted = new URLSearchParams(request.getQuery()).get('lang') ?? preferred;
    const asked = String(request.headers['accept-language'] ?? '').toLowerCase();
    const offered = asked.split(',').map((part) => part.trim().slice(0, 2));
    const language = [wanted, ...offered].find((one) => one && languages.includes(one)) ?? languages[0]!;
    return { language, texts: texts[language]!, style: (await client()).names.page! };
  }

  async function context(request: Request, municipality: Municipality, preferred?: string): Promise<PageContext> {
    const languages = municipality.languages.filter((language) => texts[language]);
    const city: Record<string, string> = hasOthers ? { municipality: municipality.slug } : {};
    const at = (path: string, query: Record<string, string>) => `${path}?${new URLSearchParams({ ...city, ...query })}`;
    return { ...(await reading(request, languages, preferred)), municipality, at, hasOthers };
  }

  /** Sends the page of the city that is asked for, or the list of the cities when that is open. */
  function ofCity(page: (request: Request, municipality: Municipality) => Promise<string>) {
    return async (request: Request, response: Response): Promise<void> => {
      const municipality = cityAsked(municipalities, request);
      if (municipality) return send(request, response, await page(request, municipality));
      const isUnknown = cityNamed(request) !== undefined;
      const read = await reading(request, allLanguages);
      const list = { ...read, languages: allLanguages, municipalities, path: request.path(), isUnknown };
      await send(request, response, citiesPage(list), isUnknown ? 404 : 200);
    };
  }

  async function send(request: Request, response: Response, page: string, status = 200): Promise<void> {
    await sendFile(request, response, webFile('page', 'text/html; charset=utf-8', page), caching.never, status);
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
    server.get(
      '/chat',
      ofCity(async (...asked) => chatPage(await context(...asked))),
    );
    if (options.prepare) server.on('listening', () => void prepare(client).catch(() => undefined));
    if (!demo) return;
    server.get(
      '/',
      ofCity(async (...asked) => cityPage(await context(...asked))),
    );
    server.get(
      '/coach',
      ofCity(async (request, municipality) => {
        const id = new URLSearchParams(request.getQuery()).get('id');
        if (id === null) return coachesPage(await context(request, municipality));
        const coach = municipality.coaches.find((one) => one.id === id);
        if (!coach) throw new PolkuError('notFound', 'There is no such coach.');
        const script = (await client()).names.inbox!;
        return inboxPage(await context(request, municipality, coach.language), id, script);
      }),
    );
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
