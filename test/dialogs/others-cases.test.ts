import { expect } from 'chai';
import type { Services } from '../../dialogs/services.ts';
import { collections, type Document } from '../../src/domain/documents.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { converse } from '../support/conversation.ts';
import { livedIn } from '../support/lived-in.ts';
import { tellRow } from '../support/row.ts';
import { wholeTown } from '../support/whole-town.ts';

/** What a stranger may get hold of: every id and reference of a client's documents. */
function marksOf(documents: Document[]): string[] {
  const marks = new Set<string>();
  const look = (value: unknown, name = ''): void => {
    if (typeof value === 'string' && /^(id|reference|hash|appointment|client)$/.test(name)) marks.add(value);
    else if (value !== null && typeof value === 'object') for (const key in value) look(value[key as never], key);
  };
  for (const document of documents) look(document);
  return [...marks].filter((mark) => mark.length > 6);
}

/** Everything that takes the id of a case, with the rest of what it asks. */
function tries(world: Services, id: string, intent: string): Record<string, () => unknown> {
  const slot = { coach: 'x', start: '2026-11-25T10:00:00+02:00', end: '2026-11-25T10:30:00+02:00', kind: 'phone' };
  return {
    correct: () => world.clients.correctIntake(id, { wantedWork: 'strange' }, intent),
    openLetter: () => world.clients.openLetter(id),
    move: () => world.appointments.book({ topic: 'firstMeeting', kind: 'phone', slot, moves: id } as never, intent),
    cancel: () => world.appointments.cancel(id, intent),
    earlier: () => world.appointments.wantEarlier(id, true, intent),
    withdraw: () => world.referrals.withdraw(id, intent),
    outcome: () => world.referrals.outcome(id, 'no', intent),
    feedback: () => world.feedback.give({ appointment: id } as never, { handled: 'badly' } as never, intent),
    decline: () => world.fromCoach.declineSuggestion(id, intent),
    acceptPlace: () => world.fromCoach.acceptPlace(id, '1', intent),
    keepTime: () => world.fromCoach.keepTime(id, intent),
    takeBack: () => world.offers.takeBack(id, 'filled' as never, intent),
    hide: () => world.certificates.hide(id, true, intent),
    remove: () => world.certificates.remove(id, intent),
    accept: () => world.plan.accept(1, intent),
    comment: () => world.plan.comment('strange', intent),
    call: () => world.contact.askToCall(id, '0400000009', intent),
  };
}

describe('The case of another client', () => {
  it('cannot be read or changed by whoever knows its ids and references', async function () {
    this.timeout(60_000);
    const documents = openSqlite(':memory:', { now: Date.now });
    const { hearsFromCoach } = await livedIn(documents);
    await hearsFromCoach();
    const coaches = wholeTown.coaches.map(({ id }) => id);
    const kept = async () => {
      const parts = collections.flatMap((collection) =>
        ['client-1', ...coaches].map((partition) => documents.list(collection, partition)),
      );
      return (await Promise.all(parts)).flat().map(({ document }) => document);
    };
    const before = await kept();
    const marks = marksOf(before.filter(({ partition, type }) => partition === 'client-1' || type === 'day'));
    const stranger = await converse({ documents, municipality: wholeTown, client: 'client-2' });
    let count = 0;
    for (const [n, mark] of marks.entries()) {
      for (const [name, attempt] of Object.entries(tries(stranger.world(), mark, `strange-${n}`))) {
        const got = await Promise.resolve(attempt()).catch((error: { code?: string }) => {
          expect(error.code, `${name} ${mark}`).to.be.a('string');
        });
        const told = JSON.stringify(got ?? null).replaceAll(mark, '');
        expect(
          marks.filter((other) => told.includes(other)),
          `${name} ${mark}`,
        ).to.deep.equal([]);
        count++;
      }
      await stranger.commands('startOver');
      await stranger.says(mark);
      for (const text of stranger.replies.map((reply) => reply.text.replaceAll(mark, ''))) {
        expect(
          marks.filter((other) => text.includes(other)),
          mark,
        ).to.deep.equal([]);
      }
      count++;
    }
    expect(JSON.stringify(await kept())).to.equal(JSON.stringify(before));
    tellRow(`S3 ${count} tries with ${marks.length} ids and references of another client: 0 disclosed, 0 changed`);
    await documents.close();
  });
});
