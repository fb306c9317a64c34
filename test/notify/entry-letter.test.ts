import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createCalendarSender } from '../../src/calendar/sender.ts';
import { createMailSender } from '../../src/notify/mail.ts';
import type { Parcel } from '../../src/notify/sender.ts';
import { CalendarDesk } from '../support/calendar-desk.ts';
import { texts } from '../support/coach-office.ts';
import { momentOf, readCalendar, textOf } from '../support/read-calendar.ts';

/** The calendar file of a mail, and the words around it. */
function open(mail: string): { calendar: ReturnType<typeof readCalendar>; method: string; whole: string } {
  const part = /Content-Type: text\/calendar[^\n]*method=(\w+)[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/.exec(mail);
  if (!part) throw new Error('no calendar in the mail');
  const isBase64 = part[0].includes('base64');
  const plain = isBase64
    ? Buffer.from(part[2]!, 'base64').toString()
    : Buffer.from(
        part[2]!
          .replace(/=\r\n/g, '')
          .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      ).toString();
  return { calendar: readCalendar(plain.endsWith('\r\n') ? plain : `${plain}\r\n`), method: part[1]!, whole: mail };
}

describe('An invitation by mail to the coach, where there is no Outlook,', function () {
  this.timeout(20_000);
  let desk: CalendarDesk;
  let folder: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'polku-entries-'));
    desk = await new CalendarDesk().start({ withOutlook: false });
  });
  afterEach(async () => {
    await desk.stop();
    rmSync(folder, { recursive: true });
  });

  /** Delivers the calendar items that wait, and answers the mails that came of it by name. */
  async function post(): Promise<Map<string, string>> {
    const { documents, town: municipality } = desk;
    const mail = createMailSender({ folder, documents, municipality, t: texts, linkFor: async () => undefined });
    const send = createCalendarSender({ documents, municipality, t: texts, mail, now: desk.clock.now });
    for (const day of desk.days()) {
      const ref = { collection: 'calendars' as const, partition: day.partition, id: day.id };
      for (const item of (day.outbox ?? []).filter(({ kind }) => kind === 'calendar')) {
        const parcel: Parcel = { item, ref, document: day };
        expect(await send(parcel)).to.equal('sent');
      }
    }
    return new Map(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
  }

  it('puts the meeting into their calendar, changes it when it moves and takes it out, as one entry', async () => {
    const [first, second] = await desk.times('ada');
    const booked = await desk.book('eva', 'one', first!);
    const invited = open((await post()).get(`${booked.id}-invitation.eml`)!);
    expect(invited.method).to.equal('REQUEST');
    const read = (lines: typeof invited.calendar) =>
      ['METHOD', 'UID', 'SEQUENCE', 'STATUS'].map((name) => textOf(lines, name));
    expect(read(invited.calendar)).to.deep.equal(['REQUEST', `${booked.id}@polku`, '0', 'CONFIRMED']);
    expect(momentOf(invited.calendar, 'DTSTART')).to.equal(Date.parse(first!.start));
    expect(textOf(invited.calendar, 'ATTENDEE')).to.match(/ada@town\.example$/i);
    expect(textOf(invited.calendar, 'SUMMARY')).to.equal(`Klientmöte på kontoret\\, ${booked.reference}`);

    const moved = await desk.book('eva', 'two', second!, 'office', booked.id);
    const mails = await post();
    expect([...mails.keys()].sort()).to.deep.equal(
      [`${booked.id}-invitation.eml`, `${moved.id}-invitation.eml`].sort(),
    );
    expect(read(open(mails.get(`${moved.id}-invitation.eml`)!).calendar)).to.deep.equal([
      'REQUEST',
      `${booked.id}@polku`,
      '1',
      'CONFIRMED',
    ]);

    const [other] = await desk.times('cid');
    const away = await desk.book('eva', 'three', other!, 'office', moved.id);
    const left = await post();
    expect(read(open(left.get(`${moved.id}-cancellation.eml`)!).calendar)).to.deep.equal([
      'CANCEL',
      `${booked.id}@polku`,
      '2',
      'CANCELLED',
    ]);
    expect(read(open(left.get(`${away.id}-invitation.eml`)!).calendar)).to.deep.equal([
      'REQUEST',
      `${booked.id}@polku`,
      '2',
      'CONFIRMED',
    ]);

    await desk.cancel('eva', away.id);
    const last = open((await post()).get(`${away.id}-cancellation.eml`)!);
    expect(read(last.calendar)).to.deep.equal(['CANCEL', `${booked.id}@polku`, '3', 'CANCELLED']);
    for (const mail of left.values())
      for (const personal of ['Kim', '040 000 0000', 'eva']) expect(mail).not.to.include(personal);
  });
});
