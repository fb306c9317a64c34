import { z } from 'zod';
import { maskIdentityCodes } from '../../domain/identity-code.ts';
import type { Municipality } from '../../domain/municipalities/pack.ts';
import type { PlanChange } from '../../domain/plans/change.ts';
import { doers, longestPlanWords, stepKinds } from '../../domain/plans/plan.ts';
import type { Text } from '../../domain/text.ts';
import type { Act } from './offered.ts';
import { goalKinds } from './plan-kinds.ts';

/** The name of an input of a plan's card. */
export function planInput(act: Act, name: string): string {
  return `${act}-${name}`;
}

/** An empty input of a form counts as none. */
const maybe = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const words = maybe(
  z
    .string()
    .transform((text) => maskIdentityCodes(text.slice(0, longestPlanWords)).text.trim())
    .transform((text) => text || undefined),
).catch(undefined);
const part = z.string().min(1).max(60);
const by = maybe(z.iso.date());

const inputs = {
  addGoal: z.object({ what: z.enum(goalKinds), words }),
  addStep: z.object({ goal: part, what: z.enum(stepKinds), service: maybe(part), words, who: z.enum(doers), by }),
  changePart: z.object({
    part,
    words,
    who: maybe(z.enum(doers)),
    by,
    /** A toggle sends a text. */
    done: z.enum(['true', 'false']).catch('false'),
  }),
  removePart: z.object({ part }),
};
type ChangeAct = keyof typeof inputs;

/**
 * Reads what a coach filled in to change a plan; their words are in their language. Undefined when the act is no change of
 * the content; a text says what is missing or unreadable.
 */
export function readPlanChange(
  act: Act,
  data: Record<string, unknown>,
  language: string,
  { services }: Pick<Municipality, 'services'>,
): PlanChange | { missing: Text } | undefined {
  if (!(act in inputs)) return undefined;
  const given = Object.fromEntries(
    Object.keys(inputs[act as ChangeAct].shape).map((name) => [name, data[planInput(act, name)]]),
  );
  const missing = (key: string) => ({ missing: { key: `plan.missing.${key}` } });
  const own = (text: string | undefined) => (text === undefined ? {} : { words: { text, language } });
  switch (act as ChangeAct) {
    case 'addGoal': {
      const { success, data: read } = inputs.addGoal.safeParse(given);
      if (!success) return missing('goal');
      if (read.what === 'own' && !read.words) return missing('own');
      // A goal with a name of its own needs no words; those of the coach would hide it.
      return { do: 'addGoal', what: read.words ? 'own' : read.what, ...own(read.words) };
    }
    case 'addStep': {
      const { success, data: read } = inputs.addStep.safeParse(given);
      if (!success) return missing('step');
      const { goal, what, service, who } = read;
      if (what === 'own' && !read.words) return missing('own');
      if (what === 'service' && !services.some(({ id }) => id === service)) return missing('service');
      const named = what === 'service' && service !== undefined ? { service } : {};
      return {
        do: 'addStep',
        goal,
        what,
        who,
        ...named,
        ...own(read.words),
        ...(read.by !== undefined && { by: read.by }),
      };
    }
    case 'changePart': {
      const { success, data: read } = inputs.changePart.safeParse(given);
      if (!success) return missing('part');
      const { who, by: date, done } = read;
      return {
        do: 'changePart',
        part: read.part,
        ...own(read.words),
        ...(who && { who }),
        ...(date !== undefined && { by: date }),
        ...(done === 'true' && { done: true }),
      };
    }
    case 'removePart': {
      const { success, data: read } = inputs.removePart.safeParse(given);
      return success ? { do: 'removePart', part: read.part } : missing('part');
    }
  }
}
