import { z } from 'zod';
import { toldOf } from '../src/domain/referrals/follow.ts';
import type { Referral } from '../src/domain/referrals/referral.ts';
import { openStates } from '../src/domain/referrals/withdraw.ts';
import type { Text } from '../src/domain/text.ts';
import { type Answers, defineFlow, type Option } from './engine/flow.ts';
import { nameOfService, serviceOf } from './referral-words.ts';
import type { Services } from './services.ts';
import { tellLine } from './shared-lines.ts';

/** One referral of the person, given as `referral`: see how far it is, send a draft, withdraw it. */
export const myReferral = defineFlow({
  id: 'my-referral',
  answers: z.object({ do: z.string(), sure: z.boolean() }),
  questions: [
    {
      ask: 'do',
      tell: async (answers, services) => whatItIs(await find(answers, services), services),
      options: async (answers, services) => {
        const found = await find(answers, services);
        return whatToDo(found, await sentTogether(found, services), services);
      },
    },
    {
      ask: 'sure',
      when: { do: ['withdraw', 'withdrawAll', 'discard'] },
      tell: async (answers, services) => whatFollows(await find(answers, services), answers.do, services),
    },
  ],
  review: false,
  async complete(answers, services, intent) {
    if (!answers.sure) return { say: [{ key: 'my-referral.kept' }] };
    if (answers.do === 'withdrawAll') return { say: await withdrawAll(answers, services, intent) };
    const { service } = await services.referrals.withdraw(String((answers as Answers).referral), intent);
    const key = answers.do === 'discard' ? 'my-referral.discarded' : 'my-referral.withdrawn';
    return { say: [{ key, with: { service: nameOfService(service, services) } }] };
  },
});

async function find(answers: object, { clients }: Services): Promise<Referral | undefined> {
  const { referral } = answers as Answers;
  return (await clients.path()).referrals.find(({ id, state }) => id === referral && openStates.includes(state));
}

/** The others that were sent from the same consent and can still be withdrawn, this one first. */
async function sentTogether(referral: Referral | undefined, { clients }: Services): Promise<Referral[]> {
  if (referral?.together === undefined) return [];
  const { referrals } = await clients.path();
  const others = referrals.filter(({ id, together }) => id !== referral.id && together === referral.together);
  return [referral, ...others.filter(({ state }) => openStates.includes(state))];
}

async function withdrawAll(answers: object, services: Services, intent: string): Promise<Text[]> {
  const { referral } = answers as Answers;
  // Found by the group alone: after a crash this one may be withdrawn already, and some of the others not.
  const { referrals } = await services.clients.path();
  const group = referrals.find(({ id }) => id === referral)?.together;
  const all = referrals.filter(({ together }) => group !== undefined && together === group);
  for (const { id, state } of all) if (openStates.includes(state)) await services.referrals.withdraw(id, intent);
  const ended = all.filter(({ state }) => openStates.includes(state) || state === 'withdrawn');
  return [{ key: 'services-at-once.withdrawn', with: { services: namesIn(ended, services) } }];
}

function namesIn(referrals: Referral[], services: Services): Text {
  return { list: referrals.map(({ service }) => nameOfService(service, services)) };
}

function whatItIs(referral: Referral | undefined, services: Services): Text[] {
  if (!referral) return [{ key: 'errors.notFound' }];
  const { service, state, reference, history, lines } = referral;
  const isUntold = state === 'draft' || state === 'awaits-order';
  const shared = isUntold ? 'my-referral.wouldSee' : 'my-referral.sees';
  return [
    {
      lines: [
        { key: 'my-referral.service', with: { service: nameOfService(service, services) } },
        { key: 'my-referral.state', with: { state: { key: `referral.states.${state}` } } },
        { key: 'my-referral.since', with: { since: { at: history.at(-1)!.at, as: 'date' } } },
        ...toldOf(history.at(-1)!),
        ...(referral.order ? [{ key: 'order.reference', with: { order: referral.order.reference } }] : []),
        { key: 'meeting.reference', with: { reference } },
      ],
    },
    ...(lines.length > 0 ? [{ lines: [{ key: shared }, ...lines.map(tellLine)] }] : []),
  ];
}

function whatToDo(referral: Referral | undefined, together: Referral[], services: Services): Option[] {
  const choice = (value: string): Option => ({ value, label: { key: `my-referral.do.options.${value}` } });
  const path = { ...choice('path'), goes: { flow: 'my-path' } };
  if (!referral) return [path];
  const details = { ...choice('details'), goes: { flow: 'service', given: { service: referral.service } } };
  if (referral.state === 'draft')
    return [{ ...choice('send'), goes: send(referral, services) }, choice('discard'), details, path];
  const all = {
    value: 'withdrawAll',
    label: { key: 'services-at-once.withdrawAll', with: { count: together.length } },
  };
  return [choice('withdraw'), ...(together.length > 1 ? [all] : []), details, path];
}

/** A draft goes on where it was left: at the consent, with its lines as they were ticked. */
function send({ service, lines }: Referral, services: Services): Option['goes'] {
  const own = lines.filter(({ field }) => ['name', 'phone', 'email', 'wish'].includes(field));
  const given = {
    // What the service is for, so that another service can be chosen instead.
    needs: serviceOf(service, services)?.needs ?? ['everyday'],
    service,
    how: 'refer',
    lines: lines.map(({ field }) => field),
    ...Object.fromEntries(own.map(({ field, value }) => [field, value])),
  };
  return { flow: 'referral', given };
}

async function whatFollows(referral: Referral | undefined, what: string | undefined, services: Services) {
  if (!referral || referral.state === 'draft') return [];
  if (what !== 'withdrawAll') return [{ key: 'my-referral.whatFollows' }];
  const all = await sentTogether(referral, services);
  return [{ key: 'services-at-once.whatFollows', with: { services: namesIn(all, services) } }];
}
