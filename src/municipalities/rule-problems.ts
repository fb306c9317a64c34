import { z } from 'zod';
import { intakeAnswers } from '../domain/clients/intake.ts';
import type { Rule, RuleValue } from '../domain/rule.ts';

const questions: Record<string, z.ZodType> = intakeAnswers.shape;

/** What is wrong in a rule of the pack: a question that the intake does not have, or an answer that nobody can give. */
export function ruleProblems(
  rule: Rule,
  areas: string[] | undefined,
): { path: string[]; what: string; repair: string }[] {
  return Object.entries(rule).flatMap(([question, wanted]) => {
    const schema = questions[question];
    if (!schema) {
      const repair = `use one of ${Object.keys(questions).join(', ')}`;
      return [{ path: [question], what: `the intake has no question "${question}"`, repair }];
    }
    if (question === 'area' && !areas) return [];
    const wrong = valuesOf(wanted).filter((value) => {
      return question === 'area' ? value !== null && !areas!.includes(String(value)) : !accepts(schema, value);
    });
    if (wrong.length === 0) return [];
    const possible = question === 'area' ? areas! : valuesIn(z.toJSONSchema(schema, options));
    return wrong.map((value) => ({
      path: [question],
      what: `"${question}" has no answer ${JSON.stringify(value)}`,
      repair: `use ${possible.length > 0 ? `one of ${possible.join(', ')}` : 'an answer that can be given'}`,
    }));
  });
}

const options = { unrepresentable: 'any', io: 'input' } as const;

function valuesOf(wanted: Rule[string]): RuleValue[] {
  if (Array.isArray(wanted)) return wanted;
  if (wanted === null || typeof wanted !== 'object') return [wanted];
  return 'not' in wanted ? wanted.not : [];
}

function accepts(schema: z.ZodType, value: RuleValue): boolean {
  return schema.safeParse(value).success || (value !== null && schema.safeParse([value]).success);
}

function valuesIn(schema: unknown): string[] {
  if (schema === null || typeof schema !== 'object') return [];
  const { const: only, enum: several, type, anyOf, items } = schema as Record<string, unknown>;
  if (only !== undefined) return [String(only)];
  if (Array.isArray(several)) return several.map(String);
  if (type === 'boolean') return ['true', 'false'];
  if (type === 'null') return ['null'];
  return [...(Array.isArray(anyOf) ? anyOf.flatMap(valuesIn) : []), ...valuesIn(items)];
}
