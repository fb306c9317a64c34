import { expect } from 'chai';
import { dayRef } from '../../src/domain/appointments/coach-day.ts';
import { dayOf } from '../../src/domain/appointments/free.ts';
import { linksIn } from '../../src/domain/appointments/join-text.ts';
import { remindOfMeeting } from '../../src/domain/appointments/remind.ts';
import { eraseClient } from '../../src/domain/clients/erase.ts';
import { hasCode } from '../../src/errors.ts';
import { CalendarDesk } from '../support/calendar-desk.ts';
import { texts } from '../support/coach-office.ts';
import { seeded } from '../support/faults.ts';
import type { GraphCallSeen } from '../support/played-graph.ts';
import type { Behaviour } from '../support/played-teams.ts';
import { amount, seed, tellRow } from '../support/row.ts';

describe('A meeting in the coach’s calendar in Outlook', function () {
  this.timeout(60_000);
  let desk: CalendarDesk;
  beforeEach(async () => {
    desk = await new CalendarDesk().start();
  });
  afterEach(() => desk.stop());

  it('is made, moved and taken away with the meeting', async () => {
    const [first, , later] = await desk.times('ben');
    const booked = await desk.book('eva', 'one', first!);
    await desk.settle();
    const [event] = desk.outlook.eventsOf('ben.sign-in@town.example');
    expect(event).to.deep.include({ showAs: 'busy', sensitivity: 'private', transactionId: booked.id });
    expect(desk.differences()).to.deep.equal([]);

    const moved = await desk.book('eva', 'two', later!, 'office', booked.id);
    await desk.settle();
    expect(desk.outlook.eventsOf('ben.sign-in@town.example').map(({ id }) => id)).to.deep.equal([event!.id]);
    expect(desk.differences()).to.deep.equal([]);

    const [other] = await desk.times('ada');
    const away = await desk.book('eva', 'three', other!, 'office', moved.id);
    await desk.settle();
    expect(desk.outlook.eventsOf('ben.sign-in@town.example')).to.deep.equal([]);
    expect(desk.differences()).to.deep.equal([]);

    await desk.cancel('eva', away.id);
    await desk.settle();
    expect(desk.outlook.eventsOf('ada@town.example')).to.deep.equal([]);
    expect(desk.mails).to.deep.equal([]);
  });

  it('says how and where it is and its reference in the coach’s language, and nothing of the client', async () => {
    const [slot] = await desk.times('ada');
    const { reference } = await desk.book('eva', 'one', slot!);
    await desk.settle();
    const [event] = desk.outlook.eventsOf('ada@town.example');
    expect(event!.subject).to.equal(`Klientmöte på kontoret, ${reference}`);
    expect(event!.location).to.deep.equal({ displayName: 'office, office 1' });
    const said = JSON.stringify(desk.outlook.calls.map(({ body }) => body));
    for (const personal of ['Kim Esimerkki', '040 000 0000', 'eva', 'chat']) expect(said).not.to.include(personal);
  });

  it('has a link when it is on Teams, which the client hears once, and which stays when the time moves', async () => {
    const [slot, , later] = await desk.times('cid', 5, 'teams');
    const meeting = await desk.book('eva', 'one', slot!, 'teams');
    await desk.deliver();
    const [event] = desk.outlook.eventsOf('cid@town.example');
    const link = event!.onlineMeeting!.joinUrl;
    expect(desk.days().flatMap(({ appointments }) => appointments.map(({ joinUrl }) => joinUrl))).to.deep.equal([link]);
    expect(desk.chat.map(({ say }) => texts.say(say[0]!, 'fi'))).to.deep.equal([
      `Tapaamisesi on Teamsissa ${texts.say({ at: slot!.start, as: 'moment' }, 'fi')}. Linkki on valmis, etkä tarvitse tekstiviestiä.\nLiity tapaamiseen tästä: ${link}`,
    ]);
    const moved = await desk.book('eva', 'two', later!, 'teams', meeting.id);
    expect(moved.joinUrl).to.equal(link);
    await desk.settle();
    expect(desk.chat).to.have.length(1);
    const day = dayRef('cid', dayOf(moved.start, desk.town));
    await remindOfMeeting(desk.act('eva', 'reminder'), day, moved.id);
    await desk.deliver();
    expect(desk.chat.flatMap(({ say }) => say).flatMap(linksIn)).to.deep.equal([link, link]);
    expect(desk.differences()).to.deep.equal([]);
  });

  it('is made once though Outlook took it and nobody heard so', async () => {
    const [slot] = await desk.times('ada');
    let lost = 0;
    desk.outlook.behave = ({ method, kind }) =>
      kind === 'events' && method === 'POST' && lost++ < 3 ? { lost: 'reset', accept: true } : 'ok';
    await desk.book('eva', 'one', slot!);
    await desk.settle();
    expect(desk.differences()).to.deep.equal([]);
  });

  it('goes by mail where there is no such calendar, or none that we may write', async () => {
    const [slot] = await desk.times('ada');
    desk.outlook.behave = ({ kind }) => (kind === 'events' ? { status: 403 } : 'ok');
    const meeting = await desk.book('eva', 'one', slot!);
    await desk.settle();
    expect(desk.mails.map(({ id }) => id)).to.deep.equal([`${meeting.id}-invitation`]);
    desk.outlook.mailboxes.delete('ada@town.example');
    desk.outlook.behave = () => 'ok';
    const [other] = await desk.times('ada');
    const second = await desk.book('tom', 'two', other!);
    await desk.settle();
    expect(desk.mails.at(-1)!.id).to.equal(`${second.id}-invitation`);
  });

  it('goes by mail when Outlook has been silent for half a day, and the meeting stands all the while', async () => {
    const [slot] = await desk.times('ada', 20);
    desk.outlook.behave = ({ kind }) => (kind === 'token' ? { status: 503 } : 'ok');
    const began = desk.clock.time;
    const meeting = await desk.book('eva', 'one', slot!);
    await desk.settle();
    expect((desk.clock.time - began) / 3_600_000).to.be.within(6, 14);
    expect(desk.mails.map(({ id }) => id)).to.deep.equal([`${meeting.id}-invitation`]);
  });

  it('waits as long as Outlook asks for, and for a token that is taken', async () => {
    const [slot] = await desk.times('ada');
    await desk.book('eva', 'one', slot!);
    let told = 0;
    desk.outlook.behave = ({ kind }) => (kind === 'events' && told++ === 0 ? { status: 429, retryAfter: 90 } : 'ok');
    const began = desk.clock.time;
    await desk.settle();
    expect(desk.clock.time - began).to.equal(90_000);
    // A token that is good by its own word is refused: another one is asked for, once.
    desk.outlook.revoke();
    const [next] = await desk.times('ada');
    await desk.book('tom', 'two', next!);
    await desk.deliver();
    expect(desk.differences()).to.deep.equal([]);
    expect(desk.outlook.calls.filter(({ kind }) => kind === 'token').length).to.equal(2);
  });

  it('is taken away when the client is erased', async () => {
    const [slot] = await desk.times('ada');
    await desk.book('eva', 'one', slot!);
    await desk.settle();
    await eraseClient(desk.act('eva', 'erase'));
    await desk.settle();
    expect(desk.outlook.eventsOf('ada@town.example')).to.deep.equal([]);
  });
});

