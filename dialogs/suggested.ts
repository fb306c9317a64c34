import { z } from 'zod';
import type { Suggestion } from '../src/domain/coaches/suggestion.ts';
import type { Text } from '../src/domain/text.ts';
import { type Answers, defineFlow, type Option } from './engine/flow.ts';
import { coachName } from './meeting-words.ts';
import { matchText, nameOfService, serviceOf } from './referral-words.ts';
import type { Services } from './services.ts';

/** A service that the coach thought of (`suggestion`): the person looks at it and decides, as with any other service. */
export const suggested = defineFlow({
  id: 'suggested',
  answers: z.object({ do: z.string() }),
  wanted: async (given, services) => (await find(given, services)) !== undefined,
  questions: [
    {
      ask: 'do',
      tell: async (answers, services) => whatItIs(await find(answers, services), services),
      options: async (answers, services) => whatToDo(await find(answers, services), services),
    },
  ],
  review: false,
  async complete(answers, services, intent) {
    const found = await find(answers, services);
    if (!found) return { say: [{ key: 'suggested.over' }] };
    await services.fromCoach.declineSuggestion(found.id, intent);
    return { say: [{ key: 'suggested.declined', with: { coach: coachName(found.coach, services.municipality) } }] };
  },
});

/** The suggestion while it waits for an answer: not declined, and not taken up since. */
async function find(given: object, services: Services): Promise<Suggestion | undefined> {
  const found = await services.fromCoach.suggestion(String((given as Answers).suggestion));
  if (!found || found.declinedAt !== undefined || !serviceOf(found.service, services)) return undefined;
  const { referrals } = await services.clients.path();
  const taken = referrals.some(({ service, createdAt, state }) => {
    return service === found.service && state !== 'draft' && Date.parse(createdAt) >= Date.parse(found.createdAt);
  });
  return taken ? undefined : found;
}

function whatItIs(found: Suggestion | undefined, services: Services): Text[] {
  const service = found && serviceOf(found.service, services);
  return service ? [matchText({ service, reasons: [] }), { key: 'suggested.free' }] : [{ key: 'suggested.over' }];
}

function whatToDo(found: Suggestion | undefined, services: Services): Option[] {
  const choice = (value: string): Option => {
    const service = found === undefined ? '' : nameOfService(found.service, services);
    return { value, label: { key: `suggested.ways.${value}`, with: { service } } };
  };
  if (!found) return [{ ...choice('path'), goes: { flow: 'my-path' } }];
  const { service, needs } = found;
  const record = serviceOf(service, services);
  const given = { needs: needs.length > 0 ? needs : (record?.needs ?? []), service };
  return [
    ...(record?.referral
      ? [{ ...choice('refer'), goes: { flow: 'referral', given: { ...given, how: 'refer' } } }]
      : []),
    { ...choice('details'), goes: { flow: 'service', given: { service } } },
    choice('no'),
  ];
}
