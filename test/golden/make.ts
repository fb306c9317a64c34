import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Collection, Document } from '../../src/domain/documents.ts';
import { journeys } from '../support/journeys.ts';
import { MemoryDocuments } from '../support/memory-documents.ts';
import { Person } from '../support/person.ts';
import { startService } from '../support/service-process.ts';
import { Simulation, through } from '../support/simulation.ts';

/** Everything of the store at a moment when somebody is in the middle of a journey. */
export interface Golden {
  journey: string;
  language: string;
  /** Epoch milliseconds. */
  at: number;
  documents: [Collection, Document][];
}

const kept: Collection[] = ['conversations', 'transcripts', 'clients', 'calendars'];
const languages = ['fi', 'sv', 'en'];

/** Goes a journey until so many of its messages are left, and gives what the store holds then; 0: dies while confirming. */
async function halfDone(name: string, language: string, left: number): Promise<Golden> {
  const journey = journeys[name]!;
  const length = await messages(name, language);
  const sim = new Simulation(15, Date.parse('2026-11-21T12:00:00+02:00'));
  const store = new MemoryDocuments(sim.now);
  let isLast = false;
  let isDead = false;
  const documents = through(store, async (_, act) => {
    if (isDead) return new Promise(() => {});
    const done = await act();
    isDead = store.all('conversations').some((one) => 'pending' in one) && left === 0 && isLast;
    return isDead ? new Promise(() => {}) : done;
  });
  const service = startService({ documents, now: sim.now, timers: sim.timers, newId: sim.newId });
  const person = new Person('mira', await service.lineTo('chat', language), language);
  await sim.until(person.joins());
  for (const before of journey.after ?? []) await sim.until(person.goes(before));
  for (let n = 0; n < length - Math.max(left, 1); n++) await sim.until(person.sends(person.next(journey)!));
  isLast = true;
  if (left === 0) {
    void person.sends(person.next(journey)!).catch(() => undefined);
    await sim.pass(100);
  }
  const all = kept.flatMap((collection) =>
    store.all(collection).map((one): [Collection, Document] => [collection, one]),
  );
  return { journey: name, language, at: sim.time, documents: all };
}

async function messages(name: string, language: string): Promise<number> {
  const sim = new Simulation(15, Date.parse('2026-11-21T12:00:00+02:00'));
  const store = new MemoryDocuments(sim.now);
  const service = startService({ documents: store, now: sim.now, timers: sim.timers, newId: sim.newId });
  const person = new Person('mira', await service.lineTo('chat', language), language);
  await sim.until(person.joins());
  for (const before of journeys[name]!.after ?? []) await sim.until(person.goes(before));
  let count = 0;
  for (let next = person.next(journeys[name]!); next; next = person.next(journeys[name]!)) {
    await sim.until(person.sends(next));
    count++;
  }
  return count;
}

/** Writes the half-done conversations of this release: `node test/golden/make.ts <release>`. Made once, then kept as they are. */
async function make(release: string): Promise<void> {
  const lines: string[] = [];
  for (const [place, name] of Object.keys(journeys).entries()) {
    const length = await messages(name, 'fi');
    for (const [n, left] of [Math.ceil(length / 2), 1, 0].entries()) {
      lines.push(JSON.stringify(await halfDone(name, languages[(place + n) % languages.length]!, left)));
    }
  }
  writeFileSync(join(import.meta.dirname, `${release}.jsonl`), `${lines.join('\n')}\n`);
}

if (import.meta.main) await make(process.argv[2] ?? 'unnamed');
