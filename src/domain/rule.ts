/**
 * A rule as data: every named answer must fit. A value or a list means "one of these"; `not` means "none of these";
 * `answered` asks whether the question has any answer but "rather not say". An answer of several choices fits if one of them does.
 */
export type Rule = Record<string, RuleValue | RuleValue[] | { not: RuleValue[] } | { answered: boolean }>;
export type RuleValue = string | number | boolean | null;

/** Tells whether the answers fit the rule; an empty rule fits everybody. */
export function fits(rule: Rule, answers: Record<string, unknown>): boolean {
  for (const name in rule) if (!fitsOne(rule[name]!, answers[name])) return false;
  return true;
}

/** Tells whether one answer fits what a rule wants of it. */
export function fitsOne(wanted: Rule[string], answer: unknown): boolean {
  if (Array.isArray(wanted)) return isOneOf(wanted, answer);
  if (wanted === null || typeof wanted !== 'object')
    return Array.isArray(answer) ? answer.includes(wanted) : answer === wanted;
  if ('not' in wanted) return answer !== undefined && !isOneOf(wanted.not, answer);
  return (answer !== undefined && answer !== null) === wanted.answered;
}

function isOneOf(values: RuleValue[], answer: unknown): boolean {
  return Array.isArray(answer) ? answer.some((one) => values.includes(one)) : values.includes(answer as RuleValue);
}
