import { z } from 'zod';
import { cancelReasons } from '../../domain/appointments/appointment.ts';
import { caseOutcomes } from '../../domain/handling.ts';
import { maskIdentityCodes } from '../../domain/identity-code.ts';
import { caseRef } from '../../domain/notices.ts';
import { coachOutcomes } from '../../domain/offers/offer.ts';
import type { Text } from '../../domain/text.ts';
import { type Act, acts } from './offered.ts';

/** Words of a coach to a client, at most so many characters. */
export const longestWords = 500;
/** What a coach writes down as a name, at most so many characters. */
export const longestName = 120;

/** What a card's button sends: a wish, of which nothing but the case and the act is believed; inputs are beside them. */
export const pressed = z
  .object({ act: z.enum([...acts, 'show']), about: caseRef, mark: z.string().max(20).optional() })
  .catchall(z.unknown());
export type Pressed = z.infer<typeof pressed>;

/** Words of a coach, without what they should not hold; none when nothing is left. */
const wordsUpTo = (most: number) =>
  z
    .string()
    .transform((text) => maskIdentityCodes(text.slice(0, most)).text.trim())
    .transform((text) => text || undefined)
    .optional()
    .catch(undefined);
const words = wordsUpTo(longestWords);
const name = wordsUpTo(longestName);

/** Inputs of the acts that have some, by the names that the card gives them. */
const inputs = {
  handOver: z.object({ to: z.string().min(1), words }),
  give: z.object({ to: z.string().min(1) }),
  close: z.object({ outcome: z.enum(caseOutcomes), words }),
  certify: z.object({ what: z.string().min(1).max(60), own: name, from: name.pipe(z.string()), on: z.iso.date() }),
  suggestPlace: z.object({ client: z.string().regex(/^[\w-]{1,200}$/), words }),
  closeOffer: z.object({ outcome: z.enum(coachOutcomes) }),
  refuseOrder: z.object({ words: words.pipe(z.string()) }),
  propose: z.object({ time: z.iso.datetime({ offset: true }), words }),
  cancel: z.object({
    reason: z.enum(cancelReasons),
    words,
    /** Whether others may book the time; a toggle sends a text. */
    free: z.enum(['true', 'false']).catch('false'),
  }),
};
export type Inputs = { [A in keyof typeof inputs]: z.infer<(typeof inputs)[A]> };
export type ActWithInputs = keyof Inputs;

/** What a coach wants done: the act with its inputs. */
export type Wish =
  | { [A in ActWithInputs]: { act: A; input: Inputs[A] } }[ActWithInputs]
  | { act: Exclude<Act, ActWithInputs> };

/** The name of an input on the card; every card has several acts, and the names are its own. */
export function inputName(act: ActWithInputs, name: string): string {
  return `${act}-${name}`;
}

/** Reads the inputs of an act; a text tells what is missing. */
export function readWish(act: Act, data: Record<string, unknown>): Wish | { missing: Text } {
  if (!(act in inputs)) return { act } as Wish;
  const withInputs = act as ActWithInputs;
  const given = Object.fromEntries(
    Object.keys(inputs[withInputs].shape).map((name) => [name, data[inputName(withInputs, name)]]),
  );
  const { success, data: input } = inputs[withInputs].safeParse(given);
  return success ? ({ act, input } as Wish) : { missing: { key: `coach.act.missing.${act}` } };
}
