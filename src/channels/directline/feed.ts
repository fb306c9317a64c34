import type { Conversations, LogPart } from '../../bot/conversations.ts';

/** What feeds one client. */
export interface FeedOptions {
  conversations: Pick<Conversations, 'since' | 'watch'>;
  conversationId: string;
  /** The last activity that the client has. */
  watermark: number;
  /** Gets each activity once, in order. */
  send: (part: LogPart) => void;
  /** Called at most once, when the log cannot be read any more. */
  failed: (error: unknown) => void;
  /** Milliseconds between looks at what other processes added. */
  pollEvery: number;
}

/** Sends what is in the log after the watermark and then each addition, until the returned function is called. */
export function openFeed(options: FeedOptions): () => void {
  const { conversations, conversationId, send } = options;
  let sent = options.watermark;
  let open = true;
  let reading = false;
  let missed = false;

  const unwatch = conversations.watch(conversationId, (part) => {
    const from = part.watermark - part.activities.length;
    if (from > sent) void read();
    else take(part);
  });
  const timer = setInterval(() => void read(), options.pollEvery);
  timer.unref();
  void read();

  function take(part: LogPart): void {
    if (!open || part.watermark <= sent) return;
    const fresh = part.activities.slice(-(part.watermark - sent));
    sent = part.watermark;
    if (fresh.length) send({ activities: fresh, watermark: sent });
  }

  async function read(): Promise<void> {
    // A second wish while one is under way: that one may have looked too early, so look once more after it.
    missed = reading;
    if (reading || !open) return;
    reading = true;
    try {
      do {
        missed = false;
        take(await conversations.since(conversationId, sent));
      } while (missed && open);
    } catch (error) {
      if (!open) return;
      close();
      options.failed(error);
    } finally {
      reading = false;
    }
  }

  function close(): void {
    open = false;
    unwatch();
    clearInterval(timer);
  }
  return close;
}
