import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { type Problem, schemaProblems } from './problem.ts';

/** A list of the pack: each entry that is right stays at its index, a broken one leaves `undefined`. */
export interface PackList<T> {
  file: string;
  raw: unknown[];
  entries: (T | undefined)[];
  /** Ids of all entries, of the broken ones as well, so that one mistake is told once. */
  ids: Set<unknown>;
}

/** The parts of the one-object file that are right. */
export interface PackObject<T> {
  file: string;
  raw: unknown;
  parts: Partial<T>;
}

/** A pack is parsed once: zod would take longer to compile a parser for it. */
const once = { jitless: true };

/** Reads a JSON file of the pack; what hinders that is added to the problems. */
export function readPackFile(folder: string, file: string, problems: Problem[]): unknown {
  let text: string;
  try {
    text = readFileSync(join(folder, file), 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const missing = code === 'ENOENT';
    problems.push({
      file,
      place: '',
      what: missing ? 'the file is missing' : `the file cannot be read (${code})`,
      repair: missing ? `add ${file} to the folder ${folder}` : 'let the service read it',
    });
    return undefined;
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    const { message } = error as SyntaxError;
    const what = `this is not JSON: ${message.replace(/, (\.{3})?".*$/s, '').replace(/ in JSON at.*$/s, '')}`;
    const repair = 'look there and on the line before for a missing or extra comma, quote or bracket';
    problems.push({ file, place: `line ${lineOfMistake(text, message)}`, what, repair });
    return undefined;
  }
}

/**
 * The engine tells no position for an unexpected token. Every prefix that reaches the token has the same complaint and a
 * shorter one another, so the place is found by halving.
 */
function lineOfMistake(text: string, message: string): number {
  const told = /\(line (\d+) /.exec(message);
  if (told) return Number(told[1]);
  let [before, after] = [0, text.length];
  while (message.startsWith('Unexpected token') && after - before > 1) {
    const middle = (before + after) >> 1;
    if (complaintOf(text.slice(0, middle)).startsWith('Unexpected token')) after = middle;
    else before = middle;
  }
  return text.slice(0, after).trimEnd().split('\n').length;
}

function complaintOf(text: string): string {
  try {
    JSON.parse(text);
    return '';
  } catch (error) {
    return (error as SyntaxError).message;
  }
}

/** Parses the entries of a list one by one, so that every mistake is told and the right ones can be checked further. */
export function parseList<T>(file: string, raw: unknown, schema: z.ZodType<T>, problems: Problem[]): PackList<T> {
  if (raw !== undefined && (!Array.isArray(raw) || raw.length === 0)) {
    problems.push({ file, place: '', what: 'it is no list with entries', repair: 'write [ { … }, { … } ]' });
  }
  const list: unknown[] = Array.isArray(raw) ? raw : [];
  const entries = list.map((entry, index) => {
    const parsed = schema.safeParse(entry, once);
    if (parsed.success) return parsed.data;
    const issues = parsed.error.issues.map((issue) => ({ ...issue, path: [index, ...issue.path] }));
    problems.push(...schemaProblems(file, list, issues));
    return undefined;
  });
  return { file, raw: list, entries, ids: new Set(list.map((entry) => (entry as { id?: unknown } | null)?.id)) };
}

/** Parses the object, and part by part when it is not right as a whole. */
export function parseObject<S extends z.ZodObject>(
  file: string,
  raw: unknown,
  schema: S,
  problems: Problem[],
): PackObject<z.infer<S>> {
  const parsed = schema.safeParse(raw, once);
  if (parsed.success) return { file, raw, parts: parsed.data as Partial<z.infer<S>> };
  if (raw !== undefined) problems.push(...schemaProblems(file, raw, parsed.error.issues));
  const parts: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(schema.shape)) {
    const one = (part as z.ZodType).safeParse((raw as Record<string, unknown> | null | undefined)?.[name], once);
    if (one.success) parts[name] = one.data;
  }
  return { file, raw, parts: parts as Partial<z.infer<S>> };
}
