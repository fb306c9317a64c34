import { z } from 'zod';
import { phoneNumber } from '../src/domain/clients/intake.ts';
import type { ContactRequest } from '../src/domain/clients/path.ts';
import { hasCode } from '../src/errors.ts';
import { type Answers, defineFlow } from './engine/flow.ts';
import type { Services } from './services.ts';

/** Nobody came to the chat in time (`contact`): the person may leave a number to be called at. */
export const callBack = defineFlow({
  id: 'call-back',
  answers: z.object({ phone: phoneNumber.nullable() }),
  wanted: async (given, services) => (await find(given, services)) !== undefined,
  questions: [
    {
      ask: 'phone',
      free: true,
      options: async (_, { clients }) => {
        const { intakes, contacts } = await clients.path();
        const known = [...contacts.map(({ phone }) => phone), ...intakes.map(({ answers }) => answers.phone)];
        return [...new Set(known)].flatMap((phone) => (phone ? [{ value: phone, label: phone }] : []));
      },
    },
  ],
  review: false,
  async complete(answers, services, intent) {
    const { phone } = answers;
    const found = await find(answers, services);
    if (!found) return { say: [{ key: 'call-back.over' }] };
    if (phone === null) return { say: [{ key: 'call-back.here' }] };
    try {
      const { answerBy } = await services.contact.askToCall(found.id, phone, intent);
      return { say: [{ key: 'call-back.done', with: { phone, by: { at: answerBy, as: 'moment' } } }] };
    } catch (error) {
      if (hasCode(error, 'alreadyTaken')) return { say: [{ key: 'call-back.over' }] };
      throw error;
    }
  },
});

/** The request while nobody has taken it. */
async function find(given: object, { clients }: Services): Promise<ContactRequest | undefined> {
  const { contact } = given as Answers;
  return (await clients.path()).contacts.find(({ id, handling }) => id === contact && !handling.taken);
}
