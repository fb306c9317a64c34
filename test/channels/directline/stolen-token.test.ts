import { expect } from 'chai';
import { cityPage, DirectLineServer, type Given } from '../../support/direct-line-server.ts';
import { amount, tellRow } from '../../support/row.ts';

const minute = 60_000;
const conversations = '/v3/directline/conversations';
const renewals = ['/v3/directline/tokens/refresh', '/api/token', conversations] as const;

describe('Whoever steals the token of a chat', () => {
  let server: DirectLineServer;
  let tries = 0;

  before(async () => {
    server = await new DirectLineServer().start({
      limits: { tokens: { burst: 100_000, perSecond: 1000 }, activities: { burst: 100_000, perSecond: 1000 } },
    });
  });
  after(async () => {
    await server.stop();
    tellRow(
      `S4 ${tries} tries with a stolen token: 0 reached another conversation, 0 renewed it elsewhere, 0 used it later`,
    );
  });

  async function begun(): Promise<Given> {
    const headers = { Origin: cityPage };
    const given = await server.token({}, headers);
    await server.ask('POST', conversations, { token: given.token, body: {}, headers });
    return given;
  }

  /** Every way to read or write in a conversation. */
  function uses(id: string): [string, string, unknown?][] {
    return [
      ['GET', `${conversations}/${id}`],
      ['GET', `${conversations}/${id}/activities?watermark=0`],
      ['POST', `${conversations}/${id}/activities`, { type: 'message', text: 'Hei' }],
      ['POST', `${conversations}/${id}/upload`, {}],
    ];
  }

  it('reaches that one conversation alone', async () => {
    const stolen = await begun();
    for (let n = 0; n < amount(20, 2_000); n++) {
      const other = await begun();
      for (const [method, path, body] of uses(other.conversationId)) {
        const answer = await server.ask(method, path, { token: stolen.token, body, headers: { Origin: cityPage } });
        expect([answer.status, answer.body.error?.code], path).to.deep.equal([403, 'wrongConversation']);
        tries++;
      }
    }
  });

  it('cannot renew it from another page, nor from none', async () => {
    const { token } = await begun();
    const places = [
      'https://evil.example',
      server.url,
      `${cityPage}.evil.example`,
      cityPage.replace('https', 'http'),
      'null',
    ];
    for (const headers of [{}, ...places.map((Origin) => ({ Origin }))]) {
      for (const path of renewals) {
        const body = path === '/api/token' ? { resume: token } : {};
        const answer = await server.ask('POST', path, { token, body, headers });
        expect([answer.status, answer.body.error?.code], JSON.stringify(headers)).to.deep.equal([403, 'wrongOrigin']);
        tries++;
      }
    }
  });

  it('can do nothing with it after half an hour', async () => {
    const { token, conversationId } = await begun();
    server.now += 30 * minute + 1000;
    for (const [method, path, body] of uses(conversationId)) {
      const answer = await server.ask(method, path, { token, body, headers: { Origin: cityPage } });
      expect([answer.status, answer.body.error?.code], path).to.deep.equal([403, 'TokenExpired']);
      tries++;
    }
  });
});
