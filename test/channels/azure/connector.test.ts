import { expect } from 'chai';
import { createConnector } from '../../../src/channels/azure/connector.ts';
import { createChannelConnector } from '../../../src/channels/azure.ts';
import { hasCode } from '../../../src/errors.ts';
import { seeded } from '../../support/faults.ts';
import { type Behaviour, PlayedTeams } from '../../support/played-teams.ts';

/** The full run takes 5,000 addresses. */
const addresses = Number(process.env.S10_ADDRESSES ?? 5_000);

describe('What is sent to a channel', () => {
  const teams = new PlayedTeams();
  before(() => teams.start());
  after(() => teams.stop());

  it('has an outcome that says no more than is known', async () => {
    const connector = createConnector({ auth: 'none', timeout: 200 });
    const to = () => ({ serviceUrl: teams.url(), conversation: 'a/b?' });
    const outcomes: [Behaviour, string][] = [
      ['ok', 'sent'],
      [{ status: 403 }, 'refused'],
      [{ status: 404 }, 'refused'],
      [{ status: 302 }, 'refused'],
      [{ status: 401 }, 'throttled'],
      [{ status: 412 }, 'throttled'],
      [{ status: 429 }, 'throttled'],
      [{ status: 429, retryAfter: 7 }, 'throttled'],
      [{ status: 500 }, 'ambiguous'],
      [{ status: 502, accept: true }, 'ambiguous'],
      [{ status: 408 }, 'ambiguous'],
      [{ lost: 'reset', accept: true }, 'ambiguous'],
      [{ lost: 'hang', accept: true }, 'ambiguous'],
    ];
    for (const [behaviour, is] of outcomes) {
      teams.behave = () => behaviour;
      const before = teams.calls.length;
      const outcome = await connector.send(to(), { type: 'message' });
      expect(outcome.is, JSON.stringify(behaviour)).to.equal(is);
      expect(teams.calls.length - before, 'one request each').to.equal(1);
      if (typeof behaviour === 'object' && 'retryAfter' in behaviour)
        expect(outcome).to.deep.equal({ is: 'throttled', retryAfter: 7 });
    }
    const away = await new PlayedTeams().start();
    await away.stop();
    const nobody = await connector.send({ serviceUrl: away.url(), conversation: 'a' }, {});
    expect(nobody.is).to.equal('throttled');
  });

  it('is given up after ten seconds when the channel is silent, and nobody then knows whether it arrived', async () => {
    const real = AbortSignal.timeout;
    const waits: number[] = [];
    // A hundred times quicker, so that the test need not wait.
    AbortSignal.timeout = (milliseconds) => {
      waits.push(milliseconds);
      return real.call(AbortSignal, milliseconds / 100);
    };
    teams.behave = () => ({ lost: 'hang', accept: true });
    try {
      const connector = createChannelConnector({ auth: 'none' });
      const to = { serviceUrl: teams.url(), conversation: 'silent' };
      expect(await connector.send(to, { type: 'message' })).to.deep.equal({ is: 'ambiguous' });
      expect(await connector.update(to, 'm1', { type: 'message' })).to.deep.equal({ is: 'ambiguous' });
      await connector.member(to, '29:somebody').then(
        () => expect.fail('nobody told'),
        (error) => expect(hasCode(error, 'storeUnavailable')).to.equal(true),
      );
    } finally {
      AbortSignal.timeout = real;
      teams.behave = () => 'ok';
    }
    expect(waits).to.deep.equal([10_000, 10_000, 5_000]);
  });

  it('never goes to an address outside the list, however it is written', async () => {
    const random = seeded(10);
    const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!;
    const good = ['https://smba.trafficmanager.net/emea/', 'https://webchat.botframework.com/'];
    const signs = [
      '.',
      '/',
      '\\',
      '@',
      ':',
      '#',
      '?',
      '%2e',
      '%00',
      '\t',
      '\n',
      'x',
      '-',
      '。',
      'ı',
      '//',
      ':443',
      '[::1]',
    ];
    const parts = [
      'forger.example',
      '127.0.0.1',
      '169.254.169.254',
      'localhost',
      'http://',
      'https://',
      'user@',
      'net',
    ];
    const asked = new Set<string>();
    const real = globalThis.fetch;
    globalThis.fetch = async (url) => {
      asked.add(new URL(String(url)).host);
      return Response.json({ id: '1' });
    };
    try {
      const connector = createConnector({ auth: 'azure', token: async () => 'ours' });
      for (let i = 0; i < addresses; i++) {
        let serviceUrl: string = pick(good);
        for (let changes = 1 + Math.floor(random() * 4); changes > 0; changes--) {
          const at = Math.floor(random() * (serviceUrl.length + 1));
          const cut = random() < 0.3 ? Math.floor(random() * 6) : 0;
          serviceUrl = serviceUrl.slice(0, at) + pick([...signs, ...parts]) + serviceUrl.slice(at + cut);
        }
        await connector.send({ serviceUrl, conversation: 'a' }, {});
        await connector.update({ serviceUrl, conversation: 'a' }, '1', {});
        await connector.member({ serviceUrl, conversation: 'a' }, '1').catch(() => undefined);
      }
    } finally {
      globalThis.fetch = real;
    }
    const outside = [...asked].filter(
      (host) => host !== 'smba.trafficmanager.net' && !host.endsWith('.botframework.com'),
    );
    expect(outside).to.deep.equal([]);
    console.log(`      S10 ${addresses} mutated addresses, 0 connections outside the list`);
  });
});
