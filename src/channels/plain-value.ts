import { PolkuError } from '../errors.ts';

const deepest = 20;
const dangerous = ['__proto__', 'constructor', 'prototype'];

/**
 * Copies the `value` of an activity, which has no schema yet: without names that reach a prototype, and not so deep that
 * writing it would overflow; throws `badRequest` then.
 */
export function plainValue(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth === deepest) throw new PolkuError('badRequest', `The value of an activity may be ${deepest} levels deep.`);
  if (Array.isArray(value)) return value.map((one) => plainValue(one, depth + 1));
  const safe = Object.entries(value).filter(([name]) => !dangerous.includes(name));
  return Object.fromEntries(safe.map(([name, one]) => [name, plainValue(one, depth + 1)]));
}
