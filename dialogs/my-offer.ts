import { z } from 'zod';
import { employerOutcomes, type Offer, type OfferOutcome } from '../src/domain/offers/offer.ts';
import type { Text } from '../src/domain/text.ts';
import { type Answers, defineFlow, type Option } from './engine/flow.ts';
import { placeLines, stateText } from './offer-words.ts';
import type { Services } from './services.ts';

/** One place that was told of in this chat, given as `offer`: see how far it is, tell that it is filled, take it back. */
export const myOffer = defineFlow({
  id: 'my-offer',
  answers: z.object({ do: z.string(), sure: z.boolean() }),
  questions: [
    {
      ask: 'do',
      tell: async (answers, services) => whatItIs(await find(answers, services), services),
      options: async (answers, services) => whatToDo(await find(answers, services)),
    },
    { ask: 'sure', when: { do: [...employerOutcomes] } },
  ],
  review: false,
  async complete(answers, services, intent) {
    if (!answers.sure) return { say: [{ key: 'my-offer.kept' }] };
    const { offer } = answers as Answers;
    const { reference } = await services.offers.takeBack(String(offer), answers.do as OfferOutcome, intent);
    return { say: [{ key: 'my-offer.done', with: { reference } }] };
  },
});

async function find(answers: object, { clients }: Services): Promise<Offer | undefined> {
  const { offer } = answers as Answers;
  return (await clients.path()).offers.find(({ id }) => id === offer);
}

function whatItIs(offer: Offer | undefined, { municipality }: Services): Text[] {
  if (!offer) return [{ key: 'errors.notFound' }];
  const { reference, place, closed, openUntil } = offer;
  const until: Text[] = closed ? [] : [{ key: 'my-offer.until', with: { date: { at: openUntil, as: 'date' } } }];
  return [
    {
      lines: [
        ...placeLines(place),
        { key: 'meeting.reference', with: { reference } },
        stateText(offer, municipality),
        ...until,
      ],
    },
  ];
}

function whatToDo(offer: Offer | undefined): Option[] {
  const choice = (value: string): Option => ({ value, label: { key: `my-offer.do.options.${value}` } });
  const path = { ...choice('path'), goes: { flow: 'my-path' } };
  return !offer || offer.closed ? [path] : [...employerOutcomes.map(choice), path];
}
