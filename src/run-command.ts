import { existsSync } from 'node:fs';
import { PolkuError } from './errors.ts';

/** Runs a command of the terminal with the settings of `.env`: what its user can repair is one line, anything else a bug with its place. */
export async function runCommand(run: () => void | Promise<void>): Promise<void> {
  try {
    if (existsSync('.env')) process.loadEnvFile('.env');
    await run();
  } catch (error) {
    const isTold = error instanceof PolkuError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
    process.stderr.write(`${isTold ? (error as Error).message : (error as Error).stack}\n`);
    process.exitCode = 1;
  }
}
