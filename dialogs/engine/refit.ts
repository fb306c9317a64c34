import { z } from 'zod';
import type { Dialog, Running } from './dialog.ts';
import { type Flow, valid } from './flow.ts';

const option = z.looseObject({ label: z.string() });
const running = z.looseObject({ id: z.string(), answers: z.record(z.string(), z.unknown()), intent: z.string() });
const optional = <S extends z.ZodType>(schema: S) => schema.optional().catch(undefined);

/** What a dialogue must look like to be gone on with; a part that does not is left out, and the rest stays. */
const stored = z
  .looseObject({
    language: optional(z.string()),
    flow: optional(running),
    asks: optional(z.array(z.object({ flow: z.string(), given: z.record(z.string(), z.unknown()) }))),
    interrupted: optional(z.string()),
    parked: optional(z.array(running)),
    shown: optional(z.object({ question: z.string(), options: z.array(option) })),
    past: optional(z.array(z.string())),
    echo: optional(z.object({ said: z.string(), at: z.number() })),
    last: optional(z.looseObject({ flow: z.string(), submit: z.string(), say: z.array(z.any()) })),
  })
  .catch({});

/**
 * A copy of a stored dialogue, perhaps of an earlier release, as this one can go on with it: flows that are gone are left
 * out, and answers that their questions no longer take, so that they are asked again.
 */
export function refit(before: unknown, flows: Flow[]): Dialog {
  const isOurs = typeof before === 'object' && before !== null && made.get(before) === flows;
  const dialog = isOurs ? copyOf(before as Dialog) : fitted(before, flows);
  made.set(dialog, flows);
  return dialog;
}

/** Dialogues that left here and were gone on with in this process: they fit the flows, whatever was answered since. */
const made = new WeakMap<object, Flow[]>();

/** A copy of plain data, in a fifth of the time that `structuredClone` takes; every turn begins with one. */
function copyOf<T>(data: T): T {
  if (typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) return data.map(copyOf) as T;
  // Spread first: a field of the name `__proto__` is then a field, and is assigned as one.
  const copy = { ...data } as Record<string, unknown>;
  for (const name in copy) {
    const value = copy[name];
    if (typeof value === 'object' && value !== null) copy[name] = copyOf(value);
  }
  return copy as T;
}

function fitted(before: unknown, flows: Flow[]): Dialog {
  const dialog = stored.parse(copyOf(before)) as Dialog;
  const { flow, parked } = dialog;
  const fitting = (one: Running) => {
    const known = flows.find(({ id }) => id === one.id);
    return known ? [{ ...one, answers: valid(known, one.answers) }] : [];
  };
  if (parked) dialog.parked = parked.flatMap(fitting);
  if (!flow) return dialog;
  [dialog.flow] = fitting(flow);
  if (!dialog.flow) dialog.shown = undefined;
  return dialog;
}
