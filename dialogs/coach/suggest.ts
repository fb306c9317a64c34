import { z } from 'zod';
import type { MyClient } from '../../src/domain/coaches/my-clients.ts';
import { type Match, type Need, needsOf } from '../../src/domain/directory/match.ts';
import type { Text } from '../../src/domain/text.ts';
import { hasCode } from '../../src/errors.ts';
import { defineFlow, type Option } from '../engine/flow.ts';
import { needs } from '../referral.ts';
import { matchText, nameOfService, needText } from '../referral-words.ts';
import type { Services } from '../services.ts';
import { asCoach } from './services.ts';

const clientsShown = 12;
const servicesShown = 5;
const nobody = 'nobody';

interface Answers {
  client?: string;
  what?: string;
}

/** Finds a service for a client and suggests it to them; the client looks at it in the chat and decides. */
export const suggest = defineFlow({
  id: 'suggest',
  answers: z.object({
    client: z.string(),
    what: z.string().trim().min(1).max(200),
    service: z.string(),
    words: z.string().trim().min(1).max(500).nullable(),
  }),
  questions: [
    {
      ask: 'client',
      options: async (_, services) => {
        const mine = await asCoach(services).clients();
        const options = mine.slice(0, clientsShown).map((one): Option => ({ value: one.id, label: clientText(one) }));
        return options.length > 0 ? options : [{ value: nobody, label: { key: 'suggest.client.nobody' } }];
      },
    },
    {
      ask: 'what',
      when: { client: { not: [nobody] } },
      dependsOn: ['client'],
      free: true,
      options: async (answers, services) => {
        const own = needsOf((await clientIn(answers, services))?.path.intakes[0]?.answers ?? {});
        return [...new Set([...own, ...needs])].map((value) => ({ value, label: needText(value) }));
      },
      show: (what: string) => (isNeed(what) ? needText(what) : what),
    },
    {
      ask: 'service',
      when: { client: { not: [nobody] } },
      dependsOn: ['client', 'what'],
      tell: async (answers, services) => {
        const found = await matches(answers, services);
        return found.length === 0 ? [{ key: 'suggest.service.none' }] : found.map(matchText);
      },
      options: async (answers, services) => {
        const found = await matches(answers, services);
        const options = found.map(({ service }): Option => ({ value: service.id, label: service.name }));
        const again = { flow: 'suggest', given: { client: answers.client } };
        return [...options, { value: nobody, label: { key: 'suggest.service.other' }, goes: again }];
      },
      show: (service: string, services) => nameOfService(service, services),
    },
    { ask: 'words', when: { client: { not: [nobody] } } },
  ],
  review: false,
  async complete({ client, what, service, words }, services, intent) {
    if (client === nobody) return { say: [{ key: 'suggest.nobody' }] };
    const named = { service: nameOfService(service, services) };
    try {
      const request = { client, service, needs: isNeed(what) ? [what] : [], ...(words && { words }) };
      await asCoach(services).directory.suggest(request, intent);
      return { say: [{ key: 'suggest.done', with: named }] };
    } catch (error) {
      if (hasCode(error, 'notReached')) return { say: [{ key: 'suggest.notReached', with: named }] };
      throw error;
    }
  },
});

function isNeed(what: string): what is Need {
  return (needs as string[]).includes(what);
}

async function clientIn({ client }: Answers, services: Services): Promise<MyClient | undefined> {
  return (await asCoach(services).clients()).find(({ id }) => id === client);
}

async function matches(answers: Answers, services: Services): Promise<Match[]> {
  const { what = '' } = answers;
  const search = isNeed(what) ? { need: what } : { words: what };
  return asCoach(services).directory.find(await clientIn(answers, services), search, servicesShown);
}

/** A client as the coach knows them: by name, and by the reference that no two have. */
function clientText({ name, reference = '' }: MyClient): Text {
  return {
    key: name === undefined ? 'suggest.client.nameless' : 'suggest.client.named',
    with: { name: name ?? '', reference },
  };
}
