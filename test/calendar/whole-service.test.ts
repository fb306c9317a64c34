import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { Activity } from '../../src/bot/activity.ts';
import type { CalendarDay } from '../../src/domain/appointments/appointment.ts';
import { createService } from '../../src/service.ts';
import { HandClock } from '../support/clock.ts';
import { porvoo, texts } from '../support/coach-office.ts';
import { type Journey, journeys } from '../support/journeys.ts';
import { MemoryDocuments } from '../support/memory-documents.ts';
import { Person } from '../support/person.ts';
import { PlayedGraph } from '../support/played-graph.ts';

const mailboxes = porvoo.coaches.map(({ upn, email }) => upn ?? email);
const booking: Journey = {
  ...journeys.booking!,
  steps: {
    ...journeys.booking!.steps,
    'booking.kind': 'teams',
    'booking.phone': '040 000 0007',
    'booking.slot': { place: 0 },
    'booking.interpreterLanguage': { place: 0 },
  },
};

/** The whole service with an Outlook at the other end, and somebody in the chat. */
async function stage(language: string) {
  const clock = new HandClock('2026-11-23T10:00:00+02:00');
  const documents = new MemoryDocuments(clock.now);
  const outlook = await new PlayedGraph(mailboxes).start();
  const logged: string[] = [];
  const write = (record: unknown, message?: unknown) => void logged.push(JSON.stringify({ record, message }));
  const { conversations, relay } = createService({
    documents,
    municipality: porvoo,
    t: texts,
    log: { info: write, warn: write, error: write },
    mail: async () => 'sent',
    now: clock.now,
    timers: clock.timers,
    newId: randomUUID,
    graph: outlook.client(clock.now, 150),
  });
  await conversations.start({ conversationId: 'chat', userId: 'dl_chat', language });
  let waited = 0;
  /** Time goes on while somebody waits for an answer, so that what is waited for can be counted. */
  async function line(incoming: Parameters<typeof conversations.receive>[1]): Promise<Activity[]> {
    const began = clock.time;
    let isOver = false;
    const turn = conversations.receive('chat', incoming).finally(() => {
      isOver = true;
    });
    while (!isOver) {
      await clock.pass(1);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    const { activities } = await turn;
    waited = Math.max(waited, clock.time - began);
    return activities;
  }
  const person = await new Person('mira', line, language).joins();
  const books = async () => {
    for (let next = person.next(booking); next; next = person.next(booking)) await person.sends(next);
  };
  const hears = async () => (await conversations.since('chat', 0)).activities.filter(({ from }) => from.role === 'bot');
  const events = () => mailboxes.flatMap((one) => outlook.eventsOf(one));
  const end = async () => {
    await relay.stop();
    await outlook.stop();
  };
  return {
    clock,
    documents,
    conversations,
    outlook,
    relay,
    person,
    books,
    hears,
    events,
    logged,
    end,
    slowest: () => waited,
  };
}

describe('The service with Outlook', function () {
  this.timeout(60_000);

  for (const language of texts.languages) {
    it(`gives the link of a meeting on Teams in the chat, as a link (${language})`, async () => {
      const { relay, books, hears, events, end } = await stage(language);
      await books();
      await relay.sweep();
      const [event, ...more] = events();
      expect(more).to.deep.equal([]);
      const link = event!.onlineMeeting!.joinUrl;
      const told = (await hears()).filter(({ text = '' }) => text.includes(link));
      expect(told.map(({ channelData }) => channelData?.links)).to.deep.equal([[link]]);
      expect(told[0]!.text).to.include(texts.say({ key: 'outlook.join', with: { link } }, language));
      await end();
    });
  }

  it('takes the event away when the coach cancels on the card', async () => {
    const { documents, conversations, relay, books, events, end } = await stage('fi');
    await books();
    await relay.sweep();
    expect(events()).to.have.length(1);
    const day = documents.all<CalendarDay>('calendars').find(({ appointments }) => appointments.length > 0)!;
    const { partition: coach, id } = day;
    const about = { collection: 'calendars', partition: coach, id, appointment: day.appointments[0]!.id };
    const conversationId = `coach-${coach}`;
    await conversations.start({ conversationId, userId: `dl_${conversationId}`, language: 'fi', coach });
    const value = { act: 'cancel', about, 'cancel-reason': 'ill', 'cancel-free': 'true' };
    await conversations.receive(conversationId, { type: 'message', value });
    await relay.sweep();
    expect(events()).to.deep.equal([]);
    await end();
  });

  it('offers no time at which the coaches are busy', async () => {
    const { outlook, person, books, end } = await stage('fi');
    const [start, until] = ['2026-11-23T00:00:00+02:00', '2026-12-05T00:00:00+02:00'];
    for (const mailbox of mailboxes) outlook.busy.set(mailbox, [{ start, end: until, status: 'oof' }]);
    await books();
    const said = person.told('booking.done.booked').join();
    expect(said)
      .to.match(/ \d+\.12\. klo/)
      .and.not.match(/ [1-4]\.12\. klo/);
    await end();
  });

  it('books while Outlook is silent: nobody waits longer than two seconds, and the event comes later', async () => {
    const { clock, outlook, relay, person, books, events, logged, end, slowest } = await stage('en');
    outlook.behave = () => ({ lost: 'hang' });
    await books();
    expect(person.hasHeard('booking.done.booked')).to.equal(true);
    expect(slowest()).to.be.below(2_500);
    await relay.sweep();
    expect(events()).to.deep.equal([]);
    expect(logged.join()).to.include('our own calendar alone');
    for (const personal of ['Mira', '040', ...mailboxes, 'token-', outlook.settings.clientSecret])
      expect(logged.join()).not.to.include(personal);
    outlook.behave = () => 'ok';
    clock.time += 60_000;
    await relay.sweep();
    expect(events()).to.have.length(1);
    await end();
  });
});
