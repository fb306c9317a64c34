import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { servedFromCosmos, servedFromSqlite } from './served.ts';
import { startToFirstAnswer } from './start.ts';
import { storeRequests } from './store-requests.ts';
import { turnsInProcess } from './turns.ts';
import { worstMessages } from './worst.ts';

/** Prints what the service costs on this machine; a figure is worth something beside others of the same run. */
const folder = mkdtempSync(join(tmpdir(), 'polku-bench-'));
console.log(`Node ${process.version}, ${cpus().length} cores, load ${loadavg()[0]!.toFixed(1)} before the run`);
try {
  await startToFirstAnswer('SQLite', folder);
  await turnsInProcess(folder);
  await storeRequests(folder);
  await servedFromSqlite(folder);
  await servedFromCosmos(folder);
  await worstMessages(folder);
} finally {
  rmSync(folder, { recursive: true });
}
