import type { IncomingMessage } from 'node:http';
import { expect } from 'chai';
import { clientAddress } from '../../src/http/client-address.ts';

const from = (remoteAddress: string, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

describe('The address that limits count for', () => {
  it('is that of the caller, whatever the caller writes', () => {
    expect(clientAddress(from('203.0.113.5', '198.51.100.1'), 0)).to.equal('203.0.113.5');
  });

  it('is what the outermost of our proxies saw', () => {
    expect(clientAddress(from('10.0.0.1', 'made-up, 203.0.113.5'), 1)).to.equal('203.0.113.5');
    expect(clientAddress(from('10.0.0.1', 'made-up, 203.0.113.5, 10.0.0.2'), 2)).to.equal('203.0.113.5');
    expect(clientAddress(from('10.0.0.1'), 1)).to.equal('10.0.0.1');
  });

  it('is the network of an IPv6 address, of which one home has endlessly many', () => {
    const same = ['2001:db8:1:2::5', '2001:0db8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2:3:4:5:6'];
    expect(new Set(same.map((address) => clientAddress(from(address), 0)))).to.deep.equal(new Set(['2001:db8:1:2']));
    expect(clientAddress(from('2001:db8:1:3::5'), 0)).to.equal('2001:db8:1:3');
    expect(clientAddress(from('::1'), 0)).to.equal('0:0:0:0');
    expect(clientAddress(from('::ffff:203.0.113.5'), 0)).to.equal('203.0.113.5');
  });
});
