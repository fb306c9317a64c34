/** Where documents live; each collection has its own partition key (design: one document is one truth). */
export const collections = ['conversations', 'transcripts', 'clients', 'calendars', 'coaches'] as const;
export type Collection = (typeof collections)[number];

/**
 * What every document carries. Ids hold no `/ \ ? # %` and at most 255 bytes; a document stays under 1.5 MB.
 * `dueAt` and `expiresAt` are epoch milliseconds. TTL of a store deletes late, so a reader also checks `expiresAt`.
 */
export interface Document {
  id: string;
  partition: string;
  type: string;
  /** Version of the shape, for documents that outlive a release. */
  schema: number;
  dueAt?: number;
  expiresAt?: number;
  outbox?: OutboxItem[];
}

/** Something that must reach somebody, written in the same write as the change it tells of. */
export interface OutboxItem {
  /** Deterministic: the same change makes the same id, so that a repeat has no second effect. */
  id: string;
  /**
   * Names the sender: `coach` (a card), `mail`, `chat` (a message to the client), `timer` (time has come for something),
   * `handoff` (a step of a talk between a client and a coach), `teams` (a message in Teams), `calendar` (a meeting in Outlook),
   * `figure` (something to be counted).
   */
  kind: 'coach' | 'mail' | 'chat' | 'timer' | 'handoff' | 'teams' | 'calendar' | 'figure';
  /** Plain data for the sender of this kind; parsed by it. */
  payload: Record<string, unknown>;
  attempts: number;
  /** Epoch milliseconds of the next try. */
  nextAt: number;
  /** When trying ended without success (ISO 8601); the item stays, so that somebody sees it. */
  givenUp?: string;
}

/** A document as read, with the version that a replace must name. */
export interface Read<D extends Document = Document> {
  document: D;
  version: string;
}

/** Points at one document. */
export interface DocumentRef {
  collection: Collection;
  partition: string;
  id: string;
}

/**
 * The storage port. Correctness rests on two primitives alone: `create` (taken → `conflict`) and `replace` of a version
 * (stale or gone → `conflict`). Both throw `PolkuError` with that code; a store that does not answer throws `storeUnavailable`.
 * A document past its `expiresAt` reads as absent.
 */
export interface Documents {
  get<D extends Document>(ref: DocumentRef): Promise<Read<D> | undefined>;
  /** Returns the version written. */
  create(collection: Collection, document: Document): Promise<string>;
  /** Returns the new version. */
  replace(collection: Collection, document: Document, version: string): Promise<string>;
  /** Deleting what is not there is no error. */
  delete(ref: DocumentRef): Promise<void>;
  /** Every document of the partition, of one type or all, in order of id. */
  list<D extends Document>(collection: Collection, partition: string, type?: string): Promise<Read<D>[]>;
  /** Documents of a collection whose `dueAt` has come, oldest first. */
  due(collection: Collection, now: number, limit: number): Promise<Read[]>;
  /** Resolves when the store answers; used by readiness. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** What somebody needs who only reads. */
export type Reading = Pick<Documents, 'get' | 'list'>;
