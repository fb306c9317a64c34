import { changeDocument } from '../domain/change-document.ts';
import type { Documents, Read } from '../domain/documents.ts';
import { hasCode, PolkuError } from '../errors.ts';
import { processTimers, type Timers } from '../timers.ts';
import type { Activity, Incoming } from './activity.ts';
import {
  type ConversationDocument,
  conversationLife,
  conversationSchema,
  type TranscriptDocument,
} from './conversation-document.ts';
import type { ChannelReference, Conversations, LogPart } from './conversations.ts';
import { activitiesOf } from './entry.ts';
import { type Clean, clean } from './gate.ts';
import { untilThen } from './timed-documents.ts';
import { type Decide, finishTurn, placeOf, runTurn, type TurnDone, type TurnSettings } from './turn.ts';

/** Conversations whose document is kept in the process under its version; a stale one is found out by the write. */
const warmLimit = 300;
/** Crashed turns finished in one go. */
const finishedAtOnce = 50;

/** Parts of the conversations beyond those of one turn. */
export interface ConversationSettings extends Omit<TurnSettings, 'self' | 'timers'> {
  /** Those of the process unless told otherwise. */
  timers?: Timers;
  /** The longest a call may take, waiting in the queue included, in milliseconds; channels send again after 15 s. */
  deadline?: number;
  /** What a channel is told when a turn was given up: a `storeUnavailable` that says what to do. Logs it. */
  gaveUp?(error: unknown, id: string, conversation?: ConversationDocument): PolkuError;
  /** Called after a turn that changed the world, so that what the turn put into outboxes goes out at once. */
  committed?(): void;
  /** Gives stored activities their shape for reading, such as a card rendered from its source. */
  present?(activities: Activity[], conversation: ConversationDocument): Promise<Activity[]>;
  /** Brings what nobody asked for to the channel of its conversation; throws `storeUnavailable` to be asked again. */
  deliver?(to: ChannelReference, activities: Activity[]): Promise<void>;
}

/** Conversations that can be left in the middle of a turn by a process that dies. */
export interface DurableConversations extends Conversations {
  /** Finishes confirmed turns that crashed, also of those who never come back; to be called every few seconds. */
  finishCrashed(): Promise<void>;
}

/** Conversations kept in documents: turns in one conversation run one after another, each as a transaction. */
export function createConversations(given: ConversationSettings): DurableConversations {
  const { now, newId, deadline = 8000, timers = processTimers } = given;
  const settings = { ...given, timers, self: newId() };
  const warm = new Map<string, Read<ConversationDocument>>();
  const queues = new Map<string, Promise<unknown>>();
  const watchers = new Map<string, Set<(part: LogPart) => void>>();
  // What begins a conversation is received twice: only the first time tells that there is none. Cleaning can take longest.
  const cleaned = new WeakMap<Incoming, Clean>();

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

  /** The store for the time of one call from outside. */
  function timed(ends = now() + deadline): Documents {
    return untilThen(settings.documents, settings, () => ends);
  }

  /** Tells everybody what a turn has added. */
  async function announce(id: string, { read, entry, fresh, confirmed }: TurnDone): Promise<LogPart> {
    keepWarm(id, read);
    if (fresh && confirmed) settings.committed?.();
    const part = await present(read.document, activitiesOf(read.document, entry), entry.first + entry.lines.length);
    if (fresh) for (const listener of watchers.get(id) ?? []) listener(part);
    return part;
  }

  async function turn(
    id: string,
    incoming: Clean,
    key: string,
    decide?: Decide,
  ): Promise<{ part: LogPart; reference?: ChannelReference }> {
    const ends = now() + deadline;
    return inOrder(id, async () => {
      const known = warm.get(id);
      const finished: TurnDone[] = [];
      try {
        const done = await runTurn(settings, { id, incoming, key, ends, known, decide }, (one) => finished.push(one));
        for (const one of finished) await announce(id, one);
        return { part: await announce(id, done), reference: done.read.document.reference };
      } catch (error) {
        warm.delete(id);
        if (!hasCode(error, 'storeUnavailable')) throw error;
        throw settings.gaveUp?.(error, id, known?.document) ?? error;
      }
    });
  }

  return {
    async start({ conversationId: id, userId, language, coach, reference }) {
      const document: ConversationDocument = {
        id,
        partition: id,
        type: 'conversation',
        schema: conversationSchema,
        userId,
        client: newId(),
        ...(coach !== undefined && { coach }),
        ...(language !== undefined && { pageLanguage: language }),
        ...(reference && { reference }),
        dialog: {},
        log: [],
        next: 0,
        expiresAt: now() + conversationLife,
      };
      try {
        keepWarm(id, { document, version: await timed().create('conversations', document) });
      } catch (error) {
        if (hasCode(error, 'conflict')) return;
        if (!hasCode(error, 'storeUnavailable')) throw error;
        await changeDocument<ConversationDocument>(timed(), placeOf(id), (made) => (made ? undefined : document));
      }
    },

    async exists(id) {
      return warm.has(id) || (await timed().get(placeOf(id))) !== undefined;
    },

    async receive(id, incoming) {
      const message = cleaned.get(incoming) ?? clean(incoming);
      try {
        const { part } = await turn(id, message, `in:${message.clientActivityID ?? incoming.id ?? newId()}`);
        return part;
      } catch (error) {
        if (hasCode(error, 'notFound')) cleaned.set(incoming, message);
        throw error;
      }
    },

    async push(id, key, said) {
      const nothing: Clean = { type: 'event', text: '', masked: false };
      const decide: Decide = async (conversation) =>
        typeof said === 'function' ? said(conversation) : { dialog: conversation.dialog, drafts: said };
      try {
        const { part, reference } = await turn(id, nothing, `out:${key}`, decide);
        if (reference) await settings.deliver?.(reference, part.activities);
        return part;
      } catch (error) {
        if (hasCode(error, 'notFound')) return undefined;
        throw error;
      }
    },

    async since(id, watermark) {
      const documents = timed();
      const read = await documents.get<ConversationDocument>(placeOf(id));
      if (!read) throw new PolkuError('notFound', 'There is no such conversation (any more).');
      const { document } = read;
      const oldest = document.log[0]?.first ?? document.next;
      const older = watermark < oldest ? await documents.list<TranscriptDocument>('transcripts', id, 'transcript') : [];
      const entries = [...older.flatMap((one) => one.document.entries), ...document.log];
      // A chunk left by a crash before its conversation was written holds turns that are still in the document.
      const seen = new Set<number>();
      const once = entries.filter(({ first }) => !seen.has(first) && seen.add(first));
      const news = once.filter(({ first, lines }) => first + lines.length > watermark);
      const said = news.flatMap((entry) => activitiesOf(document, entry).slice(Math.max(0, watermark - entry.first)));
      return present(document, said, document.next);
    },

    watch(id, listener) {
      const listeners = watchers.get(id) ?? new Set();
      watchers.set(id, listeners.add(listener));
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) watchers.delete(id);
      };
    },

    async finishCrashed() {
      const crashed = await timed().due('conversations', now(), finishedAtOnce);
      for (const { id } of crashed.map(({ document }) => document)) {
        // A turn that is waiting or running here finishes it by itself.
        if (queues.has(id)) continue;
        await inOrder(id, async () => {
          const done = await finishTurn(settings, id, now() + deadline);
          if (done) await announce(id, done);
        }).catch(() => warm.delete(id));
      }
    },
  };
}
