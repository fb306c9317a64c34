import type { Document, Documents, OutboxItem } from '../../src/domain/documents.ts';
import { telling } from '../../src/domain/notices.ts';
import type { Outcome, Sender } from '../../src/notify/sender.ts';
import { createRelay, type Relay } from '../../src/outbox/relay.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { HandClock } from './clock.ts';
import { doc } from './documents.ts';

/** Somebody at the other end: what happened there, by item id, however often it was delivered. */
export class OutboxWorld {
  readonly effects = new Set<string>();
  readonly deliveries: string[] = [];
  readonly logged: string[] = [];
  readonly clock = new HandClock('2026-12-01T09:00:00+02:00');
  readonly store = openSqlite(':memory:', { now: this.clock.now });

  relay(
    answer: (id: string) => Outcome | Error | Promise<Outcome> = () => 'sent',
    documents: Documents = this.store,
  ): Relay {
    const sender: Sender = async ({ item }) => {
      this.deliveries.push(item.id);
      const outcome = await answer(item.id);
      if (outcome instanceof Error) throw outcome;
      if (outcome === 'sent') this.effects.add(item.id);
      return outcome;
    };
    const write = (record: Record<string, unknown>, message: string) =>
      this.logged.push(JSON.stringify({ ...record, message }));
    return createRelay({
      documents,
      senders: { coach: sender, mail: sender, chat: sender, timer: sender },
      log: { info: write, warn: write, error: write },
      now: this.clock.now,
      timers: this.clock.timers,
    });
  }

  item(id: string, kind: OutboxItem['kind'] = 'coach', inMs = 0): OutboxItem {
    return { id, kind, payload: {}, attempts: 0, nextAt: this.clock.time + inMs };
  }

  async put(name: string, ...items: OutboxItem[]): Promise<void> {
    await this.store.create('clients', telling(doc('c', name), ...items));
  }

  async all(): Promise<Document[]> {
    return (await this.store.list('clients', 'c')).map(({ document }) => document);
  }

  async waiting(): Promise<string[]> {
    return (await this.all()).flatMap(({ outbox = [] }) => outbox.map(({ id }) => id));
  }
}

/** When the document should be due. */
export function earliest({ outbox = [] }: Document): number | undefined {
  const times = outbox.filter(({ givenUp }) => !givenUp).map(({ nextAt }) => nextAt);
  return times.length > 0 ? Math.min(...times) : undefined;
}
