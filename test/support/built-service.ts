import { execFileSync } from 'node:child_process';
import { root } from '../../src/root.ts';

/** Builds the service as it runs in production; returns the file that starts it, from the folder of the project. */
export function builtService(): string {
  execFileSync(process.execPath, ['src/build-cli.ts'], { cwd: root });
  return 'dist/start.js';
}
