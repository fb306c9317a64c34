import { z } from 'zod';
import { phoneNumber, words } from '../src/domain/clients/intake.ts';
import type { Text } from '../src/domain/text.ts';
import { defineFlow } from './engine/flow.ts';
import { hoursText } from './opening.ts';
import type { Services } from './services.ts';

/** Talk to a person: in opening hours the coaches get the request at once, at other times when the service opens. */
export const contact = defineFlow({
  id: 'contact',
  answers: z.object({
    how: z.string(),
    phone: phoneNumber,
    name: words.nullable(),
    about: words.nullable(),
  }),
  given: async (services) => ({ knownName: await toldName(services) }),
  questions: [
    {
      ask: 'how',
      tell: (_, services) => [reachUs(services)],
      // Nobody is asked to wait here when nobody is there to answer.
      options: (_, { contact: { hours } }) =>
        (hours().open ? ['call', 'here', 'self'] : ['call', 'self']).map((how) => ({ value: how, label: nameOf(how) })),
      show: (how: string) => nameOf(how),
    },
    {
      ask: 'phone',
      when: { how: 'call' },
      // A number that the person has told already is not asked for again, only offered.
      free: true,
      options: async (_, { clients }) => {
        const { intakes, contacts } = await clients.path();
        const known = [...contacts.map(({ phone }) => phone), ...intakes.map(({ answers }) => answers.phone)];
        return [...new Set(known)].flatMap((phone) => (phone ? [{ value: phone, label: phone }] : []));
      },
    },
    { ask: 'name', when: { how: ['call', 'here'], knownName: { answered: false } } },
    { ask: 'about', when: { how: ['call', 'here'] } },
  ],
  // Who calls themselves sends nothing.
  review: { how: ['call', 'here'] },
  complete: async ({ how, phone, about, name }, services, intent) => {
    if (how === 'self') return { say: [reachUs(services)] };
    const named = name ?? (await toldName(services));
    const wish = {
      ...(phone && { phone }),
      ...(about && { about }),
      ...(named && { name: named }),
      here: how === 'here',
    };
    const { reference, answerBy } = await services.contact.request(wish, intent);
    const by: Text = { at: answerBy, as: 'moment' };
    return {
      say: [
        { key: 'contact.done.sent', with: { reference } },
        { key: `contact.done.${how}`, with: { by, phone: phone ?? '' } },
        reachUs(services),
      ],
    };
  },
});

/** The name that the person told in their newest intake; nobody is asked twice. */
async function toldName({ clients }: Services): Promise<string | undefined> {
  return (await clients.path()).intakes[0]?.answers.name ?? undefined;
}

const nameOf = (how: string): Text => ({ key: `contact.how.options.${how}` });

/** Phone and hours, and whether somebody answers the phone now. */
function reachUs({ municipality: { contact: ours }, contact: { hours } }: Services): Text {
  const { open, opens } = hours();
  return {
    lines: [
      { key: 'contact.phoneAndHours', with: { phone: ours.phone, hours: hoursText(ours.hours) } },
      open ? { key: 'contact.openNow' } : { key: 'contact.closedNow', with: { opens: { at: opens, as: 'moment' } } },
    ],
  };
}
