import { z } from 'zod';
import type { Appointment, Slot } from '../src/domain/appointments/appointment.ts';
import type { Text } from '../src/domain/text.ts';
import { hasCode } from '../src/errors.ts';
import { calendarFile } from './booking.ts';
import { type Answers, defineFlow, type Option, type Outcome } from './engine/flow.ts';
import { coming, meetingFacts, wayThere } from './meeting-words.ts';
import { moveOf } from './my-appointment.ts';
import type { Services } from './services.ts';

/** The coach proposes another time for a meeting (`appointment`; `proposed`: its start): take it, keep the old, or look. */
export const proposedTime = defineFlow({
  id: 'proposed-time',
  answers: z.object({ do: z.string() }),
  // Taken, kept, moved or cancelled meanwhile: there is nothing left to ask.
  wanted: async (given, services) => (await find(given, services)) !== undefined,
  questions: [{ ask: 'do', options: async (answers, services) => whatToDo(await find(answers, services)) }],
  review: false,
  async complete(answers, services, intent) {
    const found = await find(answers, services);
    if (!found) return { say: [{ key: 'proposed-time.over' }] };
    if (answers.do === 'take') return take(found.meeting, found.slot, services, intent);
    await services.fromCoach.keepTime(found.meeting.id, intent);
    return { say: [{ key: 'proposed-time.kept', with: { when: moment(found.meeting.start) } }] };
  },
});

async function take(meeting: Appointment, slot: Slot, services: Services, intent: string): Promise<Outcome> {
  const { topic, kind, id } = meeting;
  const { municipality } = services;
  try {
    const moved = await services.appointments.book({ topic, kind, slot, moves: id }, intent);
    return {
      say: [
        { lines: [{ key: 'booking.done.moved' }, ...meetingFacts(moved, municipality)] },
        wayThere(moved, municipality),
      ],
      files: [calendarFile(moved, services)],
    };
  } catch (error) {
    if (hasCode(error, 'slotTaken')) {
      return { say: [{ key: 'proposed-time.taken', with: { when: moment(meeting.start) } }] };
    }
    if (hasCode(error, 'notFound')) return { say: [{ key: 'proposed-time.over' }] };
    throw error;
  }
}

interface Found {
  meeting: Appointment;
  slot: Slot;
}

async function find(given: object, services: Services): Promise<Found | undefined> {
  const { appointment, proposed } = given as Answers;
  const meeting = coming(await services.clients.path(), services).find(({ id }) => id === appointment);
  if (!meeting?.proposed || meeting.proposed.kept !== undefined) return undefined;
  const { slot } = meeting.proposed;
  return slot.start === proposed ? { meeting, slot } : undefined;
}

function whatToDo(found: Found | undefined): Option[] {
  const choice = (value: string, at?: string): Option => {
    const key = `proposed-time.ways.${value}`;
    const label: Text = at === undefined ? { key } : { key, with: { when: moment(at) } };
    return { value, label, ...(at !== undefined && { at }) };
  };
  if (!found) return [{ ...choice('path'), goes: { flow: 'my-path' } }];
  const { meeting, slot } = found;
  return [choice('take', slot.start), choice('keep', meeting.start), { ...choice('other'), goes: moveOf(meeting) }];
}

function moment(at: string): Text {
  return { at, as: 'moment' };
}
