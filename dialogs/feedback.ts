import { z } from 'zod';
import { type FeedbackSubject, scores } from '../src/domain/clients/feedback.ts';
import { words } from '../src/domain/clients/intake.ts';
import type { Text } from '../src/domain/text.ts';
import { type Answers, defineFlow } from './engine/flow.ts';
import { coachName } from './meeting-words.ts';
import { nameOfService } from './referral-words.ts';
import type { Services } from './services.ts';

/** How it went, asked by the service once of each meeting and closed referral, given as `appointment` or `referral`. */
export const feedback = defineFlow({
  id: 'feedback',
  answers: z.object({
    score: z.enum([...scores, 'noThanks']),
    helped: z.union([z.boolean(), z.literal('unknown')]),
    more: words.nullable(),
  }),
  wanted: async (given, services) => {
    const { client, feedback } = await services.clients.path();
    const subject = await subjectOf(given, services);
    const isGiven = feedback.some(({ about }) => about.id === subject?.about.id);
    return subject !== undefined && !isGiven && client?.noFeedback === undefined;
  },
  questions: [
    {
      ask: 'score',
      tell: async (answers, services) => [(await subjectOf(answers, services))?.text ?? { key: 'errors.notFound' }],
    },
    { ask: 'helped', when: { score: { not: ['noThanks'] } } },
    { ask: 'more', when: { score: { not: ['noThanks'] } } },
  ],
  review: false,
  async complete(answers, services, intent) {
    const { score, helped, more } = answers;
    if (score === 'noThanks') {
      await services.feedback.refuse(intent);
      return { say: [{ key: 'feedback.never' }] };
    }
    const subject = await subjectOf(answers, services);
    if (!subject) return { say: [{ key: 'errors.notFound' }] };
    await services.feedback.give(subject.about, { score, helped, ...(more !== null && { words: more }) }, intent);
    const thanks = { say: [{ key: 'feedback.done' }] };
    const asks = services.municipality.panel && (await services.panel.askOnce(intent));
    return asks ? { ...thanks, start: { flow: 'panel', given: {} } } : thanks;
  },
});

async function subjectOf(
  answers: object,
  services: Services,
): Promise<{ about: FeedbackSubject; text: Text } | undefined> {
  const { appointment, referral } = answers as Answers;
  const { clients, municipality } = services;
  const path = await clients.path();
  const meeting = path.appointments.find(({ id }) => id === appointment);
  if (meeting) {
    const { id, start, coach } = meeting;
    const when: Text = { at: start, as: 'moment' };
    const text = { key: 'feedback.about.meeting', with: { when, coach: coachName(coach, municipality) } };
    return { about: { kind: 'meeting', id, of: coach }, text };
  }
  const closed = path.referrals.find(({ id }) => id === referral);
  if (!closed) return undefined;
  const { id, service } = closed;
  const text = { key: 'feedback.about.referral', with: { service: nameOfService(service, services) } };
  return { about: { kind: 'referral', id, of: service }, text };
}
