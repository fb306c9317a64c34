import { DateTime } from 'luxon';
import type { CalendarDay } from '../../domain/appointments/appointment.ts';
import { timeOf } from './appointment.ts';
import { type Card, card, line, sentence } from './blocks.ts';
import type { CardReader } from './reader.ts';

/** A coach's meetings of one day (local ISO date), in order. */
export function dayCard(day: CalendarDay | undefined, date: string, reader: CardReader): Card {
  const { say, language, municipality } = reader;
  const noon = DateTime.fromISO(`${date}T12:00`, { zone: municipality.zone }).toISO()!;
  const meetings = (day?.appointments ?? [])
    .filter(({ state }) => state === 'booked' || state === 'seen' || state === 'no-show')
    .sort((one, other) => Date.parse(one.start) - Date.parse(other.start));
  const body = meetings.map((meeting) => {
    const { topic, kind, name, phone } = meeting;
    const about = [say({ key: `cards.topics.${topic}` }), say({ key: `cards.kinds.${kind}` })];
    return line(timeOf(meeting, reader), [...about, name, phone].filter((one) => one !== undefined).join(', '));
  });
  const title = say({ key: 'cards.dayIs', with: { day: { at: noon, as: 'day' } } });
  return card(language, title, body.length > 0 ? body : [sentence(say({ key: 'cards.dayEmpty' }))]);
}
