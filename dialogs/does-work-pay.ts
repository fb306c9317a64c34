import { z } from 'zod';
import type { Text } from '../src/domain/text.ts';
import { defineFlow } from './engine/flow.ts';
import { hoursText } from './opening.ts';
import type { Services } from './services.ts';

/** "Does work pay?" is answered by a person or by Kela, never with a figure. */
export const doesWorkPay = defineFlow({
  id: 'does-work-pay',
  answers: z.object({ who: z.string() }),
  questions: [
    {
      ask: 'who',
      tell: (_, services) => [{ key: 'does-work-pay.notHere' }, whoKnows(services)],
      options: () => [
        { value: 'kela', label: { key: 'does-work-pay.who.options.kela' } },
        { value: 'person', label: { key: 'does-work-pay.who.options.person' }, goes: { flow: 'contact' } },
        { value: 'booking', label: { key: 'does-work-pay.who.options.booking' }, goes: { flow: 'booking' } },
      ],
    },
  ],
  review: false,
  complete: async (_, services) => ({ say: [kela(services), { key: 'does-work-pay.askFirst' }] }),
});

function whoKnows({ municipality }: Services): Text {
  const { benefitAdvice, contact, serviceName } = municipality;
  const { who, phone } = benefitAdvice ?? { who: serviceName, phone: contact.phone };
  return { key: 'does-work-pay.person', with: { who, phone, hours: hoursText(contact.hours) } };
}

function kela({ municipality: { benefitAdvice } }: Services): Text {
  const { phone, web } = benefitAdvice?.kela ?? {};
  return {
    lines: [
      { key: 'does-work-pay.kela.what' },
      ...(phone === undefined ? [] : [{ key: 'does-work-pay.kela.phone', with: { phone } }]),
      web === undefined ? { key: 'does-work-pay.kela.anyWeb' } : { key: 'does-work-pay.kela.web', with: { web } },
    ],
  };
}
