import { expect } from 'chai';
import { letterCode } from '../../../src/domain/clients/letter-code.ts';
import { DirectLineServer } from '../../support/direct-line-server.ts';

const code = (number: number) => letterCode(Buffer.alloc(32), String(number));

describe('Codes of letters from one address', () => {
  let server: DirectLineServer;
  before(async () => {
    server = await new DirectLineServer().start();
  });
  after(() => server.stop());

  async function says(text: string): Promise<number> {
    const { path, token } = await server.started();
    return (await server.ask('POST', `${path}/activities`, { token, body: { type: 'message', text } })).status;
  }

  it('are few, whatever the conversation and however they are hidden, and come back one a minute', async () => {
    for (let number = 0; number < 30; number++) expect(await says(`koodi ${code(number)}`)).to.equal(200);
    expect(await says(code(31))).to.equal(429);
    expect(await says([...code(32)].join('\u200B')), 'with signs between that nobody sees').to.equal(429);
    expect(await says('Haluan varata ajan valmentajalle.'), 'other words are as free as before').to.equal(200);
    server.now += 61_000;
    expect(await says(code(33))).to.equal(200);
    expect(await says(code(34))).to.equal(429);
  });
});
