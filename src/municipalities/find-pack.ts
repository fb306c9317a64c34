import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PolkuError } from '../errors.ts';

const named = z.object({ slug: z.string(), code: z.string() });

/** The packs of the folder as far as they tell their name and code; others have mistakes that loading them tells. */
function packsIn(dir: string): z.infer<typeof named>[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir).flatMap((slug) => {
    try {
      return named.parse(JSON.parse(readFileSync(join(dir, slug, 'municipality.json'), 'utf8')));
    } catch {
      return [];
    }
  });
}

/**
 * The city that a command is for: the one named, which is to be one of those that are served, or the only one. Throws
 * `badRequest`, with the repair, when that cannot be told.
 */
export function oneCity(dir: string, served: readonly string[], named?: string): string {
  const list = served.join(', ');
  if (named === undefined && served.length > 1)
    throw new PolkuError('badRequest', `MUNICIPALITY lists ${list}: say which one with --municipality.`);
  const slug = findPack(dir, named ?? served[0]!);
  if (served.includes(slug)) return slug;
  const repair = 'Correct --municipality, or set MUNICIPALITY and DATA_DIR to those of that city';
  throw new PolkuError('badRequest', `MUNICIPALITY lists ${list}, not ${slug}. ${repair}.`);
}

/** The slug of the pack with this slug or municipality code; throws `badRequest` that tells which there are. */
export function findPack(dir: string, slugOrCode: string): string {
  const packs = packsIn(dir);
  const found = packs.find(({ slug, code }) => slug === slugOrCode || code === slugOrCode);
  if (found) return found.slug;
  const there = packs.map(({ slug, code }) => `${slug} (${code})`).join(', ') || 'none';
  throw new PolkuError('badRequest', `There is no pack "${slugOrCode}" in ${dir}. There is: ${there}.`);
}
