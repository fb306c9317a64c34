import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDocuments } from '../../src/storage/index.ts';
import { processTimers } from '../../src/timers.ts';
import { startService } from './service-process.ts';

/** What a process tells of itself after so many turns. */
export interface HeapReport {
  turns: number;
  /** Bytes a turn. */
  slope: number;
  /** Open handles before and after. */
  handles: [number, number];
  /** Bytes after a garbage collection, in the end. */
  heap: number;
  faults: string[];
}

/**
 * A process of its own that talks and looks at its heap: `<conversations> <rounds to get warm> <samples> <rounds each>`.
 * In a round each conversation hears the same ten messages, so that every log is as long as at the sample before. Wants
 * `--expose-gc`.
 */
const said = [
  'Tee alkukartoitus',
  'Olen työtön',
  'hm',
  '2',
  'Takaisin',
  'Ohje',
  'Keskeytä',
  'Varaa aika valmentajalle',
  'kissa',
  'Keskeytä',
];
const [conversations = 30, warming = 40, samples = 20, roundsEach = 3] = process.argv.slice(2).map(Number);
const dataDir = mkdtempSync(join(tmpdir(), 'polku-heap-'));
const documents = await openDocuments({ kind: 'sqlite' }, { dataDir, now: Date.now });
let ids = 0;
const service = startService({ documents, now: Date.now, timers: processTimers, newId: () => `h${ids++}` });
for (let n = 0; n < conversations; n++) await service.lineTo(`chat-${n}`);

/** Or each turn would wait for the disk by itself. */
const atOnce = 20;
let turns = 0;
async function talk(rounds: number): Promise<void> {
  for (let n = 0; n < rounds * said.length; n++) {
    const text = said[n % said.length]!;
    for (let from = 0; from < conversations; from += atOnce) {
      const all = Array.from({ length: Math.min(atOnce, conversations - from) }, (_, chat) => {
        const channelData = { clientActivityID: `m${turns++}` };
        return service.conversations.receive(`chat-${from + chat}`, { type: 'message', text, channelData });
      });
      await Promise.all(all);
    }
  }
}

function heap(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The slope of the line that is nearest to the points. */
function slopeOf(points: { x: number; y: number }[]): number {
  const [middle, level] = [mean(points.map(({ x }) => x)), mean(points.map(({ y }) => y))];
  const rise = points.reduce((sum, { x, y }) => sum + (x - middle) * (y - level), 0);
  return rise / points.reduce((sum, { x }) => sum + (x - middle) ** 2, 0);
}

await talk(warming);
heap();
const [began, handles] = [turns, process.getActiveResourcesInfo().length];
const points = [{ x: turns, y: heap() }];
for (let sample = 0; sample < samples; sample++) {
  await talk(roundsEach);
  points.push({ x: turns, y: heap() });
}
const report: HeapReport = {
  turns: turns - began,
  slope: slopeOf(points),
  handles: [handles, process.getActiveResourcesInfo().length],
  heap: points.at(-1)!.y,
  faults: service.faults,
};
await documents.close();
rmSync(dataDir, { recursive: true });
if (process.send) process.send(report);
else console.log(report, points);
