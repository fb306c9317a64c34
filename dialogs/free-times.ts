import type { AppointmentTopic } from '../src/domain/appointments/appointment.ts';
import type { MeetingKind } from '../src/domain/municipalities/pack.ts';
import type { Text } from '../src/domain/text.ts';
import type { Answers, Option } from './engine/flow.ts';
import { slotText } from './meeting-words.ts';
import type { Services } from './services.ts';

const timesShown = 5;
const daysShown = 6;

/** What free times are wanted for; `coach` is the person's own, `moves` the appointment being moved. */
export interface Wish {
  topic: AppointmentTopic;
  kind: MeetingKind;
  coach?: string;
  moves?: string;
}

/** How the times are shown: from the start, later ones, those of a day, the days, with anybody. */
interface Look {
  after?: string;
  day?: string;
  /** Pages of days, from 0. */
  days?: number;
  anybody?: boolean;
}

/** Whether the person's own coach has any time; undefined when nobody has one. */
export async function whoHasTimes(wish: Wish, { appointments }: Services): Promise<'own' | 'anybody' | undefined> {
  const { topic, kind, coach } = wish;
  if (coach !== undefined && (await appointments.free({ topic, kind, coach, limit: 1 })).length > 0) return 'own';
  return (await appointments.free({ topic, kind, limit: 1 })).length > 0 ? 'anybody' : undefined;
}

/** The free times to choose from, and the other ways to look; never without a way on. */
export async function freeTimes(wish: Wish, services: Services, shown: Record<string, unknown>): Promise<Option[]> {
  const look = shown as Look;
  const who = await whoHasTimes(wish, services);
  if (who === undefined) return noTimes(wish, services);
  const isOwn = who === 'own' && !look.anybody;
  const coach = isOwn ? wish.coach : undefined;
  const others = who === 'own' ? { anybody: isOwn, own: !isOwn } : {};
  if (look.days !== undefined) {
    return [...(await days({ ...wish, coach }, services, look)), ...ways({ ...others, first: true })];
  }
  const { topic, kind } = wish;
  const query = { topic, kind, ...(coach && { coach }), ...(look.day && { day: look.day }) };
  const times = await services.appointments.free({
    ...query,
    ...(look.after && { after: look.after }),
    limit: timesShown,
  });
  const last = times.at(-1)?.start;
  const more = last ? (await services.appointments.free({ ...query, after: last, limit: 1 })).length > 0 : false;
  const keep: Look = { ...(look.anybody && { anybody: true }), ...(look.day && { day: look.day }) };
  return [
    ...times.map((slot) => {
      const value = { ...slot, kind };
      return { value, label: slotText(value, services.municipality, !isOwn), at: slot.start };
    }),
    ...(more ? [way('more', { ...keep, after: last })] : []),
    way('day', { ...(look.anybody && { anybody: true }), days: 0 }),
    ...ways({ ...others, first: times.length === 0 }),
  ];
}

async function days({ topic, kind, coach }: Wish, { appointments }: Services, look: Look): Promise<Option[]> {
  const from = (look.days ?? 0) * daysShown;
  const found = await appointments.days({ topic, kind, ...(coach && { coach }), limit: from + daysShown + 1 });
  const keep = look.anybody ? { anybody: true } : {};
  const options = found.slice(from, from + daysShown).map((day): Option => {
    return { value: day, label: { at: day, as: 'day' }, at: day, look: { ...keep, day } };
  });
  return found.length > from + daysShown
    ? [...options, way('later', { ...keep, days: (look.days ?? 0) + 1 })]
    : options;
}

function ways({ anybody, own, first }: { anybody?: boolean; own?: boolean; first?: boolean }): Option[] {
  return [
    ...(anybody ? [way('anybody', { anybody: true })] : []),
    ...(own ? [way('own', {})] : []),
    ...(first && !own ? [way('first', {})] : []),
  ];
}

function way(name: string, look: Look): Option {
  return { value: name, label: { key: `booking.slot.ways.${name}` }, look: { ...look } };
}

function noTimes({ topic, moves }: Wish, { appointments }: Services): Option[] {
  // Without a kind the question about it is asked anew.
  const given: Answers = { topic, kind: null, ...(moves && { moves }) };
  const other = { value: 'kind', label: { key: 'booking.slot.ways.kind' }, goes: { flow: 'booking', given } };
  return [person, ...(appointments.kinds(topic).length > 1 ? [other] : [])];
}

/** The way to a person, for whoever finds nothing that suits. */
export const person: Option = {
  value: 'person',
  label: { key: 'commands.person.0' } satisfies Text,
  goes: { flow: 'contact' },
};
