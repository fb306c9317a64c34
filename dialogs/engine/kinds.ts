import { z } from 'zod';

/** How a question is asked and read, worked out once from the schema of its answer. */
export interface QuestionKind {
  kind: 'choice' | 'yesNo' | 'text' | 'scale' | 'date' | 'many';
  /** Fixed values to choose from, in the order to show. */
  values: (string | number | boolean)[];
  /** "Rather not say" is an answer. */
  skippable: boolean;
}

/** Reads the kind of a question off the schema of its answer; a union's literals are choices beside its value. */
export function kindOf(schema: z.ZodType): QuestionKind {
  if (schema instanceof z.ZodNullable) return { ...kindOf(schema.unwrap() as z.ZodType), skippable: true };
  if (schema instanceof z.ZodOptional) return kindOf(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodUnion) {
    const parts = (schema.options as z.ZodType[]).map(kindOf);
    const main = parts.find(({ kind }) => kind !== 'choice') ?? parts[0]!;
    const fixed = parts.flatMap(({ values }) => values);
    return { kind: main.kind, values: fixed, skippable: false };
  }
  if (schema instanceof z.ZodEnum) return { kind: 'choice', values: schema.options, skippable: false };
  if (schema instanceof z.ZodLiteral)
    return { kind: 'choice', values: [...schema.values] as string[], skippable: false };
  if (schema instanceof z.ZodBoolean) return { kind: 'yesNo', values: [true, false], skippable: false };
  if (schema instanceof z.ZodArray) return { ...kindOf(schema.element as z.ZodType), kind: 'many' };
  if (schema instanceof z.ZodNumber) {
    const [from, to] = [schema.minValue ?? 0, schema.maxValue ?? 10];
    return { kind: 'scale', values: Array.from({ length: to - from + 1 }, (_, i) => from + i), skippable: false };
  }
  if (schema instanceof z.ZodISODate) return { kind: 'date', values: [], skippable: false };
  return { kind: 'text', values: [], skippable: false };
}
