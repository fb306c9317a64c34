import { expect } from 'chai';
import fc from 'fast-check';
import type { Request, Response, Server } from 'restify';
import { hasCode } from '../../src/errors.ts';
import { byCity, type CityRoutes, type Routes } from '../../src/http/by-city.ts';

type Handler = (request: Request, response: Response) => Promise<void>;
const slugs = ['east', 'west', 'north'];
const speaking = '/v3/directline/conversations/:id/activities';
const paths = ['/api/token', '/v3/thing', '/partner/:municipality/:token', '/page', speaking];

/** Cities that write down who was asked; a token is a city's when it begins with its name. */
function cities(): { list: CityRoutes[]; asked: string[] } {
  const asked: string[] = [];
  const list = slugs.map((slug) => ({
    slug,
    isOurs: (token: string) => token.startsWith(slug),
    routes: [
      (routes: Routes) => {
        for (const path of paths) routes.post(path, async () => void asked.push(slug));
      },
    ],
  }));
  return { list, asked };
}

/** Asks through the routes as the server would; who was asked, or the code of the refusal. */
async function asks(
  count: number,
  path: string,
  more: { params?: object; query?: string; token?: string; body?: string },
) {
  const { list, asked } = cities();
  const added = new Map<string, Handler>();
  byCity(list.slice(0, count)).routes({
    post: (at: string, handler: Handler) => added.set(at, handler),
  } as unknown as Server);
  const request = {
    headers: { ...(more.token && { authorization: `Bearer ${more.token}` }) },
    params: more.params ?? {},
    path: () => path,
    getQuery: () => more.query ?? '',
    on(name: string, heard: (chunk: Buffer) => void) {
      if (name === 'data') heard(Buffer.from(more.body ?? ''));
    },
    once(name: string, heard: () => void) {
      if (name === 'end') heard();
    },
  };
  const pattern = paths.find((one) => one === path || one.startsWith(`/${path.split('/')[1]}/:`)) ?? '/v3/thing';
  try {
    await added.get(pattern)!(request as unknown as Request, {} as Response);
  } catch (error) {
    return hasCode(error, 'notFound') ? 'notFound' : String(error);
  }
  expect(asked).to.have.length(1);
  return asked[0];
}

describe('A request to several cities', () => {
  it('is handed to the one that it names, by path, token, body or query, else to the first', async () => {
    const named = fc.constantFrom(...slugs, 'nowhere', '', undefined);
    await fc.assert(
      fc.asyncProperty(named, named, async (name, other) => {
        const known = name !== undefined && slugs.includes(name);
        const orFirst = known ? name : 'east';
        // A word of another kind never counts where one of this kind does.
        const query = other === undefined ? '' : `municipality=${other}`;
        const body = JSON.stringify({ municipality: name, resume: other ? `${other}-token` : undefined });
        const resumed = other && slugs.includes(other) ? other : 'east';
        expect(await asks(3, '/api/token', { body, query })).to.equal(name ? orFirst : resumed);
        const token = name ? { token: `${name}-token` } : {};
        expect(await asks(3, '/v3/thing', { ...token, query, body })).to.equal(orFirst);
        const params = { municipality: name ?? '' };
        expect(await asks(3, '/partner/x/y', { params, query, body })).to.equal(orFirst);
        const asked = name === undefined ? '' : `municipality=${name}`;
        expect(await asks(3, '/page', { query: asked })).to.equal(known || !name ? orFirst : 'notFound');
      }),
    );
  });

  it('is the only city’s when there is one, whatever it names', async () => {
    for (const more of [
      { query: 'municipality=nowhere' },
      { token: 'west-token' },
      { body: '{"municipality":"west"}' },
    ]) {
      for (const path of ['/api/token', '/v3/thing', '/page']) expect(await asks(1, path, more)).to.equal('east');
    }
  });

  it('finds its city without the router when somebody speaks, and only then', async () => {
    const { list, asked } = cities();
    const { quick } = byCity(list);
    const request = (method: string, url: string, token = '') =>
      ({ method, url, headers: { authorization: `Bearer ${token}` } }) as unknown as Request;
    const url = speaking.replace(':id', 'a-conversation_1');
    for (const token of ['east', 'west', 'north', 'nowhere', '']) {
      const spoken = request('POST', url, token);
      await quick(spoken)!.handler(spoken, {} as Response);
      expect(spoken.params).to.deep.equal({ id: 'a-conversation_1' });
    }
    expect(asked).to.deep.equal(['east', 'west', 'north', 'east', 'east']);
    for (const other of [`${url}/`, `${url}?`, `/${url}`, url.replace('_1', '%31'), '/v3/thing', '/api/token', '']) {
      expect(quick(request('POST', other)), other).to.equal(undefined);
    }
    expect(quick(request('GET', url))).to.equal(undefined);
  });

  it('is refused by the first when its body cannot be read', async () => {
    for (const body of ['{', '[]', 'null', '"west"', '{"municipality":7}']) {
      expect(await asks(3, '/api/token', { body })).to.equal('east');
    }
  });
});
