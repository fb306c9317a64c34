import { z } from 'zod';
import { defineFlow } from './engine/flow.ts';
import { contactText, serviceOf } from './referral-words.ts';

/** Tells how to reach a service, at once; the service is given by the flow that leads here. */
export const serviceDetails = defineFlow({
  id: 'service',
  answers: z.object({}),
  questions: [],
  review: false,
  async complete(answers, services) {
    const service = serviceOf(String((answers as { service?: unknown }).service), services);
    return { say: [service ? contactText(service) : { key: 'errors.notFound' }] };
  },
});
