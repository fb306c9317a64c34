import { expect } from 'chai';
import fc from 'fast-check';
import type { Appointment } from '../../src/domain/appointments/appointment.ts';
import { calendarFile } from '../../src/notify/ics.ts';
import { clockChanges, momentsInHelsinki } from '../support/helsinki-clock.ts';
import { momentOf, readCalendar, textOf } from '../support/read-calendar.ts';

const minute = 60_000;
const words = { summary: 'Tapaaminen', description: 'Ota mukaan henkilökortti.', location: 'Mallikatu 1, Porvoo' };
const organizer = { name: 'Työllisyyspalvelut', email: 'palvelu@town.example' };
const zone = 'Europe/Helsinki';

function meeting(start: number, otherwise: Partial<Appointment> = {}): Appointment {
  const at = '2026-01-01T10:00:00Z';
  return {
    id: 'a1',
    reference: 'P-2345-67',
    client: 'c',
    coach: 'ada',
    place: 'office',
    topic: 'plan',
    kind: 'office',
    state: 'booked',
    language: 'fi',
    start: new Date(start).toISOString(),
    end: new Date(start + 45 * minute).toISOString(),
    sequence: 0,
    bookedAt: at,
    changedAt: at,
    handling: {},
    ...otherwise,
  };
}

function read(appointment: Appointment, said = words, by = organizer) {
  return readCalendar(calendarFile(appointment, { zone, words: said, organizer: by }));
}

describe('The calendar file of a meeting', () => {
  it('tells the very moment through its own VTIMEZONE, in all nights when the clock changes and on any day', function () {
    this.timeout(120_000);
    const nights = clockChanges().flatMap((day) => [...momentsInHelsinki(day, `${day} 06`, 15)].map(({ at }) => at));
    const first = Date.parse('2026-01-01T00:00:00Z');
    const days = Array.from({ length: 522 }, (_, week) => first + week * 7 * 24 * 60 * minute + 10 * 60 * minute);
    const wrong = [...nights, ...days].filter((start) => {
      const lines = read(meeting(start));
      return momentOf(lines, 'DTSTART') !== start || momentOf(lines, 'DTEND') !== start + 45 * minute;
    });
    console.log(
      `R14 ${nights.length + days.length} calendar files read back, ${wrong.length} wrong (20 clock changes)`,
    );
    expect(wrong.map((at) => new Date(at).toISOString())).to.deep.equal([]);
  });

  it('changes the same entry when the meeting moves, and takes it away when it is cancelled', () => {
    const start = Date.parse('2026-03-02T10:00:00+02:00');
    const about = (otherwise: Partial<Appointment>) => {
      const lines = read(meeting(start, otherwise));
      return ['METHOD', 'UID', 'SEQUENCE', 'STATUS', 'DTSTAMP'].map((name) => textOf(lines, name));
    };
    expect(about({})).to.deep.equal(['PUBLISH', 'a1@polku', '0', 'CONFIRMED', '20260101T100000Z']);
    const moved = { id: 'a2', uid: 'a1', sequence: 1, changedAt: '2026-01-02T10:00:00Z' };
    expect(about(moved)).to.deep.equal(['PUBLISH', 'a1@polku', '1', 'CONFIRMED', '20260102T100000Z']);
    const cancelled = { ...moved, state: 'cancelled-by-client' as const, sequence: 2 };
    expect(about(cancelled)).to.deep.equal(['CANCEL', 'a1@polku', '2', 'CANCELLED', '20260102T100000Z']);
  });

  it('says where a meeting on Teams is joined', () => {
    const joinUrl = 'https://teams.microsoft.com/l/meetup-join/19%3ameeting/0?context=%7b%22Tid%22%3a%221%22%7d';
    const start = Date.parse('2026-03-02T10:00:00+02:00');
    expect(textOf(read(meeting(start, { kind: 'teams', joinUrl })), 'URL')).to.equal(joinUrl);
    expect(textOf(read(meeting(start)), 'URL')).to.equal(undefined);
  });

  it('holds no line that somebody put there with a name or a place', () => {
    const start = Date.parse('2026-03-02T10:00:00+02:00');
    const names = read(meeting(start)).map(({ name }) => name);
    const evil = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 120 }),
      fc
        .array(
          fc.constantFrom(
            '\r\n',
            '\n',
            '\r',
            '\u2028',
            '\u0085',
            '\u0000',
            'ATTENDEE:x',
            'END:VEVENT',
            ';',
            ',',
            ':',
            '"',
            '\\',
            '\\n',
            'ä',
            '🙂',
          ),
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(evil, evil, evil, evil, (summary, description, location, name) => {
        const said = { summary: `a${summary}`, description: `a${description}`, location: `a${location}` };
        const lines = read(meeting(start), said, { name: `a${name}`, email: 'a@b.example' });
        expect(lines.map((line) => line.name)).to.deep.equal(names);
      }),
      { numRuns: 300 },
    );
  });
});
