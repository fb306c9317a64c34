import { z } from 'zod';
import type { ClientPath } from '../src/domain/clients/path.ts';
import type { Suggestion } from '../src/domain/coaches/suggestion.ts';
import type { Text } from '../src/domain/text.ts';
import { type Answers, defineFlow, type Option } from './engine/flow.ts';
import { coachName } from './meeting-words.ts';
import { placeLines } from './offer-words.ts';
import { matchText, nameOfService, serviceOf } from './referral-words.ts';
import type { Services } from './services.ts';

/** Version of the text `suggested.place.consent`; a new one whenever its meaning changes. */
const consentVersion = '2026-11';

/**
 * A service or an employer's place that the coach thought of (`suggestion`): the person looks at it and decides. A service
 * is gone to as any other; of a place the coach hears that the person wants it.
 */
export const suggested = defineFlow({
  id: 'suggested',
  answers: z.object({ do: z.string() }),
  wanted: async (given, services) => {
    const found = await find(given, services);
    return found !== undefined && found.accepted === undefined && found.over === undefined;
  },
  questions: [
    {
      ask: 'do',
      tell: async (answers, services) => whatItIs(await find(answers, services), services),
      options: async (answers, services) => whatToDo(await find(answers, services), services),
    },
  ],
  review: false,
  async complete(answers, services, intent) {
    // What was answered before a crash is answered again with the same words.
    const found = await find(answers, services, true);
    if (!found) return { say: [{ key: 'suggested.over' }] };
    const named = { coach: coachName(found.coach, services.municipality) };
    if (found.place && answers.do === 'yes') {
      if (!(await services.fromCoach.place(found.place))) return { say: [{ key: 'suggested.place.gone' }] };
      await services.fromCoach.acceptPlace(found.id, consentVersion, intent);
      return { say: [{ key: 'suggested.place.accepted', with: named }] };
    }
    await services.fromCoach.declineSuggestion(found.id, intent);
    return { say: [{ key: found.place ? 'suggested.place.declined' : 'suggested.declined', with: named }] };
  },
});

/** Suggestions that wait for an answer: not answered, not taken up since, and of a service that is still there. */
export function openSuggestions({ suggestions, referrals }: ClientPath, services: Services): Suggestion[] {
  return suggestions.filter((found) => {
    if (found.declinedAt !== undefined || found.accepted || found.over) return false;
    if (found.place) return true;
    if (!serviceOf(found.service ?? '', services)) return false;
    return !referrals.some(({ service, createdAt, state }) => {
      return service === found.service && state !== 'draft' && Date.parse(createdAt) >= Date.parse(found.createdAt);
    });
  });
}

/** Open places that the client has said yes to: they can still change their mind. */
export function acceptedPlaces({ suggestions }: ClientPath): Suggestion[] {
  return suggestions.filter(({ accepted, over }) => accepted !== undefined && over === undefined);
}

/** The suggestion that is looked at, if there is still something to answer; a declined one only when asked for. */
async function find(given: object, services: Services, orDeclined = false): Promise<Suggestion | undefined> {
  const { suggestion } = given as Answers;
  const path = await services.clients.path();
  const declined = orDeclined ? path.suggestions.filter(({ declinedAt }) => declinedAt !== undefined) : [];
  // A place that was closed while it was looked at is told of as closed.
  const over = path.suggestions.filter((one) => one.over !== undefined);
  const all = [...openSuggestions(path, services), ...acceptedPlaces(path), ...over, ...declined];
  return all.find(({ id }) => id === suggestion);
}

async function whatItIs(found: Suggestion | undefined, services: Services): Promise<Text[]> {
  if (found?.place) {
    const place = await services.fromCoach.place(found.place);
    if (!place) return [{ key: 'suggested.place.gone' }];
    const named = { coach: coachName(found.coach, services.municipality) };
    const more = found.accepted ? 'suggested.place.already' : 'suggested.place.consent';
    return [{ lines: placeLines(place) }, { key: more, with: named }];
  }
  const service = found && serviceOf(found.service ?? '', services);
  return service ? [matchText({ service, reasons: [] }), { key: 'suggested.free' }] : [{ key: 'suggested.over' }];
}

async function whatToDo(found: Suggestion | undefined, services: Services): Promise<Option[]> {
  const path: Option = { value: 'path', label: { key: 'suggested.ways.path' }, goes: { flow: 'my-path' } };
  if (!found) return [path];
  if (found.place) {
    const isOpen = (await services.fromCoach.place(found.place)) !== undefined;
    const way = (value: string): Option => ({ value, label: { key: `suggested.place.ways.${value}` } });
    if (found.accepted && !found.over) return [way('notAnyMore'), path];
    return isOpen ? [way('yes'), way('no')] : [path];
  }
  return serviceWays(found, services);
}

function serviceWays({ service = '', needs }: Suggestion, services: Services): Option[] {
  const choice = (value: string): Option => {
    return { value, label: { key: `suggested.ways.${value}`, with: { service: nameOfService(service, services) } } };
  };
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

/** What was suggested, in a few words. */
export function suggestedText({ service, place }: Suggestion, services: Services): Text {
  return place ? { key: `offer.kinds.${place.kind}` } : nameOfService(service ?? '', services);
}
