import { z } from 'zod';
import type { Referral } from '../src/domain/referrals/referral.ts';
import type { Text } from '../src/domain/text.ts';
import { type Answers, defineFlow } from './engine/flow.ts';
import { nameOfService } from './referral-words.ts';
import type { Services } from './services.ts';

/** "Did you get there?", asked by the service some time after a place was given; the referral is given as `referral`. */
export const outcome = defineFlow({
  id: 'outcome',
  answers: z.object({ got: z.union([z.boolean(), z.literal('notNow')]) }),
  wanted: async (given, services) => {
    const referral = await find(given, services);
    return referral !== undefined && !referral.outcome && ['accepted', 'started'].includes(referral.state);
  },
  questions: [
    { ask: 'got', tell: async (answers, services) => whatItIsAbout(await find(answers, services), services) },
  ],
  review: false,
  async complete(answers, services, intent) {
    const answer = answers.got === 'notNow' ? 'notNow' : answers.got ? 'yes' : 'no';
    await services.referrals.outcome(String((answers as Answers).referral), answer, intent);
    return { say: [{ key: `outcome.done.${answer}` }] };
  },
});

async function find(answers: object, { clients }: Services): Promise<Referral | undefined> {
  const { referral } = answers as Answers;
  return (await clients.path()).referrals.find(({ id }) => id === referral);
}

function whatItIsAbout(referral: Referral | undefined, services: Services): Text[] {
  const accepted = referral?.history.findLast(({ state }) => state === 'accepted');
  if (!referral || !accepted) return [{ key: 'errors.notFound' }];
  const date: Text = { at: accepted.at, as: 'date' };
  return [{ key: 'outcome.accepted', with: { service: nameOfService(referral.service, services), date } }];
}
