import { DateTime } from 'luxon';
import type { CalendarDay } from '../../domain/appointments/appointment.ts';
import { holdsTime } from '../../domain/appointments/free.ts';
import { timeOf } from './appointment.ts';
import { type Block, brief, type Card, card, line, sentence } from './blocks.ts';
import type { CardReader } from './reader.ts';

/** A coach's meetings of one day and what they have blocked, a line each, in order. */
export function dayLines(day: CalendarDay | undefined, reader: CardReader): Block[] {
  const { say } = reader;
  const meetings = (day?.appointments ?? []).filter(holdsTime).map((meeting) => {
    const { topic, kind, name, phone, state } = meeting;
    const mark = state === 'booked' ? undefined : say({ key: `cards.dayMarks.${state}` });
    const about = [say({ key: `cards.topics.${topic}` }), say({ key: `cards.kinds.${kind}` }), name, phone, mark];
    const text = about.flatMap((one) => (one === undefined ? [] : [brief(one)])).join(', ');
    return { start: meeting.start, block: line(timeOf(meeting, reader), text) };
  });
  const blocked = (day?.blocks ?? []).map((one) => ({
    start: one.start,
    block: line(timeOf(one, reader), say({ key: 'cards.blocked' })),
  }));
  return [...meetings, ...blocked]
    .sort((one, other) => Date.parse(one.start) - Date.parse(other.start))
    .map(({ block }) => block);
}

/** A coach's meetings of one day (local ISO date), in order. */
export function dayCard(day: CalendarDay | undefined, date: string, reader: CardReader): Card {
  const { say, language, municipality } = reader;
  const noon = DateTime.fromISO(`${date}T12:00`, { zone: municipality.zone }).toISO()!;
  const body = dayLines(day, reader);
  const title = say({ key: 'cards.dayIs', with: { day: { at: noon, as: 'day' } } });
  return card(language, title, body.length > 0 ? body : [sentence(say({ key: 'cards.dayEmpty' }))]);
}
