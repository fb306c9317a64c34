import { z } from 'zod';
import type { Appointment, Slot } from '../src/domain/appointments/appointment.ts';
import { offersLeft } from '../src/domain/appointments/waiting.ts';
import type { Text } from '../src/domain/text.ts';
import { hasCode } from '../src/errors.ts';
import { calendarFile } from './booking.ts';
import { type Answers, defineFlow, type Outcome } from './engine/flow.ts';
import { callUs, coming, meetingFacts, wayThere } from './meeting-words.ts';
import type { Services } from './services.ts';

/** A time that became free, offered by the service to who waits for an earlier one: `appointment` and `slot` are given. */
export const earlier = defineFlow({
  id: 'earlier',
  answers: z.object({ take: z.union([z.boolean(), z.literal('stop')]) }),
  wanted: async (given, services) => (await ownOf(given, services)) !== undefined,
  questions: [
    {
      ask: 'take',
      with: (answers) => ({ slot: { at: slotOf(answers)?.start ?? '', as: 'moment' } }),
    },
  ],
  review: false,
  async complete(answers, services, intent) {
    const own = await ownOf(answers, services);
    const slot = slotOf(answers);
    if (!own || !slot) return { say: [{ key: 'earlier.over' }] };
    if (answers.take === 'stop') {
      await services.appointments.wantEarlier(own.id, false, intent);
      return { say: [{ key: 'earlier.stopped' }] };
    }
    return answers.take ? take(own, slot, services, intent) : { say: [told('earlier.kept', own)] };
  },
});

function slotOf(answers: object): Slot | undefined {
  return (answers as { slot?: Slot }).slot;
}

/** The person's own meeting, as long as the offer is for an earlier time. */
async function ownOf(answers: object, services: Services): Promise<Appointment | undefined> {
  const { appointment } = answers as Answers;
  const slot = slotOf(answers);
  const own = coming(await services.clients.path(), services).find(({ id }) => id === appointment);
  return own && slot && Date.parse(slot.start) < Date.parse(own.start) ? own : undefined;
}

async function take(own: Appointment, slot: Slot, services: Services, intent: string): Promise<Outcome> {
  const { municipality, appointments } = services;
  try {
    const meeting = await appointments.book({ topic: own.topic, kind: own.kind, slot, moves: own.id }, intent);
    return {
      say: [
        { lines: [{ key: 'booking.done.moved' }, ...meetingFacts(meeting, municipality)] },
        wayThere(meeting, municipality),
      ],
      files: [calendarFile(meeting, services)],
    };
  } catch (error) {
    if (hasCode(error, 'slotTaken')) {
      const more = offersLeft(own) > 0 ? 'earlier.left' : 'earlier.lastOne';
      return { say: [told('earlier.lost', own), { key: more }] };
    }
    if (hasCode(error, 'tooLateToMove')) return { say: [callUs('booking.tooLateToMove', municipality)] };
    if (hasCode(error, 'notFound')) return { say: [{ key: 'earlier.over' }] };
    throw error;
  }
}

function told(key: string, { start }: Appointment): Text {
  return { key, with: { own: { at: start, as: 'moment' } } };
}
