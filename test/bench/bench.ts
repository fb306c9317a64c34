import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startToFirstAnswer } from './start.ts';
import { turnsInProcess } from './turns.ts';

/** Prints what the service costs on this machine; a figure is worth something beside others of the same run. */
const folder = mkdtempSync(join(tmpdir(), 'polku-bench-'));
try {
  await startToFirstAnswer(folder);
  await turnsInProcess(folder);
} finally {
  rmSync(folder, { recursive: true });
}
