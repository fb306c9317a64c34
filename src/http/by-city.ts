import type { IncomingMessage } from 'node:http';
import type { Request, Response, Server } from 'restify';
import { PolkuError } from '../errors.ts';
import { readJson } from './read-json.ts';

/** Answers a request, or throws what it is refused with. */
type Handler = (request: Request, response: Response) => Promise<void>;

/** Finds who answers a request without the router. */
export type Quick = (request: IncomingMessage) => { path: string; handler: Handler } | undefined;

/** Where a part of a city adds its routes; restify's server is one. */
export interface Routes {
  get(path: string, handler: Handler): unknown;
  post(path: string, handler: Handler): unknown;
}

/** One of the cities behind one server: it answers by itself, with its own data only. */
export interface CityRoutes {
  slug: string;
  routes: ((routes: Routes) => void)[];
  /** Whether a token of the chat, of whatever kind and age, was given by this city. */
  isOurs(token: string): boolean;
}

/** Where people speak: nearly every request. */
const speaking = '/v3/directline/conversations/:id/activities';
const spoken = /^\/v3\/directline\/conversations\/([\w-]+)\/activities$/;

/**
 * Puts the same routes of several cities into one server, and hands each request to the city that it names: in its
 * path (`:municipality`), its token, its body or its query (`?municipality=`), else to the first. That is a choice of who
 * looks, and no right: what the request may do is decided by that city, which knows nothing of the others.
 * `quick` gives the same route as the router would, for what people say, and undefined for any other request.
 */
export function byCity(cities: readonly CityRoutes[]): { routes(server: Server): void; quick: Quick } {
  const tables = cities.map(({ routes }) => collect(routes));
  return {
    routes(server) {
      for (const { method, path, key } of tables[0]!.values()) {
        server[method](path, async (request: Request, response: Response) => {
          const table = tables[await whichCity(cities, request)];
          if (!table) throw new PolkuError('notFound', 'There is nothing at this address.');
          await table.get(key)!.handler(request, response);
        });
      }
    },
    quick(request) {
      const id = request.method === 'POST' && spoken.exec(request.url ?? '')?.[1];
      if (!id) return undefined;
      Object.assign(request, { params: { id } });
      return tables[whoseToken(cities, bearerOf(request) ?? '')]!.get(`post ${speaking}`);
    },
  };
}

/** The city by which a token of the chat was given, by its place in the list; the first when by none. */
export function whoseToken(cities: readonly Pick<CityRoutes, 'isOurs'>[], token: string): number {
  if (cities.length === 1) return 0;
  return Math.max(
    0,
    cities.findIndex((city) => city.isOurs(token)),
  );
}

interface Route {
  method: 'get' | 'post';
  path: string;
  key: string;
  handler: Handler;
}

function collect(all: CityRoutes['routes']): Map<string, Route> {
  const table = new Map<string, Route>();
  const adding = (method: Route['method']) => (path: string, handler: Handler) => {
    const key = `${method} ${path}`;
    table.set(key, { method, path, key, handler });
  };
  for (const add of all) add({ get: adding('get'), post: adding('post') });
  return table;
}

function bearerOf({ headers }: IncomingMessage): string | undefined {
  return /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
}

async function whichCity(cities: readonly CityRoutes[], request: Request): Promise<number> {
  if (cities.length === 1) return 0;
  const placeOf = (slug: unknown) => cities.findIndex((city) => city.slug === slug);
  const path = request.path();
  const token = bearerOf(request);
  if (path === '/api/token' || path === '/v3/directline/tokens/generate') {
    // A body that cannot be read is refused by whoever is asked.
    const wish = (await readJson(request).catch(() => ({}))) as { municipality?: unknown; resume?: unknown } | null;
    // A city that is not here is refused by the first, as any that is not its own.
    if (wish?.municipality) return Math.max(0, placeOf(wish.municipality));
    return typeof wish?.resume === 'string' ? whoseToken(cities, wish.resume) : 0;
  }
  if (path.startsWith('/v3/')) return token === undefined ? 0 : whoseToken(cities, token);
  const named = request.params?.municipality;
  // A link that is not right opens nothing, and says no more than any other such link.
  if (named !== undefined) return Math.max(0, placeOf(named));
  const asked = new URLSearchParams(request.getQuery()).get('municipality');
  return asked ? placeOf(asked) : 0;
}
