import type { DocumentRef, Documents } from '../documents.ts';
import { countIn, type Figure, placeOf } from './ledger.ts';

/** Counts figures; those that come while a part is being written go together in its next write. */
export interface Tally {
  /** Resolves when all are counted, by this call or before it. */
  add(figures: Figure[]): Promise<void>;
}

interface Waiting {
  figures: Figure[];
  done: Promise<void>;
}

/** Makes the tally of a process; others may count in the same store. `now` tells epoch milliseconds. */
export function createTally(documents: Documents, now: () => number): Tally {
  const writing = new Map<string, Promise<void>>();
  const waiting = new Map<string, Waiting>();

  function addTo(key: string, ref: DocumentRef, figures: Figure[]): Promise<void> {
    const next = waiting.get(key);
    if (next) {
      next.figures.push(...figures);
      return next.done;
    }
    const before = writing.get(key);
    if (!before) return write(key, ref, figures);
    const mine: Waiting = { figures: [...figures], done: Promise.resolve() };
    mine.done = before
      .catch(() => undefined)
      .then(() => {
        waiting.delete(key);
        return write(key, ref, mine.figures);
      });
    waiting.set(key, mine);
    return mine.done;
  }

  function write(key: string, ref: DocumentRef, figures: Figure[]): Promise<void> {
    const written = countIn(documents, ref, figures, now()).finally(() => {
      if (writing.get(key) === written) writing.delete(key);
    });
    writing.set(key, written);
    return written;
  }

  return {
    async add(figures) {
      const byPart = new Map<string, { ref: DocumentRef; figures: Figure[] }>();
      for (const one of figures) {
        const { ref } = placeOf(one);
        const key = `${ref.partition} ${ref.id}`;
        const part = byPart.get(key) ?? { ref, figures: [] };
        part.figures.push(one);
        byPart.set(key, part);
      }
      await Promise.all([...byPart].map(([key, part]) => addTo(key, part.ref, part.figures)));
    },
  };
}
