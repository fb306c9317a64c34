import { z } from 'zod';
import type { Appointment } from '../src/domain/appointments/appointment.ts';
import { mayWait, offersLeft } from '../src/domain/appointments/waiting.ts';
import type { Text } from '../src/domain/text.ts';
import { hasCode } from '../src/errors.ts';
import { calendarFile } from './booking.ts';
import { type Answers, defineFlow, type Option } from './engine/flow.ts';
import { callUs, changeLimits, coming, mayChange, meetingFacts, wayThere } from './meeting-words.ts';
import type { Services } from './services.ts';

/** One appointment of the person, given as `appointment`: see it, move it, cancel it. */
export const myAppointment = defineFlow({
  id: 'appointment',
  answers: z.object({ do: z.string(), sure: z.boolean() }),
  questions: [
    {
      ask: 'do',
      tell: async (answers, services) => whatIsBooked(await find(answers, services), services),
      options: async (answers, services) => whatToDo(await find(answers, services), services),
    },
    {
      ask: 'sure',
      when: { do: 'cancel' },
      tell: async (answers, services) => whatFollows(await find(answers, services), services),
    },
  ],
  review: false,
  async complete(answers, services, intent) {
    const meeting = await find(answers, services);
    if (answers.do === 'calendar' && meeting) {
      return { say: [{ key: 'appointment.calendar' }], files: [calendarFile(meeting, services)] };
    }
    if (meeting && (answers.do === 'earlier' || answers.do === 'notEarlier')) {
      const wants = answers.do === 'earlier';
      const waiting = await services.appointments.wantEarlier(meeting.id, wants, intent);
      return { say: [{ key: wants ? 'earlier.waiting' : 'earlier.stopped', with: { count: offersLeft(waiting) } }] };
    }
    if (answers.do !== 'cancel' || !answers.sure) return { say: [{ key: 'appointment.kept' }] };
    try {
      const { start } = await services.appointments.cancel(String((answers as Answers).appointment), intent);
      return { say: cancelled(start, meeting, services) };
    } catch (error) {
      if (hasCode(error, 'tooLateToCancel'))
        return { say: [callUs('appointment.tooLateToCancel', services.municipality)] };
      throw error;
    }
  },
});

async function find(answers: object, services: Services): Promise<Appointment | undefined> {
  const { appointment } = answers as Answers;
  return coming(await services.clients.path(), services).find(({ id }) => id === appointment);
}

function whatIsBooked(meeting: Appointment | undefined, services: Services): Text[] {
  if (!meeting) return [{ key: 'errors.notFound' }];
  const { municipality } = services;
  return [
    { lines: meetingFacts(meeting, municipality) },
    wayThere(meeting, municipality),
    changeLimits(meeting, services),
  ];
}

function whatToDo(meeting: Appointment | undefined, services: Services): Option[] {
  const choice = (value: string): Option => ({ value, label: { key: `appointment.do.options.${value}` } });
  const path = { ...choice('path'), goes: { flow: 'my-path' } };
  if (!meeting) return [path];
  return [
    ...(mayChange(meeting, 'move', services) ? [{ ...choice('move'), goes: moveOf(meeting) }] : []),
    ...(mayChange(meeting, 'cancel', services) ? [choice('cancel')] : []),
    ...earlierTime(meeting, services),
    ...proposal(meeting),
    choice('calendar'),
    path,
  ];
}

/** Whoever has to wait long may ask for an earlier time, and may leave the list. */
function earlierTime(meeting: Appointment, { municipality, now }: Services): Option[] {
  if (meeting.waiting) return [{ value: 'notEarlier', label: { key: 'earlier.stop' } }];
  return mayWait(meeting, municipality, now) ? [{ value: 'earlier', label: { key: 'earlier.want' } }] : [];
}

/** The coach's proposal of another time, as long as it has no answer. */
function proposal({ id, proposed }: Appointment): Option[] {
  if (!proposed || proposed.kept !== undefined) return [];
  const { start } = proposed.slot;
  const goes = { flow: 'proposed-time', given: { appointment: id, proposed: start } };
  return [
    { value: 'proposed', label: { key: 'proposed-time.look', with: { when: { at: start, as: 'moment' } } }, goes },
  ];
}

/** A move is a booking that knows what it replaces and all that need not be asked again. */
export function moveOf({ id, start, topic, kind, coach, phone, name, interpreter }: Appointment): Option['goes'] {
  const given = {
    moves: id,
    movesFrom: start,
    topic,
    kind,
    coach,
    name: name ?? null,
    ...(phone !== undefined && { phone }),
    asksInterpreter: interpreter !== undefined,
    ...(interpreter !== undefined && { interpreter: true, interpreterLanguage: interpreter }),
  };
  return { flow: 'booking', given };
}

/** A statutory meeting may matter for benefits: it is said before it is cancelled, and nothing is reckoned. */
function whatFollows(meeting: Appointment | undefined, services: Services): Text[] {
  const { municipality } = services;
  if (!meeting || !municipality.limits.statutoryTopics.includes(meeting.topic)) return [];
  return [
    { key: 'appointment.statutory' },
    callUs('appointment.askFirst', municipality),
    ...(mayChange(meeting, 'move', services) ? [{ key: 'appointment.mayMove' }] : []),
  ];
}

function cancelled(start: string, meeting: Appointment | undefined, { municipality }: Services): Text[] {
  const when: Text = { at: start, as: 'moment' };
  const isStatutory = meeting && municipality.limits.statutoryTopics.includes(meeting.topic);
  return [
    { key: 'appointment.cancelled', with: { when } },
    { key: isStatutory ? 'appointment.bookAnew' : 'appointment.mayBookAnew' },
  ];
}
