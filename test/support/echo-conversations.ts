import type { Activity, Draft, Incoming } from '../../src/bot/activity.ts';
import type { Conversations, LogPart, Opening } from '../../src/bot/conversations.ts';
import { PolkuError } from '../../src/errors.ts';

interface Log {
  opening: Opening;
  activities: Activity[];
  done: Map<string, LogPart>;
}

/** Conversations in memory that answer each message with its own words; also lets a test play another process. */
export class EchoConversations implements Conversations {
  readonly logs = new Map<string, Log>();
  readonly received: Incoming[] = [];
  readonly #listeners = new Map<string, Set<(part: LogPart) => void>>();

  async start(opening: Opening): Promise<void> {
    if (!this.logs.has(opening.conversationId)) {
      this.logs.set(opening.conversationId, { opening, activities: [], done: new Map() });
    }
  }

  async exists(conversationId: string): Promise<boolean> {
    return this.logs.has(conversationId);
  }

  async receive(conversationId: string, incoming: Incoming): Promise<LogPart> {
    const log = this.logs.get(conversationId);
    if (!log) throw new PolkuError('notFound');
    this.received.push(incoming);
    const id = incoming.channelData?.clientActivityID;
    const before = id && log.done.get(id);
    if (before) return before;
    const part = this.add(conversationId, [
      ...(incoming.type === 'message' ? [{ role: 'user' as const, text: incoming.text ?? '', id }] : []),
      { role: 'bot' as const, text: incoming.type === 'message' ? `You said: ${incoming.text}` : 'Hello' },
    ]);
    if (id) log.done.set(id, part);
    return part;
  }

  async push(conversationId: string, _id: string, drafts: Draft[]): Promise<LogPart | undefined> {
    if (!this.logs.has(conversationId)) return undefined;
    return this.add(
      conversationId,
      drafts.map((draft) => ({ role: 'bot', text: draft.text ?? '' })),
    );
  }

  async since(conversationId: string, watermark: number): Promise<LogPart> {
    const activities = this.logs.get(conversationId)?.activities;
    if (!activities) throw new PolkuError('notFound');
    return { activities: activities.slice(watermark), watermark: activities.length };
  }

  watch(conversationId: string, listener: (part: LogPart) => void): () => void {
    const all = this.#listeners.get(conversationId) ?? new Set();
    this.#listeners.set(conversationId, all.add(listener));
    return () => all.delete(listener);
  }

  /** How many listen to a conversation. */
  listeners(conversationId: string): number {
    return this.#listeners.get(conversationId)?.size ?? 0;
  }

  /** Adds to the log; `quietly` as another process would: nobody here is told. */
  add(conversationId: string, said: { role: 'bot' | 'user'; text: string; id?: string }[], quietly = false): LogPart {
    const { activities, opening } = this.logs.get(conversationId)!;
    const first = activities.length;
    for (const { role, text, id } of said) {
      const activity: Activity = {
        type: 'message',
        id: `${conversationId}|${activities.length + 1}`,
        timestamp: new Date(0).toISOString(),
        from: role === 'bot' ? { id: 'polku', role } : { id: opening.userId, role },
        text,
        replyToId: role === 'bot' ? `${conversationId}|${first + 1}` : undefined,
        channelData: id ? { clientActivityID: id } : undefined,
      };
      activities.push(activity);
    }
    const part = { activities: activities.slice(first), watermark: activities.length };
    if (!quietly) for (const listener of this.#listeners.get(conversationId) ?? []) listener(part);
    return part;
  }
}
