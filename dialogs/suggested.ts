import { z } from 'zod';
import type { ClientPath } from '../src/domain/clients/path.ts';
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

/** Suggestions that wait for an answer: not declined, not taken up since, and of a service that is still there. */
export function openSuggestions({ suggestions, referrals }: ClientPath, services: Services): Suggestion[] {
  return suggestions.filter((found) => {
    if (found.declinedAt !== undefined || !serviceOf(found.service, services)) return false;
    return !referrals.some(({ service, createdAt, state }) => {
      return service === found.service && state !== 'draft' && Date.parse(createdAt) >= Date.parse(found.createdAt);
    });
  });
}

async function find(given: object, services: Services): Promise<Suggestion | undefined> {
  const { suggestion } = given as Answers;
  return openSuggestions(await services.clients.path(), services).find(({ id }) => id === suggestion);
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
