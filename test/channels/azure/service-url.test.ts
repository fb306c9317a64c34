import { expect } from 'chai';
import fc from 'fast-check';
import { isServiceUrl } from '../../../src/channels/azure/service-url.ts';

const good = [
  'https://smba.trafficmanager.net/emea/',
  'https://smba.trafficmanager.net/emea/0b1c3c9e-7d0a-4a0e-8d4b-2f9f7f3c1a55/',
  'https://directline.botframework.com/',
  'https://europe.directline.botframework.com/',
  'https://webchat.botframework.com/',
];
const bad = [
  '',
  'smba.trafficmanager.net',
  'http://smba.trafficmanager.net/emea/',
  'https://smba.trafficmanager.net:8443/',
  'https://smba.trafficmanager.net./',
  'https://other.trafficmanager.net/',
  'https://a.smba.trafficmanager.net/',
  'https://smba.trafficmanager.net.forger.example/',
  'https://forger.example/smba.trafficmanager.net/',
  'https://forger.example#smba.trafficmanager.net',
  'https://forger.example?.botframework.com',
  'https://smba.trafficmanager.net@forger.example/',
  'https://forger.example\\.botframework.com/',
  'https://forger.example\\@smba.trafficmanager.net/',
  'https://botframework.com.forger.example/',
  'https://forgerbotframework.com/',
  'https://xn--btframework-ncb.com/',
  'https://b\u043Etframework.com/',
  'https://user:pass@webchat.botframework.com/',
  'https://127.0.0.1/',
  'https://localhost/',
  'https://[::1]/',
  'https://169.254.169.254/metadata',
  'https://0x7f000001/',
  'ftp://webchat.botframework.com/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  '//webchat.botframework.com/',
  'https:webchat.botframework.com\t.forger.example/',
  'https://webchat.botframework.com\n.forger.example/',
  'urn:botframework:websocket:wss://directline.botframework.com',
  'wss://directline.botframework.com/',
];

describe('The address that replies go to', () => {
  it('is one of the Bot Framework', () => {
    for (const url of good) expect(isServiceUrl(url, 'azure'), url).to.equal(true);
    for (const url of bad) expect(isServiceUrl(url, 'azure'), url).to.equal(false);
  });

  it('is this machine alone in development', () => {
    for (const url of ['http://127.0.0.1:56150/_connector', 'http://localhost:9/', 'http://[::1]:80/'])
      expect(isServiceUrl(url, 'none'), url).to.equal(true);
    for (const url of [
      ...good,
      'http://0.0.0.0/',
      'http://127.0.0.1.forger.example/',
      'http://10.0.0.1/',
      'file://localhost/',
    ])
      expect(isServiceUrl(url, 'none'), url).to.equal(false);
  });

  it('stays one of the Bot Framework however it is changed', () => {
    const sign = fc.constantFrom(
      '.',
      '/',
      '\\',
      '@',
      ':',
      '#',
      '?',
      '%00',
      '%2e',
      '\t',
      'x',
      '0',
      '-',
      'forger.example',
      '//',
      '。',
    );
    const mutated = fc
      .tuple(fc.constantFrom(...good), fc.array(fc.tuple(fc.nat(70), fc.nat(3), sign), { minLength: 1, maxLength: 4 }))
      .map(([url, changes]) =>
        changes.reduce((text, [at, cut, insert]) => text.slice(0, at) + insert + text.slice(at + cut), url),
      );
    let tried = 0;
    fc.assert(
      fc.property(mutated, (url) => {
        tried++;
        if (!isServiceUrl(url, 'azure')) return;
        // What a connection would really be made to.
        const { protocol, hostname } = new URL(new Request(url).url);
        expect(protocol).to.equal('https:');
        expect(hostname === 'smba.trafficmanager.net' || /(^|\.)botframework\.com$/.test(hostname), url).to.equal(true);
      }),
      { numRuns: Number(process.env.S10_RUNS ?? 5_000) },
    );
    console.log(`      S10 ${tried} mutated service addresses, 0 outside the allow-list`);
  });
});
