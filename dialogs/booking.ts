import { z } from 'zod';
import { type Appointment, type AppointmentTopic, appointmentTopics } from '../src/domain/appointments/appointment.ts';
import { restOf } from '../src/domain/clients/course.ts';
import { phoneNumber, words } from '../src/domain/clients/intake.ts';
import { chatDays, emailIn } from '../src/domain/clients/reach.ts';
import { type MeetingKind, meetingKinds } from '../src/domain/municipalities/pack.ts';
import type { Text } from '../src/domain/text.ts';
import { hasCode } from '../src/errors.ts';
import { defineFlow, type File } from './engine/flow.ts';
import { freeTimes, person, type Wish, whoHasTimes } from './free-times.ts';
import {
  callUs,
  changeLimits,
  coachName,
  coming,
  interpreterTongues,
  meetingFacts,
  slotText,
  tongueName,
  visits,
  wayThere,
} from './meeting-words.ts';
import { hoursText } from './opening.ts';
import type { Services } from './services.ts';

/** What the booking knows before it asks; `moves` names the appointment that gets a new time. */
interface Known {
  coach?: string;
  phoneTold?: string;
  tongue?: string;
  hasIntake: boolean;
  asksInterpreter: boolean;
  moves?: string;
  /** When the appointment that moves begins now (ISO 8601). */
  movesFrom?: string;
}

// A type of its own, so that only what somebody offers is shown, and not the whole list.
const topic = z.custom<AppointmentTopic>((value) => appointmentTopics.includes(value as AppointmentTopic));
const kind = z.custom<MeetingKind>((value) => meetingKinds.includes(value as MeetingKind));
const slot = z.object({ coach: z.string(), start: z.string(), end: z.string(), place: z.string(), kind });

/** Books a time with a coach, or moves one. */
export const booking = defineFlow({
  id: 'booking',
  answers: z.object({
    topic,
    kind,
    phone: phoneNumber,
    slot,
    interpreter: z.boolean(),
    interpreterLanguage: words,
    name: words.nullable(),
  }),
  given: whatIsKnown,
  questions: [
    {
      ask: 'topic',
      tell: (answers, services) => whatIsHeld(answers, services),
      options: (_, { appointments }) =>
        appointmentTopics
          .filter((one) => appointments.kinds(one).length > 0)
          .map((value) => ({ value, label: topicText(value) })),
      show: topicText,
    },
    {
      ask: 'kind',
      tell: (_, services) => walkIn(services),
      options: (answers, { appointments }) => {
        const kinds = appointments.kinds(answers.topic!);
        return kinds.length > 0 ? kinds.map((value) => ({ value, label: kindText(value) })) : [person];
      },
      show: kindText,
    },
    {
      ask: 'phone',
      when: { kind: ['phone', 'teams'] },
      free: true,
      with: ({ kind }) => ({ use: { key: `booking.phone.use.${kind}` } }),
      options: (answers) => {
        const { phoneTold } = answers as Partial<Known>;
        return phoneTold ? [{ value: phoneTold, label: phoneTold }] : [];
      },
    },
    {
      ask: 'slot',
      dependsOn: ['topic', 'kind'],
      tell: async (answers, services) => [...keptUntil(answers), await whoseTimes(answers as Wish, services)],
      options: (answers, services, look) => freeTimes(answers as Wish, services, look),
      show: (value: z.infer<typeof slot>, { municipality }) => slotText(value, municipality),
    },
    { ask: 'interpreter', when: { asksInterpreter: true } },
    {
      ask: 'interpreterLanguage',
      when: { interpreter: true },
      free: true,
      options: (answers) => {
        const { tongue } = answers as Partial<Known>;
        const own = tongue && interpreterTongues.includes(tongue) ? [tongue] : [];
        return [...new Set([...own, ...interpreterTongues])].map((value) => ({ value, label: tongueName(value) }));
      },
      show: tongueName,
    },
    { ask: 'name' },
  ],
  review: true,
  async complete(answers, services, intent) {
    const { moves, hasIntake } = answers as unknown as Known;
    const { kind: _, ...time } = answers.slot;
    const request = {
      topic: answers.topic,
      kind: answers.kind,
      slot: time,
      ...(answers.phone && { phone: answers.phone }),
      ...(answers.name && { name: answers.name }),
      ...(answers.interpreter && { interpreter: answers.interpreterLanguage }),
      ...(moves && { moves }),
    };
    try {
      const meeting = await services.appointments.book(request, intent);
      return {
        say: await whatWasBooked(meeting, services, moves !== undefined, hasIntake),
        files: [calendarFile(meeting, services)],
      };
    } catch (error) {
      if (hasCode(error, 'slotTaken')) return { again: 'slot', because: { key: 'errors.slotTaken' } };
      if (hasCode(error, 'tooLateToMove')) {
        return { say: [callUs('booking.tooLateToMove', services.municipality)] };
      }
      if (hasCode(error, 'tooManyAppointments')) {
        return { say: [{ key: 'errors.tooManyAppointments' }, callUs('booking.call', services.municipality)] };
      }
      if (hasCode(error, 'tooManyFromHere')) {
        return { say: [{ key: 'errors.tooManyFromHere' }, callUs('booking.call', services.municipality)] };
      }
      throw error;
    }
  },
});