describe('Calendars when Outlook fails', function () {
  this.timeout(1_800_000);

  it('hold exactly one right event for each meeting in the end', async () => {
    const clients = amount(60, 300);
    const random = seeded(seed);
    const pick = (below: number) => Math.floor(random() * below);
    const desk = await new CalendarDesk().start({ processes: 2, timeout: 120 });
    const coaches = desk.town.coaches.map(({ id }) => id);
    let calls = 0;
    let failed = 0;
    desk.outlook.behave = (call) => {
      calls++;
      if (random() >= 0.3) return 'ok';
      failed++;
      return faultFor(call, random);
    };
    const done = { booked: 0, moved: 0, cancelled: 0, erased: 0 };
    const open = new Map<string, string>();
    for (let step = 0; done.booked < clients || step < clients * 4; step++) {
      const client = `c${pick(clients)}`;
      const has = open.get(client);
      const does =
        has === undefined ? 'book' : (['move', 'move', 'cancel', 'erase'] as const)[pick(12) > 0 ? pick(3) : 3];
      const kind = pick(2) ? 'teams' : 'office';
      try {
        if (does === 'cancel') {
          await desk.cancel(client, has!);
          open.delete(client);
          done.cancelled++;
        } else if (does === 'erase') {
          await eraseClient(desk.act(client, `erase-${step}`));
          open.delete(client);
          done.erased++;
        } else {
          const slots = await desk.times(coaches[pick(coaches.length)]!, 2 + pick(30), kind);
          if (slots.length === 0) continue;
          const meeting = await desk.book(client, `book-${step}`, slots[pick(slots.length)]!, kind, has);
          open.set(client, meeting.id);
          done[has === undefined ? 'booked' : 'moved']++;
        }
      } catch (error) {
        if (!hasCode(error, 'slotTaken') && !hasCode(error, 'tooLateToMove')) throw error;
      }
      // Now and then the outbox gets a word in between, as time goes by.
      if (pick(4) === 0) await desk.deliver();
      desk.clock.time += pick(4_000);
    }
    await desk.settle();
    expect(desk.differences(), `replay with SEED=${seed}`).to.deep.equal([]);
    expect(desk.mails, `replay with SEED=${seed}`).to.deep.equal([]);
    const standing = coaches.flatMap((id) =>
      desk.outlook.eventsOf(desk.town.coaches.find((one) => one.id === id)!.upn ?? `${id}@town.example`),
    );
    tellRow(
      `Outlook: ${done.booked} bookings, ${done.moved} moves, ${done.cancelled} cancelled, ${done.erased} erased; ${failed} of ${calls} calls failed; ${standing.length} meetings stand, each one right event, 0 ghosts (seed ${seed})`,
    );
    await desk.stop();
  });
});

function faultFor({ method, kind }: GraphCallSeen, random: () => number): Behaviour {
  const accept = random() < 0.5;
  const dice = random();
  if (dice < 0.02) return { lost: 'hang', accept };
  const faults: Behaviour[] = [
    { status: 502, accept },
    { status: 500, accept },
    { status: 503, retryAfter: 3 },
    { lost: 'reset', accept },
    { status: 429 },
    { status: 429, retryAfter: 7 },
    { status: 412 },
    { status: 409 },
    ...(kind === 'token' ? [] : [{ status: 401 }]),
    ...(kind === 'events' && method === 'POST' ? [{ lost: 'reset' as const, accept: true }] : []),
  ];
  return faults[Math.floor(random() * faults.length)]!;
}
