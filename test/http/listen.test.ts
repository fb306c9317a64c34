import { once } from 'node:events';
import { createServer, get } from 'node:http';
import { connect, createServer as createPlain } from 'node:net';
import { setImmediate as round } from 'node:timers/promises';
import { expect } from 'chai';
import { listenOn } from '../../src/http/listen.ts';

const host = '127.0.0.1';
const failure = (work: Promise<unknown>) => work.then(() => 'opened').catch((error: Error) => error.message);

describe('An open port', () => {
  it('lets several in at once when many come, so that nobody waits at the door of a busy service', async function () {
    // Other systems do not share a port out among sockets.
    if (process.platform !== 'linux') return this.skip();
    const many = 60;
    const http = createServer();
    let entered = 0;
    http.on('connection', () => entered++);
    const open = await listenOn(http, 0, host);
    const callers = Array.from({ length: many }, () => connect(open.port, host));
    await round();
    // They have all come while the service was busy with something else.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    const before = entered;
    let rounds = 0;
    for (; entered < many; rounds++) await round();
    for (const caller of callers) caller.destroy();
    await open.close();
    expect(rounds).to.be.below((many - before) * 0.75);
  });

  it('answers whoever comes by whichever door, and nobody after it is closed', async () => {
    const http = createServer((_request, response) => response.end('here'));
    const open = await listenOn(http, 0, host);
    for (let caller = 0; caller < 20; caller++) {
      const [answer] = await once(get({ port: open.port, host, agent: false }), 'response');
      expect(String(await answer.toArray())).to.equal('here');
    }
    await open.close();
    const [late] = await once(connect(open.port, host), 'error');
    expect(late.code).to.equal('ECONNREFUSED');
  });

  it('is not shared with another that asks for it, and says what to do', async () => {
    const open = await listenOn(createServer(), 0, host);
    expect(await failure(listenOn(createServer(), open.port, host)))
      .to.include('Another program uses it')
      .and.include('PORT');
    await open.close();
    const other = createPlain().listen(open.port, host);
    await once(other, 'listening');
    expect(await failure(listenOn(createServer(), open.port, host))).to.include('Another program uses it');
    other.close();
    expect(await failure(listenOn(createServer(), 0, '203.0.113.7'))).to.include('set HOST');
  });
});