async function whatIsKnown({ clients, language, municipality }: Services): Promise<Record<string, unknown>> {
  const { client, intakes } = await clients.path();
  const answers = intakes[0]?.answers ?? {};
  const wanted = client?.coach ?? intakes[0]?.routing.coach;
  const coach = municipality.coaches.find(({ id }) => id === wanted)?.id;
  const tongue = answers.motherTongue ?? undefined;
  const needs = answers.interpreter === true;
  const spoken = answers.interpreterLanguage ?? (tongue === 'other' ? undefined : tongue);
  const known: Known = {
    hasIntake: intakes.length > 0,
    asksInterpreter: needs || (answers.interpreter !== false && suggestsInterpreter(language, tongue)),
    ...(coach && { coach }),
    ...(answers.phone && { phoneTold: answers.phone }),
    ...(tongue && { tongue }),
  };
  return {
    ...known,
    ...(answers.name !== undefined && { name: answers.name }),
    ...(needs && { interpreter: true, ...(spoken && { interpreterLanguage: spoken }) }),
  };
}

/** Finnish and Swedish are spoken at every counter; whoever uses another language may want an interpreter. */
function suggestsInterpreter(language: string, tongue: string | undefined): boolean {
  const atCounter = ['fi', 'sv'];
  return tongue === undefined ? !atCounter.includes(language) : !atCounter.includes(tongue);
}

function topicText(value: AppointmentTopic): Text {
  return { key: `booking.topic.options.${value}` };
}

function kindText(value: MeetingKind): Text {
  return { key: `booking.kind.options.${value}` };
}

/** Where one may come without a booking; it is told, not booked. */
function walkIn({ municipality }: Services): Text[] {
  const lines = municipality.places.flatMap(({ name, walkIn: hours }) =>
    hours.map((opening) => ({
      key: 'booking.walkIn.line',
      with: { place: name, hours: hoursText([opening]), note: opening.note },
    })),
  );
  return lines.length > 0 ? [{ lines: [{ key: 'booking.walkIn.title' }, ...lines] }] : [];
}

/** Times that the person has already; one of them may be meant. */
async function whatIsHeld(answers: object, services: Services): Promise<Text[]> {
  if ((answers as Partial<Known>).moves) return [];
  const held = coming(await services.clients.path(), services);
  return held.map(({ start }) => ({ key: 'booking.held', with: { when: { at: start, as: 'moment' as const } } }));
}

/** Whoever moves a time loses nothing by looking. */
function keptUntil(answers: object): Text[] {
  const { movesFrom } = answers as Partial<Known>;
  return movesFrom ? [{ key: 'booking.slot.moving', with: { when: { at: movesFrom, as: 'moment' } } }] : [];
}

async function whoseTimes(wish: Wish, services: Services): Promise<Text> {
  const who = await whoHasTimes(wish, services);
  if (who === undefined) return callUs('booking.slot.nothing', services.municipality);
  const coach = wish.coach === undefined ? '' : coachName(wish.coach, services.municipality);
  if (who === 'own') return { key: 'booking.slot.own', with: { coach } };
  return wish.coach === undefined ? { key: 'booking.slot.anybody' } : { key: 'booking.slot.ownBusy', with: { coach } };
}

async function whatWasBooked(
  meeting: Appointment,
  services: Services,
  moved: boolean,
  hasIntake: boolean,
): Promise<Text[]> {
  const { municipality } = services;
  const bring = visits.includes(meeting.kind) ? 'visit' : meeting.kind;
  return [
    { lines: [{ key: moved ? 'booking.done.moved' : 'booking.done.booked' }, ...meetingFacts(meeting, municipality)] },
    wayThere(meeting, municipality),
    { key: `booking.done.bring.${bring}` },
    ...(await reminder(meeting, services)),
    ...(hasIntake ? [] : [{ key: 'booking.done.intake' }]),
    { lines: [changeLimits(meeting, services), { key: 'booking.done.notDecision' }, { key: 'booking.done.calendar' }] },
  ];
}

/** A reminder is promised only where it can be given. */
async function reminder({ start }: Appointment, { clients, municipality, now }: Services): Promise<Text[]> {
  const { reminderHours } = municipality.timers;
  const at = Date.parse(start) - reminderHours * 3_600_000;
  const path = await clients.path();
  const stays = path.client?.conversation !== undefined && at < now.plus({ days: chatDays }).toMillis();
  if (at <= now.toMillis() || !stays || (path.client && restOf(path.client, at))) return [];
  const both = emailIn(path.intakes) !== undefined;
  return [{ key: `reminder.will.${both ? 'both' : 'chat'}`, with: { hours: reminderHours } }];
}

/** The meeting as a calendar file. */
export function calendarFile(meeting: Appointment, { appointments }: Services): File {
  return { name: { key: 'meeting.file' }, contentType: 'text/calendar', text: appointments.ics(meeting) };
}
