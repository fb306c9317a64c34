import { expect } from 'chai';
import { DateTime } from 'luxon';
import { myCourse } from '../../../dialogs/my-course.ts';
import { pausePath, restOf, stopPath } from '../../../src/domain/clients/course.ts';
import { eraseClient } from '../../../src/domain/clients/erase.ts';
import type { Client } from '../../../src/domain/clients/path.ts';
import { addClient } from '../../../src/domain/coaches/my-clients.ts';
import { suggestService } from '../../../src/domain/coaches/suggestion.ts';
import type { Documents } from '../../../src/domain/documents.ts';
import { moveReferral } from '../../../src/domain/referrals/progress.ts';
import { createWorld } from '../../../src/world.ts';
import { CaseDesk } from '../../support/case-desk.ts';
import { cityOf, converseIn, isReferredIn, tellsIn } from '../../support/cities.ts';
import { type Conversation, texts } from '../../support/conversation.ts';
import { Days } from '../../support/days.ts';
import { dying } from '../../support/dying-documents.ts';

const town = cityOf('kuopio-askel');

/** Somebody with a meeting that is ten days off. */
async function withMeeting(): Promise<{ talk: Conversation; days: Days }> {
  const talk = await converseIn(town, 'fi');
  await tellsIn(talk, { topic: 'findWork', hinders: ['debts'], motherTongue: 'fi' });
  const { appointments } = talk.world();
  const after = talk.now.plus({ days: 9 }).toISODate()!;
  const [slot] = await appointments.free({ topic: 'plan', kind: 'phone', after, limit: 1 });
  await appointments.book({ topic: 'plan', kind: 'phone', slot: slot!, phone: '0400000001' }, 'b');
  return { talk, days: new Days(talk) };
}

const client = async (talk: Conversation): Promise<Client> => (await talk.world().clients.path()).client!;

