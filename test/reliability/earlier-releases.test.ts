import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Dialog } from '../../dialogs/engine/dialog.ts';
import type { ConversationDocument } from '../../src/bot/conversation-document.ts';
import type { Intake } from '../../src/domain/clients/path.ts';
import type { Golden } from '../golden/make.ts';
import { journeys } from '../support/journeys.ts';
import { MemoryDocuments } from '../support/memory-documents.ts';
import { Person } from '../support/person.ts';
import { brokenPromises } from '../support/promises.ts';
import { tellRow } from '../support/row.ts';
import { startService } from '../support/service-process.ts';
import { Simulation } from '../support/simulation.ts';

const folder = join(import.meta.dirname, '../golden');
const releases = readdirSync(folder).filter((file) => file.endsWith('.jsonl'));

/** A store as an earlier release has left it, an hour later, with this release on it. */
async function upgraded({ at, documents, language }: Golden) {
  const sim = new Simulation(15, at + 3_600_000);
  const store = new MemoryDocuments(sim.now);
  for (const [collection, document] of documents) await store.create(collection, document);
  const mails = new Set<string>();
  const service = startService({
    documents: store,
    now: sim.now,
    timers: sim.timers,
    newId: sim.newId,
    mail: async ({ item }) => {
      mails.add(item.id);
      return 'sent';
    },
  });
  const line = async (incoming: Parameters<typeof service.conversations.receive>[1]) =>
    (await service.conversations.receive('chat', incoming)).activities;
  const person = new Person('mira', line, language);
  person.recall({ heard: [], sent: 1_000 });
  let seen = 0;
  async function reads(): Promise<void> {
    const { activities, watermark } = await service.conversations.since('chat', seen);
    seen = watermark;
    person.heard.push(...activities.filter(({ from }) => from.role === 'bot'));
  }
  return { sim, store, service, person, mails, reads };
}

describe('R15 Half-done conversations of every earlier release', function () {
  this.timeout(60_000);
  const sums = { conversations: 0 };

  for (const release of releases) {
    const all = readFileSync(join(folder, release), 'utf8').trim().split('\n');
    for (const golden of all.map((line): Golden => JSON.parse(line))) {
      const { journey, language, documents } = golden;
      const isConfirming = documents.some(([, one]) => 'pending' in one);
      const where = isConfirming ? 'while it was being confirmed' : 'in the middle';

      it(`go on: ${journey} in ${language} ${where}, of ${release}`, async () => {
        const { sim, store, service, person, mails, reads } = await upgraded(golden);
        const before = documents.find(([collection, { id }]) => collection === 'conversations' && id === 'chat')![1];
        const { flow } = (before as ConversationDocument).dialog as Dialog;
        await sim.until(reads());
        service.relay.start();
        await sim.pass(5_000);
        await sim.until(reads());
        await sim.until(person.goes(journey, 1));
        await sim.pass(70_000);
        await service.relay.stop();
        expect(service.faults).to.deep.equal([]);
        const made = [...(journeys[journey]!.after ?? []), journey];
        expect(brokenPromises(store, [{ person, made }], mails)).to.deep.equal([]);
        const [intake] = store.all<Intake>('clients').filter(({ type }) => type === 'intake');
        if (intake && flow?.id === 'intake') {
          for (const [ask, answer] of Object.entries(intake.answers)) {
            if (flow.answers[ask] !== undefined) expect(answer, ask).to.deep.equal(flow.answers[ask]);
          }
        }
        sums.conversations++;
      });
    }
  }

  it('ask again what no longer fits, and leave out flows that are gone', async () => {
    const golden: Golden = JSON.parse(readFileSync(join(folder, releases[0]!), 'utf8').split('\n')[0]!);
    const changed = structuredClone(golden);
    const conversation = changed.documents.find(([collection]) => collection === 'conversations')![1];
    const dialog = (conversation as ConversationDocument).dialog as Dialog;
    expect(dialog.flow!.answers).to.include({ situation: 'unemployed' });
    // As if an answer of then had been taken out of the schema, and a flow out of the product.
    dialog.flow!.answers.situation = 'between-jobs';
    dialog.parked = [{ id: 'horoscope', answers: { sign: 'leo' }, intent: 'i1' }];
    const { sim, service, person, reads } = await upgraded(changed);
    await sim.until(reads());
    await sim.until(person.sends(person.message('hm')));
    expect(person.question).to.include({ flow: 'intake', question: 'situation' });
    await sim.until(person.goes('intake', 1));
    expect(person.hasHeard('intake.done.reference')).to.equal(true);
    expect(service.faults).to.deep.equal([]);

    dialog.flow = { id: 'horoscope', answers: {}, intent: 'i2' };
    const other = await upgraded(changed);
    await other.sim.until(other.person.sends(other.person.message('hm')));
    expect(other.person.question.choices.length, 'the menu').to.be.greaterThan(3);
    expect(other.service.faults).to.deep.equal([]);
  });

  after(() => {
    tellRow(
      `R15 ${sums.conversations}/${sums.conversations} half-done conversations of ${releases.length} release(s) go on`,
    );
  });
});
