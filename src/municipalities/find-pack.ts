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

/** The slug of the pack with this slug or municipality code; throws `badRequest` that tells which there are. */
export function findPack(dir: string, slugOrCode: string): string {
  const packs = packsIn(dir);
  const found = packs.find(({ slug, code }) => slug === slugOrCode || code === slugOrCode);
  if (found) return found.slug;
  const there = packs.map(({ slug, code }) => `${slug} (${code})`).join(', ') || 'none';
  throw new PolkuError('badRequest', `There is no pack "${slugOrCode}" in ${dir}. There is: ${there}.`);
}
