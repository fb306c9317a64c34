import type { Document, DocumentRef, OutboxItem } from '../domain/documents.ts';

/**
 * What came of a delivery: `sent` is certain; `refused` will never succeed; `throttled` did nothing and may be tried later;
 * `ambiguous` may or may not have reached its reader; `handedOver` was taken out of the outbox, to go another way.
 */
export type Outcome = 'sent' | 'refused' | 'throttled' | 'ambiguous' | 'handedOver';

/** Throttled, with the moment (epoch milliseconds) from which on it may be tried. */
export interface Throttled {
  until: number;
}

/** An outbox item with the document that holds it, as read when the item was claimed. */
export interface Parcel {
  item: OutboxItem;
  ref: DocumentRef;
  document: Document;
}

/**
 * Delivers one item. It may be called again for the same item, so its effect must follow from the item's id; what it
 * throws counts as `ambiguous`.
 */
export type Sender = (parcel: Parcel) => Promise<Outcome | Throttled>;
