import type { Opening, Weekday } from '../src/domain/municipalities/pack.ts';
import { weekdays } from '../src/domain/municipalities/pack.ts';
import type { Text } from '../src/domain/text.ts';
import type { Services } from './services.ts';

/** The first messages: who speaks, what it can do, how to reach a person. */
export function opening({ municipality }: Services): Text[] {
  const { contact, name, serviceName } = municipality;
  return [
    { key: 'opening.hello', with: { municipality: name, service: serviceName } },
    { key: 'opening.person', with: { phone: contact.phone, hours: hoursText(contact.hours) } },
  ];
}

/** Opening hours in words, consecutive days with the same hours together. */
export function hoursText(hours: Opening[]): Text {
  return {
    list: hours.map(({ days, from, to }) => ({
      key: 'opening.hours',
      with: { days: daysText(days), from: clockText(from), to: clockText(to) },
    })),
  };
}

/** A clock time of a pack ("09:30") as the language writes it. */
export function clockText(clock: string): Text {
  const [hour = '', minute = ''] = clock.split(':');
  return { key: 'opening.clock', with: { hour: Number(hour), minute } };
}

function daysText(days: Weekday[]): Text {
  const places = days.map((day) => weekdays.indexOf(day)).sort();
  const runs = places.at(-1)! - places[0]! === places.length - 1 && places.length > 2;
  const name = (place: number): Text => ({ key: `opening.days.${weekdays[place]}` });
  return runs
    ? { key: 'opening.fromTo', with: { from: name(places[0]!), to: name(places.at(-1)!) } }
    : { list: places.map(name) };
}
