import { z } from 'zod';
import type { BlockedTime } from '../../src/domain/coaches/block-time.ts';
import type { Text } from '../../src/domain/text.ts';
import { defineFlow, type Option } from '../engine/flow.ts';
import { asCoach } from './services.ts';

/** Blocked times in a list; earlier ones come first, and the rest when these are given back. */
const timesShown = 10;

/** Gives a blocked time back. */
export const unblock = defineFlow({
  id: 'unblock',
  answers: z.object({ which: z.string() }),
  questions: [
    {
      ask: 'which',
      tell: async (_, services) => {
        const blocked = await asCoach(services).calendar.blocked();
        return blocked.length === 0 ? [{ key: 'unblock.none' }] : [];
      },
      options: async (_, services) => {
        const blocked = await asCoach(services).calendar.blocked();
        return [...blocked.slice(0, timesShown).map(optionOf), { value: 'none', label: { key: 'unblock.which.none' } }];
      },
    },
  ],
  review: false,
  async complete({ which }, services) {
    const [day = '', id = ''] = which.split(' ');
    if (id === '') return { say: [{ key: 'unblock.kept' }] };
    await asCoach(services).calendar.free(day, id);
    return { say: [{ key: 'unblock.done', with: { day: { at: day, as: 'day' } } }] };
  },
});

function optionOf({ id, day, start, end }: BlockedTime): Option {
  return { value: `${day} ${id}`, label: spanText(start, end), at: start };
}

function spanText(start: string, end: string): Text {
  return { key: 'unblock.span', with: { from: { at: start, as: 'moment' }, to: { at: end, as: 'time' } } };
}
