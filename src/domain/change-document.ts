import { hasCode, PolkuError } from '../errors.ts';
import type { Document, DocumentRef, Documents } from './documents.ts';

// So often the store may leave a write without an answer.
const unclearAtMost = 3;
// A lost race means that somebody else got on; a busy day of a coach has fewer changes than this to wait for.
const triesAtMost = 64;

/**
 * Changes one document by compare-and-set: reads it, lets `decide` make the next one (also of nothing), writes it if
 * nobody was faster, else decides again. `decide` answers `undefined` to leave all as it is, or throws its refusal.
 * Resolves with what is stored then; throws `conflict` after 64 lost races.
 */
export async function changeDocument<D extends Document>(
  documents: Documents,
  ref: DocumentRef,
  decide: (current: D | undefined) => D | undefined,
): Promise<D | undefined> {
  let unclear = 0;
  for (let tries = 0; tries < triesAtMost; tries++) {
    const read = await documents.get<D>(ref);
    const next = decide(read?.document);
    if (!next) return read?.document;
    try {
      if (read) await documents.replace(ref.collection, next, read.version);
      else await documents.create(ref.collection, next);
      return next;
    } catch (error) {
      if (hasCode(error, 'conflict')) continue;
      if (!hasCode(error, 'storeUnavailable') || ++unclear > unclearAtMost) throw error;
      // Nobody knows whether it was done, but the document tells: it is what was to be written, or as it was.
      const found = await documents.get<D>(ref);
      if (JSON.stringify(found?.document) === JSON.stringify(next)) return next;
      if (found?.version !== read?.version) throw error;
    }
  }
  throw new PolkuError('conflict', `too many races for a document of ${ref.collection}`);
}
