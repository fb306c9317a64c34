import { expect } from 'chai';
import type { Documents } from '../../src/domain/documents.ts';
import type { CaseRef } from '../../src/domain/notices.ts';
import { buttonsOf, cardOf, monday } from '../support/coach-office.ts';
import { dying } from '../support/dying-documents.ts';
import { MemoryDocuments } from '../support/memory-documents.ts';
import { ilona, PathScene } from '../support/path-scene.ts';
import { isFull, tellRow } from '../support/row.ts';

const filled = {
  'certify-what': 'hygiene',
  'certify-from': 'Riveria',
  'certify-on': '2026-11-20',
  'close-outcome': 'education',
};

/** What a press must have come to, once. */
const outcomes: Record<string, (scene: PathScene, where: string) => Promise<void>> = {
  async certify(scene, where) {
    expect(await scene.certificates(), where).to.have.length(1);
    expect(told(await scene.clientSees(), 'Hygieniapassi'), where).to.equal(1);
  },
  async close(scene, where) {
    expect((await scene.clientNow()).ended, where).to.include({ outcome: 'education', by: ilona });
    expect(told(await scene.clientSees(), 'aloitat koulutuksen'), where).to.equal(1);
  },
};

const told = (sees: string[], words: string) => sees.filter((text) => text.includes(words)).length;

function started(documents: Documents, time: number, clientId: string): PathScene {
  const scene = new PathScene(documents);
  scene.clock.time = time;
  scene.clientId = clientId;
  return scene;
}

describe('A press of a coach that gives a certificate or ends a path', () => {
  for (const [act, cameToPass] of Object.entries(outcomes)) {
    it(`comes to pass once (${act}), at whichever call to the store the process dies`, async function () {
      this.timeout(120_000);
      let time = Date.parse(monday);
      const now = () => time;
      const before = new MemoryDocuments(now);
      const first = started(before, time, '');
      const about = await first.begins();
      const { data } = buttonsOf(cardOf(await first.shows(ilona, about))).find((one) => one.data.act === act)!;
      const press = async (scene: PathScene, of: CaseRef) => {
        const value = { ...data, ...filled, about: of };
        const again = { type: 'message' as const, value, channelData: { clientActivityID: 'the-press' } };
        await scene.conversations.receive(`coach-${ilona}`, again);
        await scene.relay.sweep();
      };
      let crashes = 0;
      for (let call = 1, last = false; !last; call += isFull ? 1 : 2) {
        for (const when of ['before', 'after'] as const) {
          time = Date.parse(monday);
          const store = before.fork(now);
          const death = dying(store, { call, when });
          const dead = started(death.documents, time, first.clientId);
          await press(dead, about).catch(() => undefined);
          await dead.relay.stop();
          last = death.calls() < call;
          crashes++;
          time += 70_000;
          const next = started(store, time, first.clientId);
          await next.conversations.finishCrashed();
          await press(next, about);
          time += 180_000;
          next.clock.time = time;
          await next.relay.sweep();
          await cameToPass(next, `${when} call ${call}`);
        }
      }
      tellRow(`R5 (${act}) ${crashes} crashes at the calls of one press: 0 lost, 0 doubled`);
    });
  }
});