describe('A path that rests', () => {
  it('brings no reminder of a meeting that the client keeps', async () => {
    const { talk, days } = await withMeeting();
    await talk.world().course.pause(undefined, 'pause');
    await days.pass({ days: 10 });
    expect(days.told).not.to.include('reminder.meeting');
  });

  it('goes on by itself on the day that was named, and brings reminders again', async () => {
    const { talk, days } = await withMeeting();
    await talk.world().course.pause(talk.now.plus({ days: 3 }).toISODate()!, 'pause');
    expect(restOf(await client(talk), talk.now.toMillis())?.is).to.equal('paused');
    await days.pass({ days: 3 });
    expect(restOf(await client(talk), talk.now.toMillis())).to.equal(undefined);
    await days.pass({ days: 7 });
    expect(days.told).to.include('reminder.meeting');
  });

  it('brings the reminder when the rest ends, if the meeting is still to come', async () => {
    const { talk, days } = await withMeeting();
    const [meeting] = (await talk.world().clients.path()).appointments;
    const eve = DateTime.fromISO(meeting!.start, { zone: town.zone }).minus({ days: 1 }).toISODate()!;
    await talk.world().course.pause(eve, 'pause');
    const hoursTo = (at: string) => Math.ceil((Date.parse(at) - talk.now.toMillis()) / 3_600_000);
    await days.pass({ hours: hoursTo(`${eve}T00:00+02:00`) - 1 });
    expect(days.told).to.deep.equal([]);
    await days.pass({ hours: 2 });
    expect(days.told.filter((key) => key === 'reminder.meeting')).to.have.length(1);
    await days.pass({ hours: 20 });
    expect(days.told.filter((key) => key === 'reminder.meeting')).to.have.length(1);
  });

  it('tells the client and the coach once that it is over, and nobody when the client has gone on or stopped before', async () => {
    const ends = async (meanwhile?: (talk: Conversation) => Promise<void>) => {
      const talk = await converseIn(town, 'fi');
      const days = new Days(talk);
      await tellsIn(talk, {});
      await talk.world().course.pause(talk.now.plus({ days: 3 }).toISODate()!, 'pause');
      await days.pass({ days: 1 });
      await meanwhile?.(talk);
      await days.pass({ days: 4 });
      return days.told.filter((key) => key === 'my-course.over.title').length;
    };
    expect(await ends()).to.equal(1);
    expect(await ends((talk) => talk.world().course.goOn('on'))).to.equal(0);
    expect(await ends((talk) => talk.world().course.stop('stop'))).to.equal(0);
    expect(await ends((talk) => talk.world().course.pause(undefined, 'longer'))).to.equal(0);
  });

  it('ends with the day in Finland, not before and not after, in winter and in summer', async () => {
    for (const [day, begins] of [
      ['2027-01-15', '2027-01-14T22:00:00Z'],
      ['2027-06-15', '2027-06-14T21:00:00Z'],
    ] as const) {
      const talk = await converseIn(town, 'fi');
      await tellsIn(talk, {});
      await talk.world().course.pause(day, 'pause');
      const rests = async (at: number) => restOf(await client(talk), at) !== undefined;
      expect(await rests(Date.parse(begins) - 1)).to.equal(true);
      expect(await rests(Date.parse(begins))).to.equal(false);
    }
  });

  it('hears news that matter, but is asked nothing, neither then nor when the chat is opened', async () => {
    const talk = await converseIn(town, 'fi');
    const days = new Days(talk);
    await tellsIn(talk, { topic: 'findWork', hinders: ['digital'], motherTongue: 'fi' });
    const { id } = await isReferredIn(talk, 'cv-in-a-morning');
    await talk.world().course.pause(undefined, 'pause');
    const { documents, now } = talk;
    const act = { documents, municipality: town, client: talk.client, now };
    await moveReferral(act, id, { state: 'declined', reason: 'sessionFull', by: 'partner' }, 1);
    await days.deliver();
    expect(days.told).to.include('news.referral.declined').and.not.include('ask feedback');
    await talk.isTold({ say: [], ask: { flow: 'feedback', given: { referral: id } } });
    await talk.joins();
    talk.isAsked('menu');
    await talk.world().course.goOn('on');
    await talk.joins();
    talk.isAsked('score');
  });

  it('puts the question whether the client got there off until they go on, and asks it once then', async () => {
    const asks = async (until: number | undefined, goesOn: boolean) => {
      const talk = await converseIn(town, 'fi');
      const days = new Days(talk);
      await tellsIn(talk, { topic: 'findWork', hinders: ['digital'], motherTongue: 'fi' });
      const { id } = await isReferredIn(talk, 'cv-in-a-morning');
      const { documents, now } = talk;
      const act = { documents, municipality: town, client: talk.client, now };
      await moveReferral(act, id, { state: 'accepted', startsOn: now.toISODate()!, by: 'partner' }, 1);
      await days.deliver();
      const day = until && talk.now.plus({ days: until }).toISODate()!;
      await talk.world().course.pause(day || undefined, 'pause');
      const asked = () => days.told.filter((key) => key === 'ask outcome').length;
      await days.pass({ days: 20 });
      const during = asked();
      if (goesOn) await talk.world().course.goOn('on');
      await days.pass({ days: 10 });
      if (goesOn) await talk.world().course.goOn('on-again');
      await days.deliver();
      return [during, asked()];
    };
    expect(await asks(undefined, true)).to.deep.equal([0, 1]);
    expect(await asks(25, false)).to.deep.equal([0, 1]);
    expect(await asks(undefined, false)).to.deep.equal([0, 0]);
    expect(await asks(3, false)).to.deep.equal([1, 1]);
  });

  it('keeps a coach from suggesting anything, and tells the coach why', async () => {
    const { talk } = await withMeeting();
    await talk.world().course.stop('stop');
    const { documents, now } = talk;
    const act = { documents, municipality: town, coach: 'hertta-kallavirta', now, intent: 'i' };
    const wish = { client: talk.client, service: 'cv-in-a-morning', needs: ['findWork' as const] };
    await suggestService(act, wish).then(
      () => expect.fail('it was suggested'),
      (error) => expect(error).to.include({ code: 'leftAlone' }),
    );
  });

  it('is seen in the coach’s list of clients, so that nobody is disturbed by mistake', async () => {
    const { talk } = await withMeeting();
    const desk = new CaseDesk(talk, 'hertta-kallavirta');
    const { documents, client: id } = talk;
    await addClient(documents, desk.who, id, undefined);
    expect(await desk.lists('clients')).not.to.match(/taukoa|rauhassa/);
    await talk.world().course.pause(undefined, 'pause');
    expect(await desk.lists('clients')).to.include('pitää taukoa');
    await talk.world().course.stop('stop');
    expect(await desk.lists('clients')).to.include('haluaa olla rauhassa');
  });

  it('that was stopped begins again when the client books, is referred, or says so', async () => {
    const { talk } = await withMeeting();
    const states = async () => (await client(talk)).course!.map(({ is }) => is);
    await talk.world().course.stop('stop');
    const { appointments } = talk.world();
    const [slot] = await appointments.free({ topic: 'plan', kind: 'phone', limit: 1 });
    await appointments.book({ topic: 'plan', kind: 'phone', slot: slot!, phone: '0400000001' }, 'c');
    expect(await states()).to.deep.equal(['stopped', 'on']);
    await talk.world().course.pause(undefined, 'pause');
    await isReferredIn(talk, 'housing-advice', ['housing']);
    expect(await states(), 'a pause stays a pause').to.deep.equal(['stopped', 'on', 'paused']);
    await talk.world().course.stop('stop-again');
    await isReferredIn(talk, 'social-guidance', ['housing']);
    expect((await states()).at(-1)).to.equal('on');
  });

  it('is decided once by one confirmation, and the coach hears of it once', async () => {
    const talk = await converseIn(town, 'fi');
    await tellsIn(talk, {});
    const { documents, now, client: id, language } = talk;
    const act = { documents, municipality: town, client: id, language, now, intent: 'i' };
    await Promise.all([pausePath(act, undefined), pausePath(act, undefined), pausePath(act, undefined)]);
    await stopPath({ ...act, intent: 'j' });
    await stopPath({ ...act, intent: 'j' });
    const { course, outbox = [] } = await client(talk);
    expect(course!.map(({ is }) => is)).to.deep.equal(['paused', 'stopped']);
    expect(outbox.filter(({ payload }) => payload.news === 'course').length).to.equal(2);
  });

  it('R5 is stopped whole when the process dies at any call of the confirmation and it is done again', async () => {
    let crashes = 0;
    for (let call = 1, last = false; !last; call++) {
      for (const when of ['before', 'after'] as const) {
        const { talk } = await withMeeting();
        await isReferredIn(talk, 'housing-advice', ['housing']);
        const death = dying(talk.documents, { call, when });
        const stop = (documents: Documents) => {
          const speaker = { client: talk.client, language: 'fi', now: talk.now, fence: async () => {} };
          const answers = { do: 'stop', meetings: 'cancel', referrals: 'withdraw', sure: 'yes' };
          const world = createWorld({ documents, municipality: town, t: texts }, speaker);
          return myCourse.complete(answers, world, 'one-intent');
        };
        await stop(death.documents).catch(() => undefined);
        last = death.calls() < call;
        await stop(talk.documents);
        const { client: own, appointments, referrals } = await talk.world().clients.path();
        expect(
          own!.course!.map(({ is }) => is),
          `${call} ${when}`,
        ).to.deep.equal(['stopped']);
        expect(appointments.map(({ state }) => state)).to.deep.equal(['cancelled-by-client']);
        expect(referrals.map(({ state }) => state)).to.deep.equal(['withdrawn']);
        crashes++;
      }
    }
    console.log(`      R5 (stopping a path) ${crashes} crashes at every call, 0 lost, 0 doubled`);
  });

  it('goes with everything else when the client has it deleted', async () => {
    const { talk } = await withMeeting();
    await talk.world().course.stop('stop');
    const { documents, now, client: id, language } = talk;
    await eraseClient({ documents, municipality: town, client: id, language, now, intent: 'e' });
    expect(await documents.list('clients', id)).to.deep.equal([]);
  });
});
