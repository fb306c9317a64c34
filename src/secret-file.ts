import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PolkuError } from './errors.ts';

const bytes = 32;

/**
 * A secret of this name: read from the folder, or made there the first time, for its owner alone. Safe when several
 * processes start at once: one makes it, all use it. Throws `badSetting` when the folder cannot be written, or, with the
 * repair, when the file is damaged.
 */
export function secretFile(folder: string, name: string, repair: string): Uint8Array {
  const file = join(folder, name);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return readOr(file, repair, () => make(file));
  } catch (error) {
    if (error instanceof PolkuError) throw error;
    const why = (error as NodeJS.ErrnoException).code;
    throw new PolkuError(
      'badSetting',
      `DATA_DIR: "${folder}" cannot be written (${why}). Give a folder that this user may write, or change its rights.`,
      {},
      error,
    );
  }
}

function readOr(file: string, repair: string, otherwise: () => Uint8Array): Uint8Array {
  let secret: Uint8Array;
  try {
    secret = readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return otherwise();
    throw error;
  }
  if (secret.length !== bytes) {
    throw new PolkuError('badSetting', `DATA_DIR: "${file}" is damaged. ${repair}`);
  }
  chmodSync(file, 0o600);
  return secret;
}

function make(file: string): Uint8Array {
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, randomBytes(bytes), { mode: 0o600 });
  try {
    // A link is there whole or not at all, and never replaces the one that another process made first.
    linkSync(mine, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(mine, { force: true });
  }
  return readFileSync(file);
}
