import type { Activity } from '../../src/bot/activity.ts';
import type { Documents } from '../../src/domain/documents.ts';
import type { Municipality } from '../../src/domain/municipalities/pack.ts';
import type { Sender } from '../../src/notify/sender.ts';
import { createService } from '../../src/service.ts';
import type { Timers } from '../../src/timers.ts';
import { porvoo, texts } from './conversation.ts';

/** What a process of the service is started with. */
export interface Start {
  documents: Documents;
  now: () => number;
  timers: Timers;
  newId: () => string;
  mail?: Sender;
  municipality?: Municipality;
  mayBook?: (conversation: string | undefined, intent: string) => void;
}

/** One process of the service without its HTTP server, put together as the real one; `faults` are what it logged as errors. */
export function startService({ mail = async () => 'sent', municipality = porvoo, ...rest }: Start) {
  const faults: string[] = [];
  const error = (record: unknown, message?: string) => void faults.push(`${message} ${JSON.stringify(record)}`);
  const log = { info() {}, warn() {}, error };
  const { conversations, relay } = createService({ ...rest, municipality, t: texts, log, mail });

  /** A person's way to a conversation of this process. */
  async function lineTo(conversationId: string, language = 'fi') {
    await conversations.start({ conversationId, userId: `dl_${conversationId}`, language });
    return async (incoming: Parameters<typeof conversations.receive>[1]): Promise<Activity[]> =>
      (await conversations.receive(conversationId, incoming)).activities;
  }

  return { conversations, relay, lineTo, faults };
}
export type Service = ReturnType<typeof startService>;
