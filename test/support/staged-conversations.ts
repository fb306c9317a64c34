import type { Activity, Draft, Incoming } from '../../src/bot/activity.ts';
import type { Conversations, LogPart, Opening } from '../../src/bot/conversations.ts';
import { PolkuError } from '../../src/errors.ts';

interface Stage {
  opening: Opening;
  activities: Activity[];
  done: Map<string, LogPart>;
}

/** A message that a test lets somebody say; by the bot unless told. */
export type Said = Draft & Partial<Pick<Activity, 'from'>>;

/** What a test lets the bot say to an activity; `said` counts the activities of the conversation so far. */
export type Script = (incoming: Incoming, opening: Opening, said: number) => Draft[];

/** Conversations in memory where the test writes the bot's part; each activity runs once, as the real ones promise. */
export class StagedConversations implements Conversations {
  readonly stages = new Map<string, Stage>();
  readonly received: Incoming[] = [];
  script: Script;
  readonly #listeners = new Map<string, Set<(part: LogPart) => void>>();

  constructor(script: Script) {
    this.script = script;
  }

  async start(opening: Opening): Promise<void> {
    const { conversationId } = opening;
    if (!this.stages.has(conversationId)) this.stages.set(conversationId, { opening, activities: [], done: new Map() });
  }

  async exists(conversationId: string): Promise<boolean> {
    return this.stages.has(conversationId);
  }

  async receive(conversationId: string, incoming: Incoming): Promise<LogPart> {
    const stage = this.stages.get(conversationId);
    if (!stage) throw new PolkuError('notFound');
    const press = incoming.channelData?.clientActivityID;
    const before = press && stage.done.get(press);
    if (before) return before;
    this.received.push(incoming);
    const own: Draft = {
      type: 'message',
      text: incoming.text,
      locale: incoming.locale,
      channelData: incoming.channelData,
    };
    const drafts = this.script(incoming, stage.opening, stage.activities.length);
    const part = this.#add(stage, incoming.text ? [own] : [], drafts);
    if (press) stage.done.set(press, part);
    return part;
  }

  async push(conversationId: string, _id: string, drafts: Said[]): Promise<LogPart | undefined> {
    const stage = this.stages.get(conversationId);
    return stage && this.#add(stage, [], drafts);
  }

  async since(conversationId: string, watermark: number): Promise<LogPart> {
    const activities = this.stages.get(conversationId)?.activities;
    if (!activities) throw new PolkuError('notFound');
    return { activities: activities.slice(watermark), watermark: activities.length };
  }

  watch(conversationId: string, listener: (part: LogPart) => void): () => void {
    const all = this.#listeners.get(conversationId) ?? new Set();
    this.#listeners.set(conversationId, all.add(listener));
    return () => all.delete(listener);
  }

  /** Says something in every conversation there is. */
  async pushAll(drafts: Said[]): Promise<void> {
    for (const id of this.stages.keys()) await this.push(id, '', drafts);
  }

  #add({ opening, activities }: Stage, own: Draft[], bot: Said[]): LogPart {
    const { conversationId, userId } = opening;
    const from = activities.length;
    const all = [...own.map((draft) => ({ draft, mine: true })), ...bot.map((draft) => ({ draft, mine: false }))];
    for (const { draft, mine } of all) {
      activities.push({
        id: `${conversationId}|${activities.length}`,
        timestamp: new Date().toISOString(),
        from: mine ? { id: userId, role: 'user' } : { id: 'polku', role: 'bot' },
        ...draft,
      });
    }
    const part = { activities: activities.slice(from), watermark: activities.length };
    for (const listener of this.#listeners.get(conversationId) ?? []) listener(part);
    return part;
  }
}
