import { dateAt } from '../domain/appointments/wall-clock.ts';
import { changeDocument } from '../domain/change-document.ts';
import type { DocumentRef, Documents, OutboxItem } from '../domain/documents.ts';
import { figureNotice } from '../domain/figures/figure.ts';
import { type Figure, isTooLate } from '../domain/figures/ledger.ts';
import { createTally } from '../domain/figures/tally.ts';
import { withOutbox } from '../domain/notices.ts';
import type { DeliveryLog } from './log.ts';

/**
 * Makes what counts the figures that wait in a document: all of them in one write where they are counted and one that takes
 * them out of the outbox. They need no claim: an item is counted once, however many work on it and wherever they crash.
 */
export function createFigureCounter(
  documents: Documents,
  now: () => number,
  log: DeliveryLog,
): (ref: DocumentRef) => Promise<void> {
  const tally = createTally(documents, now);

  function read({ id, payload }: OutboxItem): Figure[] {
    const { success, data: figure } = figureNotice.safeParse(payload);
    if (success && !isTooLate(figure, dateAt(now(), 'utc'))) return [{ id, figure }];
    log.error({ item: id, kind: 'figure' }, success ? 'a figure came too late to be counted' : 'a figure is broken');
    return [];
  }

  return async (ref) => {
    const waiting = (await documents.get(ref))?.document.outbox?.filter(({ kind }) => kind === 'figure') ?? [];
    if (waiting.length === 0) return;
    await tally.add(waiting.flatMap(read));
    const counted = new Set(waiting.map(({ id }) => id));
    await changeDocument(documents, ref, (current) => {
      if (!current?.outbox?.some(({ id }) => counted.has(id))) return undefined;
      return withOutbox(
        current,
        current.outbox.filter(({ id }) => !counted.has(id)),
      );
    });
  };
}
