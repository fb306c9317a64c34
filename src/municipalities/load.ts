import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isPublicHoliday } from '../domain/municipalities/holidays.ts';
import {
  coachSchema,
  type Municipality,
  municipalitySchema,
  placeSchema,
  serviceSchema,
} from '../domain/municipalities/pack.ts';
import { hasCode, PolkuError } from '../errors.ts';
import { parseList, parseObject, readPackFile } from './pack-file.ts';
import type { Problem } from './problem.ts';
import { completeServices } from './ptv-snapshot.ts';
import { type PackParts, referenceProblems } from './references.ts';

/**
 * Reads the pack of a municipality from the folder `<dir>/<slug>`, checked and frozen. Throws `badPack` that tells all
 * problems at once: file, place in it, what is wrong and how to put it right (`details.problems`).
 */
export function loadMunicipality(dir: string, slug: string): Municipality {
  const folder = join(dir, slug);
  if (!/^[a-z0-9-]+$/.test(slug) || !existsSync(folder)) throw unknownPack(dir, slug);
  const problems: Problem[] = [];
  const list = <T>(file: string, schema: Parameters<typeof parseList<T>>[2]) =>
    parseList(file, readPackFile(folder, file, problems), schema, problems);
  const file = 'municipality.json';
  const pack: PackParts = {
    municipality: parseObject(file, readPackFile(folder, file, problems), municipalitySchema, problems),
    coaches: list('coaches.json', coachSchema),
    places: list('places.json', placeSchema),
    services: parseList('services.json', readServices(folder, problems), serviceSchema, problems),
  };
  problems.push(...referenceProblems(slug, pack));
  if (problems.length > 0) throw badPack(slug, folder, problems);
  // Without a problem every part and entry is there.
  return deepFreeze(assemble(pack));
}

/** Reads the packs of several municipalities; throws `badPack` that names every one that is wrong, with all its problems. */
export function loadMunicipalities(dir: string, slugs: readonly string[]): Municipality[] {
  const refusals: PolkuError[] = [];
  const packs = slugs.flatMap((slug) => {
    try {
      return [loadMunicipality(dir, slug)];
    } catch (error) {
      if (!hasCode(error, 'badPack')) throw error;
      refusals.push(error);
      return [];
    }
  });
  if (refusals.length === 0) return packs;
  const problems = refusals.flatMap(({ details }) => (details.problems ?? []) as Problem[]);
  throw new PolkuError('badPack', refusals.map(({ message }) => message).join('\n'), { problems });
}

/** The directory: what the pack writes itself, over what was imported from the Suomi.fi Service Catalogue. */
function readServices(folder: string, problems: Problem[]): unknown {
  const file = 'services.json';
  return completeServices(file, readPackFile(folder, file, problems), folder, problems);
}

function assemble({ municipality, coaches, places, services }: PackParts): Municipality {
  const parts = municipality.parts as Required<typeof municipality.parts>;
  const { country, closed } = parts.holidays;
  return {
    ...parts,
    coaches: coaches.entries.map((coach) => coach!),
    places: places.entries.map((place) => place!),
    services: services.entries.map((service) => service!),
    isClosed: (date) => isPublicHoliday(country, date) || closed.some(({ from, to }) => from <= date && date <= to),
  };
}

function deepFreeze<T>(value: T): T {
  if (value === null || typeof value !== 'object') return value;
  for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
}

function badPack(slug: string, folder: string, problems: Problem[]): PolkuError {
  const lines = problems.map(({ file, place, what, repair }) => {
    return `- ${file}${place === '' ? '' : `, ${place}`}: ${what}. Repair: ${repair}.`;
  });
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  const message = [`The pack "${slug}" in ${folder} has ${count}:`, ...lines].join('\n');
  return new PolkuError('badPack', message, { problems });
}

function unknownPack(dir: string, slug: string): PolkuError {
  const entries = existsSync(dir) ? readdirSync(dir, { withFileTypes: true }) : [];
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const there = names.length > 0 ? `There is ${names.sort().join(', ')}` : 'There is no pack at all';
  const problem = { file: slug, place: '', what: 'there is no such folder', repair: 'correct MUNICIPALITY' };
  const message = `There is no pack "${slug}" in ${dir}. ${there}. Repair: correct MUNICIPALITY or MUNICIPALITIES_DIR.`;
  return new PolkuError('badPack', message, { problems: [problem] });
}
