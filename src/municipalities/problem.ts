import { z } from 'zod';

/** Something wrong in a pack, told so that whoever edits it can put it right. */
export interface Problem {
  file: string;
  /** Path in the file, such as `[3].summary.sv`; empty for the file itself. */
  place: string;
  what: string;
  repair: string;
}

/** The path with the id of the innermost entry that has one: `[3].summary.sv (id "debt-advice")`. */
export function placeOf(path: readonly PropertyKey[], raw: unknown): string {
  const ids = path.map((key, index) =>
    typeof key === 'number' ? valueAt(raw, [...path.slice(0, index + 1), 'id']) : '',
  );
  const id = ids.findLast((one) => typeof one === 'string' && one !== '');
  return z.core.toDotPath([...path]) + (id === undefined ? '' : ` (id "${id}")`);
}

/** The English name of a language, for messages: `sv` is Swedish. */
export function languageName(language: string): string {
  return new Intl.DisplayNames('en', { type: 'language' }).of(language) ?? language;
}

/** What a schema found, as problems; `raw` is the whole file, so that what is written there can be told. */
export function schemaProblems(file: string, raw: unknown, issues: z.core.$ZodIssue[]): Problem[] {
  return issues.map((issue) => ({
    file,
    place: placeOf(issue.path, raw),
    ...inWords(issue, valueAt(raw, issue.path)),
  }));
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  let value = raw;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
  return value;
}

function inWords(issue: z.core.$ZodIssue, value: unknown): { what: string; repair: string } {
  const name = String(issue.path.at(-1) ?? '');
  const is = `it is ${JSON.stringify(value)}`;
  const isText = /^[a-z]{2}$/.test(name) && (value === undefined || typeof value === 'string');
  if (isText && (value === undefined || String(value).trim() === '')) {
    const language = languageName(name);
    return {
      what: `the ${language} text is ${value === undefined ? 'missing' : 'empty'}`,
      repair: `write "${name}": "…" with the text in ${language}`,
    };
  }
  if (value === undefined) return { what: `"${name}" is missing`, repair: `add "${name}"${wanted(issue)}` };
  switch (issue.code) {
    case 'unrecognized_keys':
      return {
        what: `it has what nothing reads: ${issue.keys.map((key) => `"${key}"`).join(', ')}`,
        repair: 'correct the spelling of the name, or take it away',
      };
    case 'invalid_value':
    case 'invalid_type':
      return { what: is, repair: `change it${wanted(issue)}` };
    case 'too_small':
      return { what: size(issue.origin, value), repair: `write at least ${issue.minimum}` };
    case 'too_big':
      return { what: size(issue.origin, value), repair: `write at most ${issue.maximum}` };
    case 'invalid_format':
      return { what: is, repair: formats[issue.format] ?? issue.message };
    case 'invalid_union':
      return { what: is, repair: 'write a value, a list of values, { "not": [values] } or { "answered": true }' };
    default:
      return { what: is, repair: issue.message };
  }
}

const formats: Record<string, string> = {
  email: 'write an e-mail address, such as team@city.example',
  url: 'write a whole web address, such as https://www.city.example/',
  date: 'write a date as 2026-12-24',
};

const typeNames: Record<string, string> = {
  string: 'a text in quotes',
  number: 'a number without quotes',
  int: 'a whole number without quotes',
  boolean: 'true or false',
  array: 'a list: [ … ]',
  object: 'an object: { … }',
  record: 'an object: { … }',
};

function wanted(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `: one of ${issue.values.join(', ')}`;
  if (issue.code === 'invalid_type') return `: ${typeNames[issue.expected] ?? issue.expected}`;
  return '';
}

function size(origin: string, value: unknown): string {
  if (origin === 'array') return `the list has ${(value as unknown[]).length} entries`;
  return origin === 'string' ? 'the text is too short or too long' : `it is ${JSON.stringify(value)}`;
}
