import { expect } from 'chai';
import { DateTime } from 'luxon';
import { createBusyTimes } from '../../src/calendar/busy-times.ts';
import { createOutlookView } from '../../src/calendar/outlook-view.ts';
import { findFree, freeDays } from '../../src/domain/appointments/find-free.ts';
import { CalendarDesk } from '../support/calendar-desk.ts';
import type { MemoryDocuments } from '../support/memory-documents.ts';

/** What looks for free times of a desk as the service does: each reader with a view of their own. */
function looking(desk: CalendarDesk, coaches = desk.town.coaches) {
  const municipality = { ...desk.town, coaches };
  const write = (record: Record<string, unknown>, message: string) =>
    void desk.logged.push(JSON.stringify({ record, message }));
  const { now, timers } = desk.clock;
  const graph = desk.outlook.client(now, 150);
  const view = createOutlookView(createBusyTimes({ graph, municipality, log: { warn: write }, now }), {
    municipality,
    now,
    timers,
  });
  const moment = () => DateTime.fromMillis(now(), { zone: desk.town.zone });
  return {
    view,
    free: async (coach: string | undefined, day: string, documents: MemoryDocuments = desk.documents) => {
      const query = { topic: 'plan' as const, kind: 'office' as const, day, limit: 100, ...(coach && { coach }) };
      return (await findFree(view(documents), municipality, query, moment())).map(({ start }) => start.slice(11, 16));
    },
    days: (coach: string, limit: number) =>
      freeDays(view(desk.documents), municipality, { topic: 'plan', kind: 'office', coach, limit }, moment()),
  };
}

const monday = '2026-01-12';
const all = ['09:00', '10:00', '11:00', '12:00', '13:00', '14:00', '15:00'];

describe('Free times with Outlook', function () {
  this.timeout(30_000);
  let desk: CalendarDesk;
  beforeEach(async () => {
    desk = await new CalendarDesk().start();
  });
  afterEach(() => desk.stop());
  const busy = (mailbox: string, start: string, end: string, status = 'busy') => {
    const before = desk.outlook.busy.get(mailbox) ?? [];
    desk.outlook.busy.set(mailbox, [...before, { start: `${start}+02:00`, end: `${end}+02:00`, status }]);
  };

  it('leave out what is busy, tentative or away, and keep what is free or worked elsewhere', async () => {
    busy('ben.sign-in@town.example', `${monday}T10:30`, `${monday}T10:45`);
    busy('ben.sign-in@town.example', `${monday}T12:00`, `${monday}T13:00`, 'tentative');
    busy('ben.sign-in@town.example', `${monday}T14:15`, `${monday}T18:00`, 'oof');
    busy('ben.sign-in@town.example', `${monday}T09:00`, `${monday}T09:45`, 'free');
    busy('ben.sign-in@town.example', `${monday}T11:00`, `${monday}T11:45`, 'workingElsewhere');
    const { free } = looking(desk);
    expect(await free('ben', monday)).to.deep.equal(['09:00', '11:00', '13:00']);
    expect(await free('ada', monday)).to.deep.equal(all);
    expect(desk.documents.all('calendars')).to.deep.equal([]);
  });

  it('leave out whole days away, at the ends of which the local day counts', async () => {
    busy('ada@town.example', `${monday}T00:00`, '2026-01-14T00:00');
    const { free, days } = looking(desk);
    expect(await free('ada', monday)).to.deep.equal([]);
    expect(await free('ada', '2026-01-13')).to.deep.equal([]);
    expect(await free('ada', '2026-01-14')).to.deep.equal(all);
    expect(await days('ada', 8))
      .to.not.include(monday)
      .and.not.include('2026-01-13');
  });

  it('ask once for many coaches and days, and anew after a minute', async () => {
    const { free } = looking(desk);
    await free(undefined, monday);
    await Promise.all([free('ada', monday), free('ben', monday), free('cid', '2026-01-13')]);
    const asked = () => desk.outlook.calls.filter(({ kind }) => kind === 'schedule');
    expect(asked().map(({ body }) => (body.schedules as string[]).length)).to.deep.equal([3]);
    desk.clock.time += 61_000;
    busy('ada@town.example', `${monday}T09:00`, `${monday}T15:00`);
    expect(await free('ada', monday)).to.deep.equal(['15:00']);
    expect(asked()).to.have.length(2);
  });

  it('ask for twenty coaches at a time', async () => {
    const coaches = Array.from({ length: 45 }, (_, i) => ({
      ...desk.town.coaches[0]!,
      id: `c${i}`,
      email: `c${i}@town.example`,
    }));
    for (const { email } of coaches) desk.outlook.mailboxes.set(email, new Map());
    await looking(desk, coaches).free(undefined, monday);
    const sizes = desk.outlook.calls.flatMap(({ kind, body }) =>
      kind === 'schedule' ? [(body.schedules as string[]).length] : [],
    );
    expect(sizes).to.deep.equal([20, 20, 5]);
  });

  it('come from our own calendar alone when Outlook fails, is slow or does not know a coach, and the log says so', async () => {
    const answers = [
      () => ({ status: 502 }),
      () => ({ status: 429, retryAfter: 5 }),
      () => ({ status: 403 }),
      () => ({ lost: 'reset' as const }),
      () => ({ lost: 'hang' as const }),
    ];
    for (const behave of answers) {
      desk.outlook.behave = behave;
      const { free } = looking(desk);
      expect(await free('ada', monday)).to.deep.equal(all);
      const asked = desk.outlook.calls.length;
      // Nobody waits for it again so soon.
      expect(await free('ada', '2026-03-02')).to.deep.equal(all);
      expect(desk.outlook.calls.length).to.equal(asked);
    }
    expect(desk.logged).to.have.length(answers.length);
    expect(desk.logged.join()).to.include('our own calendar alone').and.not.include('town.example');
    desk.outlook.behave = () => 'ok';
    desk.outlook.mailboxes.delete('ada@town.example');
    busy('ben.sign-in@town.example', `${monday}T09:00`, `${monday}T15:00`);
    const { free } = looking(desk);
    expect(await free('ada', monday)).to.deep.equal(all);
    // The others are looked up all the same.
    expect(await free('ben', monday)).to.deep.equal(['15:00']);
    expect(await free(undefined, monday)).to.deep.equal(all);
    expect(desk.logged.at(-1)).to.include('some coaches').and.not.include('town.example');
  });

  it('wait two seconds for Outlook and no longer', async () => {
    const never = createOutlookView(() => new Promise(() => {}), {
      municipality: desk.town,
      now: desk.clock.now,
      timers: desk.clock.timers,
    })(desk.documents);
    const moment = DateTime.fromMillis(desk.clock.time, { zone: desk.town.zone });
    const began = desk.clock.time;
    const found = freeDays(never, desk.town, { topic: 'plan', kind: 'office', limit: 5 }, moment);
    let isThere = false;
    void found.then(() => {
      isThere = true;
    });
    while (!isThere) await desk.clock.pass(100);
    expect(await found).to.have.length(5);
    expect(desk.clock.time - began).to.be.within(2_000, 2_200);
  });
});
