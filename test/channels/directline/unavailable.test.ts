import { expect } from 'chai';
import { ChatServer } from '../../support/chat-server.ts';
import { MemoryDocuments } from '../../support/memory-documents.ts';
import { startService } from '../../support/service-process.ts';
import { Simulation, through } from '../../support/simulation.ts';

describe('A client whose message could not be kept', () => {
  let server: ChatServer;
  afterEach(() => server.stop());

  it('is told in its language what to do, and the same message under the same name is taken once', async () => {
    const sim = new Simulation(1, Date.now());
    let hangs = false;
    const documents = through(new MemoryDocuments(sim.now), (_, act) => (hangs ? new Promise(() => {}) : act()));
    const service = startService({ documents, now: sim.now, timers: sim.timers, newId: sim.newId });
    server = await new ChatServer(service.conversations).start();

    /** The clock of the service goes on while the client waits. */
    async function ask(path: string, body?: object, token?: string) {
      const headers = { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) };
      let isOver = false;
      const method = body ? 'POST' : 'GET';
      const answer = fetch(server.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
      const over = () => {
        isOver = true;
      };
      answer.then(over, over);
      while (!isOver) {
        await sim.pass(200);
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      const response = await answer;
      return { status: response.status, headers: response.headers, body: await response.json() };
    }
    const { token, conversationId } = (await ask('/api/token', { language: 'sv' })).body;
    await ask('/v3/directline/conversations', {}, token);
    const path = `/v3/directline/conversations/${conversationId}/activities`;
    const join = { type: 'event', name: 'webchat/join', value: { language: 'sv' } };
    expect((await ask(path, join, token)).status).to.equal(200);

    hangs = true;
    const message = { type: 'message', text: 'Boka en tid', channelData: { clientActivityID: 'press-1' } };
    const refused = await ask(path, message, token);
    expect(refused.status).to.equal(503);
    expect(refused.headers.get('retry-after')).to.equal('2');
    expect(refused.body.error.code).to.equal('storeUnavailable');
    expect(refused.body.error.message).to.match(
      /^Det går inte att spara just nu\. Dina svar finns kvar\. Skicka samma .+ koden \w{6}\.$/,
    );
    const reference = /koden (\w{6})/.exec(refused.body.error.message)![1];
    expect(service.faults.join(), 'the log knows the reference').to.contain(reference);

    hangs = false;
    const taken = await ask(path, message, token);
    expect(taken.status).to.equal(200);
    expect((await ask(path, message, token)).body.id, 'again').to.equal(taken.body.id);
    const { activities } = (await ask(path, undefined, token)).body;
    expect(activities.filter(({ text }: { text?: string }) => text === 'Boka en tid')).to.have.length(1);
  });
});
