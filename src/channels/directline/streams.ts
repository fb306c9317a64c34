import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket, WebSocketServer } from 'ws';
import type { Conversations } from '../../bot/conversations.ts';
import { hasCode, PolkuError } from '../../errors.ts';
import type { Origins } from '../../http/origins.ts';
import { activitySet } from './activity-set.ts';
import { watermarkOf } from './conversation-routes.ts';
import { openFeed } from './feed.ts';
import { gone, wrongConversation } from './refusals.ts';
import type { Claims, Tokens } from './tokens.ts';

/** What the WebSockets need. */
export interface StreamOptions {
  conversations: Conversations;
  origins: Origins;
  tokens: Tokens;
  now: () => number;
  pollEvery?: number;
}

/** The open WebSockets of this process. */
export interface Streams {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
  /** Tells the clients of a conversation that an answer is being written; never stored. */
  typing(conversationId: string): void;
  close(): void;
}

const pingEvery = 25_000;
/** A phone that changes networks leaves dead sockets behind; beyond this the oldest is closed. */
const socketsEach = 10;
const backlog = 1024 * 1024;

/** Serves `GET …/stream`: what was said since the watermark, then each addition as it is committed. */
export function makeStreams(options: StreamOptions): Streams {
  const { conversations, origins, tokens, now, pollEvery = 3_000 } = options;
  const sockets = new Map<string, Set<WebSocket>>();
  let serving: Promise<WebSocketServer> | undefined;

  async function admit(request: IncomingMessage): Promise<{ claims: Claims; watermark: number }> {
    const [path = '', query = ''] = (request.url ?? '').split('?');
    const id = /^\/v3\/directline\/conversations\/([\w-]+)\/stream$/.exec(path)?.[1];
    if (!id || request.method !== 'GET') throw new PolkuError('notFound', 'There is no socket at this address.');
    origins.check(request);
    const claims = await tokens.verifyStream(new URLSearchParams(query).get('t') ?? '');
    if (claims.conv !== id) throw wrongConversation();
    const watermark = watermarkOf(query);
    if (!(await conversations.exists(id))) {
      if (!claims.begins) throw gone();
      await conversations.start({ conversationId: id, userId: claims.user, language: claims.language });
    }
    return { claims, watermark };
  }

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const { claims, watermark } = await admit(request);
    serving ??= import('ws').then(({ WebSocketServer }) => new WebSocketServer({ noServer: true, maxPayload: 1024 }));
    (await serving).handleUpgrade(request, socket, head, (opened) => serve(opened, claims, watermark));
  }

  function serve(socket: WebSocket, { conv, exp }: Claims, watermark: number): void {
    const all = sockets.get(conv) ?? new Set();
    sockets.set(conv, all.add(socket));
    if (all.size > socketsEach) all.values().next().value?.close(1008, 'too many sockets');

    const closeFeed = openFeed({
      conversations,
      conversationId: conv,
      watermark,
      pollEvery,
      send(part) {
        // Who does not read is cut off rather than remembered; the watermark brings it all back.
        if (socket.bufferedAmount > backlog) socket.terminate();
        else socket.send(JSON.stringify(activitySet(conv, part)));
      },
      failed: (error) => socket.close(hasCode(error, 'notFound') ? 1000 : 1011),
    });
    let alive = true;
    const ping = setInterval(() => {
      if (!alive) return socket.terminate();
      alive = false;
      socket.ping();
    }, pingEvery);
    // A socket lives as long as the token that it was opened with; a client with a fresh token connects again.
    const end = setTimeout(() => socket.close(1000, 'token expired'), Math.max(0, exp * 1000 - now()));
    ping.unref();
    end.unref();

    socket.on('pong', () => {
      alive = true;
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearInterval(ping);
      clearTimeout(end);
      closeFeed();
      all.delete(socket);
      if (all.size === 0) sockets.delete(conv);
    });
  }

  return {
    upgrade,
    typing(conversationId) {
      const activity = {
        type: 'typing',
        id: `${conversationId}|typing`,
        from: { id: 'polku', role: 'bot' },
        timestamp: new Date(now()).toISOString(),
      };
      const text = JSON.stringify({ activities: [{ ...activity, conversation: { id: conversationId } }] });
      for (const socket of sockets.get(conversationId) ?? []) socket.send(text);
    },
    close() {
      for (const all of sockets.values()) for (const socket of all) socket.close(1001, 'restarting');
    },
  };
}
