import type { Collection, DocumentRef, Documents, OutboxItem } from '../domain/documents.ts';
import type { Outcome, Parcel, Sender, Throttled } from '../notify/sender.ts';
import type { Timers } from '../timers.ts';
import { claim, patience as dayLong, type Patience, record } from './attempt.ts';
import { createFigureCounter } from './count-figures.ts';
import type { DeliveryLog } from './log.ts';

/** What the relay works with. */
export interface RelaySettings {
  documents: Documents;
  /** What has no sender here is refused. */
  senders: Partial<Record<OutboxItem['kind'], Sender>>;
  log: DeliveryLog;
  now: () => number;
  timers: Timers;
  patience?: Patience;
  /** Milliseconds from the end of a sweep to the next. */
  sweepEvery?: number;
  /** Collections to sweep; those of clients and calendars unless told. */
  collections?: readonly Collection[];
  /** Documents worked on at once. */
  atOnce?: number;
  /** Finishes what crashed before it could put its news into an outbox; called before each round. */
  finishCrashed?: () => Promise<void>;
}

/** Delivers what the outboxes of documents hold, at least once each. */
export interface Relay {
  /** Delivers what is due in a document, or in all of them, at once; never throws. */
  poke(ref?: DocumentRef): void;
  /** Delivers everything due; resolves when it has been tried. */
  sweep(): Promise<void>;
  /** Sweeps every few seconds until stopped. */
  start(): void;
  /** Takes nothing new, and resolves when what was begun is finished. */
  stop(): Promise<void>;
}

const clientsAndCalendars: Collection[] = ['clients', 'calendars'];
const batch = 50;

/** Makes a relay; several may work on one store, since each item is claimed by compare-and-set before it is delivered. */
export function createRelay(settings: RelaySettings): Relay {
  const { documents, senders, log, now, timers, patience = dayLong, sweepEvery = 2_000 } = settings;
  const { collections = clientsAndCalendars, atOnce = 8 } = settings;
  /** Documents being worked on by this process; `again`: poked meanwhile. */
  const working = new Map<string, { again: boolean; done: Promise<void> }>();
  const countFigures = createFigureCounter(documents, now, log);
  let timer: unknown;
  let sweeping: Promise<void> | undefined;
  let sweepAgain = false;
  let stopped = false;

  async function deliver(parcel: Parcel): Promise<Outcome | Throttled> {
    let late: unknown;
    const tooLong = new Promise<Outcome>((resolve) => {
      late = timers.set(() => resolve('ambiguous'), patience.deliverWithin);
    });
    try {
      return await Promise.race([senders[parcel.item.kind]?.(parcel) ?? ('refused' as const), tooLong]);
    } catch (error) {
      log.warn({ ...nameOf(parcel), error: codeOf(error) }, 'a delivery failed');
      return 'ambiguous';
    } finally {
      timers.clear(late);
    }
  }

  async function drain(ref: DocumentRef): Promise<void> {
    while (!stopped) {
      const claimed = await claim(documents, ref, now, patience);
      if (!claimed) return countFigures(ref);
      const parcel = { ...claimed, ref };
      const outcome = await deliver(parcel);
      const kept = await record(documents, ref, claimed.item, outcome, now, patience);
      const told = { ...nameOf(parcel), outcome, attempts: claimed.item.attempts };
      if (outcome === 'handedOver') log.warn(told, 'an item goes another way');
      else if (kept?.givenUp !== undefined) log.error(told, 'an item was given up and waits for a person');
      else if (outcome !== 'sent') log.warn(told, 'an item is tried again later');
      else log.info(told, 'an item was sent');
    }
  }

  function work(ref: DocumentRef): Promise<void> {
    const key = keyOf(ref);
    const before = working.get(key);
    if (before) {
      before.again = true;
      return before.done;
    }
    const entry = { again: false, done: Promise.resolve() };
    working.set(key, entry);
    entry.done = (async () => {
      try {
        do {
          entry.again = false;
          await drain(ref);
        } while (entry.again && !stopped);
      } catch (error) {
        // The item stays where it is: the next sweep after its lease finds it again.
        log.warn({ collection: ref.collection, error: codeOf(error) }, 'an outbox could not be worked on');
      } finally {
        working.delete(key);
      }
    })();
    return entry.done;
  }

  async function sweepOne(collection: Collection): Promise<void> {
    const seen = new Set<string>();
    for (let more = true; more && !stopped; ) {
      const due = await documents.due(collection, now(), batch);
      const fresh = due.filter(({ document: { partition, id } }) => !seen.has(keyOf({ collection, partition, id })));
      // What is still due after its turn could not be written down: it waits for the next sweep.
      more = due.length === batch && fresh.length > 0;
      const queue = fresh.map(({ document: { partition, id } }) => ({ collection, partition, id }));
      for (const ref of queue) seen.add(keyOf(ref));
      const worker = async () => {
        for (let ref = queue.shift(); ref && !stopped; ref = queue.shift()) await work(ref);
      };
      await Promise.all(Array.from({ length: atOnce }, worker));
    }
  }

  async function sweepAll(): Promise<void> {
    do {
      sweepAgain = false;
      for (const collection of collections) {
        try {
          await sweepOne(collection);
        } catch (error) {
          log.warn({ collection, error: codeOf(error) }, 'a sweep failed');
        }
      }
    } while (sweepAgain && !stopped);
    sweeping = undefined;
  }

  function sweep(): Promise<void> {
    if (stopped) return Promise.resolve();
    if (sweeping) sweepAgain = true;
    else sweeping = sweepAll();
    return sweeping;
  }

  async function round(): Promise<void> {
    try {
      await settings.finishCrashed?.();
    } catch (error) {
      log.warn({ error: codeOf(error) }, 'what crashed could not be finished yet');
    }
    await sweep();
    if (!stopped) timer = timers.set(() => void round(), sweepEvery);
  }

  return {
    poke(ref) {
      if (!stopped) void (ref ? work(ref) : sweep());
    },
    sweep,
    start() {
      void round();
    },
    async stop() {
      stopped = true;
      timers.clear(timer);
      await sweeping;
      await Promise.all([...working.values()].map(({ done }) => done));
    },
  };
}

function keyOf({ collection, partition, id }: DocumentRef): string {
  return JSON.stringify([collection, partition, id]);
}

function nameOf({ item, ref }: Parcel): Record<string, unknown> {
  return { collection: ref.collection, item: item.id, kind: item.kind };
}

/** A code or a class of error; messages of libraries may hold what people said. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
