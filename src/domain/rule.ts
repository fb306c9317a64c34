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

function fitsOne(wanted: Rule[string], answer: unknown): boolean {
  const given = Array.isArray(answer) ? answer : [answer];
  if (Array.isArray(wanted)) return given.some((one) => wanted.includes(one as RuleValue));
  if (wanted === null || typeof wanted !== 'object') return given.includes(wanted);
  if ('not' in wanted) return answer !== undefined && !given.some((one) => wanted.not.includes(one as RuleValue));
  return (answer !== undefined && answer !== null) === wanted.answered;
}
