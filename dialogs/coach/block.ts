import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Appointment } from '../../src/domain/appointments/appointment.ts';
import { mostDays } from '../../src/domain/coaches/block-time.ts';
import type { Text } from '../../src/domain/text.ts';
import { defineFlow, type Option } from '../engine/flow.ts';
import type { Services } from '../services.ts';
import { endsOf, hoursOr, hoursText } from './hours.ts';
import { asCoach } from './services.ts';

const parts = ['day', 'morning', 'afternoon', 'days'] as const;
const partHours = { day: '00:00-24:00', morning: '00:00-12:00', afternoon: '12:00-24:00', days: '00:00-24:00' };
/** Days offered as buttons; any other date can be written. */
const daysShown = 6;

/** Keeps a time free of new meetings. */
export const block = defineFlow({
  id: 'block',
  answers: z.object({ day: z.iso.date(), hours: hoursOr(parts), last: z.iso.date() }),
  questions: [
    { ask: 'day', options: (_, services) => nextDays(services), between: range, show: dayText },
    {
      ask: 'hours',
      free: true,
      options: () => parts.map((value) => ({ value, label: { key: `block.hours.options.${value}` } })),
      show: partText,
    },
    { ask: 'last', when: { hours: 'days' }, between: range, show: dayText },
  ],
  review: true,
  async complete({ day, hours, last }, services, intent) {
    const lastDay = hours === 'days' ? last : day;
    const days = DateTime.fromISO(lastDay).diff(DateTime.fromISO(day), 'days').days;
    if (days < 0) return { again: 'last', because: { key: 'block.last.tooEarly' } };
    if (days >= mostDays) return { again: 'last', because: { key: 'block.last.tooMany', with: { count: mostDays } } };
    const ends = endsOf(partHours[hours as keyof typeof partHours] ?? hours);
    const inside = await asCoach(services).calendar.block({ firstDay: day, lastDay, ...ends }, intent);
    const many = { first: dayText(day), last: dayText(lastDay) };
    const done =
      lastDay === day ? { key: 'block.done.one', with: { day: dayText(day) } } : { key: 'block.done.many', with: many };
    return { say: [done, ...staying(inside)] };
  },
});

/** Meetings are never cancelled by the way. */
function staying(inside: Appointment[]): Text[] {
  if (inside.length === 0) return [];
  const lines = inside.map(({ start, name }): Text => {
    const when: Text = { at: start, as: 'moment' };
    return name === undefined ? when : { key: 'meeting.and', with: { before: when, part: name } };
  });
  return [{ lines: [{ key: 'block.done.meetings' }, ...lines, { key: 'block.done.meetingsStay' }] }];
}

function nextDays({ now }: Services): Option[] {
  const days: Option[] = [];
  for (let day = now.startOf('day'); days.length < daysShown; day = day.plus({ days: 1 })) {
    if (day.weekday > 5) continue;
    const date = day.toISODate()!;
    days.push({ value: date, label: { at: date, as: 'day' }, at: date });
  }
  return days;
}

function range({ now }: Services): [string, string] {
  return [now.toISODate()!, now.plus({ years: 1 }).toISODate()!];
}

function dayText(day: string): Text {
  return { at: day, as: 'day' };
}

function partText(hours: string): Text {
  return hours in partHours ? { key: `block.hours.options.${hours}` } : hoursText(hours);
}
