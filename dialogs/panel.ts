import { z } from 'zod';
import { isInPanel } from '../src/domain/clients/panel.ts';
import type { Text } from '../src/domain/text.ts';
import { defineFlow, type Option } from './engine/flow.ts';
import type { Services } from './services.ts';

/** Whether the person wants to help to develop the service: asked once of itself, joined and left at any time. */
export const panel = defineFlow({
  id: 'panel',
  answers: z.object({ choice: z.string() }),
  questions: [
    {
      ask: 'choice',
      tell: async (_, services) => [await whatItIs(services)],
      options: async (_, services) => {
        const choice = (value: string): Option => ({ value, label: { key: `panel.choice.options.${value}` } });
        if (!services.municipality.panel) return [{ ...choice('path'), goes: { flow: 'my-path' } }];
        return (await isMember(services)) ? [choice('stay'), choice('leave')] : [choice('join'), choice('no')];
      },
    },
  ],
  review: false,
  async complete({ choice }, services, intent) {
    if (choice === 'join') {
      const reference = await services.panel.join(intent);
      return { say: [{ key: 'panel.joined', with: { reference } }] };
    }
    if (choice !== 'stay') await services.panel.leave(intent);
    return { say: [{ key: `panel.done.${choice}` }] };
  },
});

/** The way here, where the city has a panel. */
export function panelOption({ municipality }: Services): Option[] {
  return municipality.panel
    ? [{ value: 'panel', label: { key: 'panel.look' }, goes: { flow: 'panel', given: {} } }]
    : [];
}

async function whatItIs(services: Services): Promise<Text> {
  const about = services.municipality.panel?.about;
  if (!about) return { key: 'panel.none' };
  const { client } = await services.clients.path();
  if (!(await isMember(services))) return { lines: [about, { key: 'panel.what' }] };
  const since: Text = { at: client!.panel!.joined!, as: 'date' };
  return { lines: [about, { key: 'panel.member', with: { since } }] };
}

async function isMember({ clients }: Services): Promise<boolean> {
  return isInPanel((await clients.path()).client?.panel);
}
