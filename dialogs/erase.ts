import { z } from 'zod';
import type { Text } from '../src/domain/text.ts';
import { defineFlow } from './engine/flow.ts';
import { callUs, coming } from './meeting-words.ts';
import type { Services } from './services.ts';

/** Deletes everything about the person, after two separate questions. */
export const erase = defineFlow({
  id: 'erase',
  answers: z.object({ sure: z.boolean(), verySure: z.boolean() }),
  questions: [
    { ask: 'sure', tell: (_, services) => whatGoes(services) },
    { ask: 'verySure', when: { sure: true } },
  ],
  review: false,
  async complete({ sure, verySure }, services, intent) {
    if (!sure || !verySure) return { say: [{ key: 'erase.kept' }] };
    await services.clients.erase(intent);
    return { say: [{ key: 'erase.done' }], forget: true };
  },
});

async function whatGoes(services: Services): Promise<Text[]> {
  const { municipality } = services;
  const meetings = coming(await services.clients.path(), services);
  const statutory = meetings.some(({ topic }) => municipality.limits.statutoryTopics.includes(topic));
  return [
    { key: 'erase.whatGoes' },
    ...(meetings.length > 0 ? [{ key: 'erase.meetings' }] : []),
    ...(statutory ? [{ key: 'appointment.statutory' }, callUs('appointment.askFirst', municipality)] : []),
    { key: 'erase.whatStays' },
  ];
}
