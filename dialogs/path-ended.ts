import { z } from 'zod';
import { endOf } from '../src/domain/clients/end-path.ts';
import type { ClientPath } from '../src/domain/clients/path.ts';
import { openStates } from '../src/domain/referrals/withdraw.ts';
import type { Text } from '../src/domain/text.ts';
import { defineFlow, type Option } from './engine/flow.ts';
import { coming } from './meeting-words.ts';
import { nameOfService } from './referral-words.ts';
import type { Services } from './services.ts';

/** A coach has ended the person's path: what goes on can be ended as well, and everything can be begun again. */
export const pathEnded = defineFlow({
  id: 'path-ended',
  answers: z.object({ do: z.string() }),
  wanted: async (_, { clients }) => endOf(await clients.path()) !== undefined,
  questions: [{ ask: 'do', options: async (_, services) => whatNow(await services.clients.path(), services) }],
  review: false,
  complete: async (_, { municipality }) => ({
    say: [{ key: 'path-ended.thanks', with: { phone: municipality.contact.phone } }],
  }),
});

/** Begins anew after the path has ended, with nothing answered. */
export const again: Option = {
  value: 'again',
  label: { key: 'path-ended.do.options.again' },
  goes: { flow: 'intake', given: {} },
};

function whatNow(path: ClientPath, services: Services): Option[] {
  const choice = (value: string): Option => ({ value, label: { key: `path-ended.do.options.${value}` } });
  return [choice('fine'), ...whatGoesOn(path, services), again, { ...choice('person'), goes: { flow: 'contact' } }];
}

/** Meetings that stand and referrals that are open, as buttons that lead to them. */
export function whatGoesOn(path: ClientPath, services: Services): Option[] {
  return [
    ...coming(path, services).map(({ id, start }): Option => {
      const label = { key: 'my-path.what.meeting', with: { when: { at: start, as: 'moment' as const } } };
      return { value: id, label, at: start, goes: { flow: 'appointment', given: { appointment: id } } };
    }),
    ...path.referrals
      .filter(({ state }) => openStates.includes(state))
      .map(({ id, service, state }): Option => {
        const key = state === 'draft' ? 'my-path.what.draft' : 'my-path.what.referral';
        const label = { key, with: { service: nameOfService(service, services) } };
        return { value: id, label, goes: { flow: 'my-referral', given: { referral: id } } };
      }),
  ];
}

/** How the path ended and that one can come back, for the person's path; undefined while it goes on. */
export function endedText(path: ClientPath): Text | undefined {
  const ended = endOf(path);
  if (!ended) return undefined;
  const how: Text = { key: `path-ended.how.${ended.outcome}` };
  return { key: 'path-ended.since', with: { on: { at: ended.at, as: 'date' }, how } };
}
