import type { Documents, Read } from '../domain/documents.ts';
import { hasCode } from '../errors.ts';
import type { Activity } from './activity.ts';
import {
  after,
  type ConversationDocument,
  conversationLife,
  type TranscriptDocument,
} from './conversation-document.ts';
import type { Conversations, LogPart } from './conversations.ts';
import { type Clean, clean } from './gate.ts';
import { runTurn, type TurnSettings } from './turn.ts';

/** Conversations whose document is kept in the process under its version; a stale one is found out by the write. */
const warmLimit = 300;

/** Parts of the conversations beyond those of one turn. */
export interface ConversationSettings extends TurnSettings {
  documents: Documents;
  /** Called after a turn that changed the world, so that what the turn put into outboxes goes out at once. */
  committed?(): void;
  /** Gives stored activities their shape for reading, such as a card rendered from its source. */
  present?(activities: Activity[], conversation: ConversationDocument): Promise<Activity[]>;
}

/** Conversations kept in documents: turns in one conversation run one after another, each as a transaction. */
export function createConversations(settings: ConversationSettings): Conversations {
  const { documents, now, newId } = settings;
  const warm = new Map<string, Read<ConversationDocument>>();
  const queues = new Map<string, Promise<unknown>>();
  const watchers = new Map<string, Set<(part: LogPart) => void>>();

  /** Runs tasks of one conversation in the order they came. */
  function inOrder<T>(id: string, task: () => Promise<T>): Promise<T> {
    const before = queues.get(id) ?? Promise.resolve();
    const run = before.then(task, task);
    const settled = run.catch(() => undefined);
    queues.set(id, settled);
    void settled.then(() => {
      if (queues.get(id) === settled) queues.delete(id);
    });
    return run;
  }

  function keepWarm(id: string, read: Read<ConversationDocument>): void {
    warm.delete(id);
    warm.set(id, read);
    if (warm.size > warmLimit) warm.delete(warm.keys().next().value!);
  }

  async function present(document: ConversationDocument, activities: Activity[], watermark: number): Promise<LogPart> {
    return { activities: (await settings.present?.(activities, document)) ?? activities, watermark };
  }

  async function turn(id: string, incoming: Clean, key: string, decide = settings.decide): Promise<LogPart> {
    try {
      const { read, entry, fresh, confirmed } = await runTurn(settings, id, incoming, key, warm.get(id), decide);
      keepWarm(id, read);
      const part = await present(read.document, entry.activities, entry.first + entry.activities.length);
      if (fresh) {
        for (const listener of watchers.get(id) ?? []) listener(part);
        if (confirmed) settings.committed?.();
      }
      return part;
    } catch (error) {
      warm.delete(id);
      throw error;
    }
  }

  async function load(id: string): Promise<Read<ConversationDocument> | undefined> {
    return documents.get<ConversationDocument>({ collection: 'conversations', partition: id, id });
  }

  return {
    async start({ conversationId: id, userId, language, coach }) {
      const document: ConversationDocument = {
        id,
        partition: id,
        type: 'conversation',
        schema: 1,
        userId,
        client: newId(),
        ...(coach !== undefined && { coach }),
        ...(language !== undefined && { pageLanguage: language }),
        dialog: {},
        log: [],
        next: 0,
        expiresAt: now() + conversationLife,
      };
      try {
        keepWarm(id, { document, version: await documents.create('conversations', document) });
      } catch (error) {
        if (!hasCode(error, 'conflict')) throw error;
      }
    },

    async exists(id) {
      return warm.has(id) || (await load(id)) !== undefined;
    },

    receive(id, incoming) {
      const message = clean(incoming);
      const key = `in:${message.clientActivityID ?? incoming.id ?? newId()}`;
      return inOrder(id, () => turn(id, message, key));
    },

    push(id, key, drafts) {
      const nothing: Clean = { type: 'event', text: '', masked: false };
      return inOrder(id, async () => {
        try {
          return await turn(id, nothing, `out:${key}`, async ({ dialog }) => ({ dialog, drafts }));
        } catch (error) {
          if (hasCode(error, 'notFound')) return undefined;
          throw error;
        }
      });
    },

    async since(id, watermark) {
      const read = await load(id);
      if (!read) return { activities: [], watermark };
      const { document } = read;
      const oldest = document.log[0]?.first ?? document.next;
      const older = watermark < oldest ? await documents.list<TranscriptDocument>('transcripts', id, 'transcript') : [];
      const entries = [...older.flatMap((one) => one.document.entries), ...document.log];
      // A chunk left by a crash before its conversation was written holds turns that are still in the document.
      const seen = new Set<number>();
      const once = entries.filter(({ first }) => !seen.has(first) && seen.add(first));
      return present(document, after(once, watermark), document.next);
    },

    watch(id, listener) {
      const listeners = watchers.get(id) ?? new Set();
      watchers.set(id, listeners.add(listener));
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) watchers.delete(id);
      };
    },
  };
}
