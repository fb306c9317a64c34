import type { IncomingMessage } from 'node:http';
import { expect } from 'chai';
import { makeOrigins } from '../../src/http/origins.ts';

const asking = (headers: Record<string, string>, method = 'POST') =>
  ({ headers, method }) as unknown as IncomingMessage;
const takes = (rules: ReturnType<typeof makeOrigins>, origin: string, host: string) => {
  try {
    return rules.check(asking({ origin, host })) === origin;
  } catch {
    return false;
  }
};

describe('The pages that may use the chat', () => {
  const open = makeOrigins({ pages: ['https://city.example/jobs'], host: '127.0.0.1' });
  const published = makeOrigins({ publicUrl: 'https://chat.city.example', pages: [], host: '0.0.0.0' });

  it('are those of the pack, by their origin', () => {
    expect(takes(open, 'https://city.example', 'chat')).to.equal(true);
    expect(takes(open, 'https://city.example:8443', 'chat')).to.equal(false);
  });

  it('are those of the server itself, when it is reached by an address that nobody can point elsewhere', () => {
    for (const host of ['localhost:3978', '127.0.0.1:3978', '[::1]:3978', '192.168.1.5:3978']) {
      expect(takes(open, `http://${host}`, host), host).to.equal(true);
    }
    expect(takes(open, 'http://rebound.example:3978', 'rebound.example:3978')).to.equal(false);
    expect(takes(open, 'http://localhost:9999', 'localhost:3978')).to.equal(false);
  });

  it('are those of the public address', () => {
    expect(takes(published, 'https://chat.city.example', 'inner:3978')).to.equal(true);
    expect(takes(published, 'https://inner:3978', 'inner:3978')).to.equal(false);
    expect(published.base(asking({ host: 'inner:3978' }))).to.equal('https://chat.city.example');
  });

  it('renew their tokens also by a GET, for which a browser does not say the origin of the own page', () => {
    const own = 'http://localhost:3978';
    const renew = (origin: string, headers: Record<string, string>, method: string) => () =>
      open.checkSame(origin, asking({ host: 'localhost:3978', ...headers }, method));
    expect(renew(own, {}, 'GET')).to.not.throw();
    expect(renew(own, {}, 'POST')).to.throw('another address');
    expect(renew('https://city.example', {}, 'GET')).to.throw('another address');
    expect(renew('https://city.example', { origin: 'https://city.example' }, 'GET')).to.not.throw();
    expect(renew('', {}, 'POST')).to.not.throw();
  });
});
