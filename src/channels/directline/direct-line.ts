import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Request } from 'restify';
import type { Conversations } from '../../bot/conversations.ts';
import type { Routes } from '../../http/by-city.ts';
import { clientAddress } from '../../http/client-address.ts';
import type { Origins } from '../../http/origins.ts';
import { makeLimit, type Rate } from '../../http/rate-limit.ts';
import { activityRoutes } from './activity-routes.ts';
import { conversationRoutes } from './conversation-routes.ts';
import { wrongConversation } from './refusals.ts';
import { makeStreams, type Streams } from './streams.ts';
import { tokenRoutes } from './token-routes.ts';
import { bearer, type Claims, type Holder, makeTokens, type Tokens, tokenSeconds } from './tokens.ts';

/** What the embedded Direct Line needs. */
export interface DirectLineOptions {
  conversations: Conversations;
  /** The city whose chat it is; absent: it is not asked for by name. */
  municipality?: string;
  /** Of the city's own pages. */
  origins: Origins;
  /** Signs the tokens; see `signingSecret`. */
  signingSecret: Uint8Array;
  /** Lets another server ask `tokens/generate`; absent: nobody may. */
  secret?: string;
  /** Coaches who have a demo inbox; undefined outside demo mode. */
  coaches?: readonly string[];
  /** Milliseconds since 1970. */
  now: () => number;
  /** An id that nobody can guess, of letters, digits, `-` and `_`. */
  randomId: () => string;
  /** Proxies in front of the server. */
  proxies?: number;
  /** Per address: tokens and (re)connections; activities; codes of letters. */
  limits?: { tokens: Rate; activities: Rate; codes?: Rate };
  /** Hears from which address a message of a conversation has come. */
  heard?: (conversation: string, address: string) => void;
  /** Milliseconds between looks at what other processes added to a conversation with an open socket. */
  pollEvery?: number;
  /** Milliseconds after which a client is told that the answer is being written. */
  typingAfter?: number;
}

/** What the routes share. */
export interface DirectLineContext extends DirectLineOptions {
  tokens: Tokens;
  streams: Streams;
  limitTokens(request: IncomingMessage): void;
  limitActivities(request: IncomingMessage, conversation: string): void;
  /** Codes of letters that come from one address, right or wrong. */
  limitCodes(request: IncomingMessage): void;
  /** Who asks, by their token; throws `badToken`. */
  holder(request: IncomingMessage): Promise<Claims>;
  /** As `holder`, and of the conversation in the address; throws `wrongConversation`. */
  holderHere(request: Request): Promise<Claims>;
  /** Where the WebSocket of a conversation is opened, within a minute; it lives as long as a chat token given now. */
  streamUrl(request: IncomingMessage, holder: Holder, watermark: number): Promise<string>;
}

/** The embedded Direct Line 3.0: its routes, its WebSockets. */
export interface DirectLine {
  routes(server: Routes): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
  /** Whether this city gave the token, of whatever kind and age. */
  isOurs(token: string): boolean;
  /** Sends the clients of all sockets away; they connect again to whoever serves then. */
  close(): void;
}

/** A whole school may sit behind one address. */
const generous = { tokens: { burst: 600, perSecond: 5 }, activities: { burst: 1_200, perSecond: 40 } };
/** A library where a talk about the letters is given may have this many of them. */
const fewCodes = { burst: 30, perSecond: 1 / 60 };

/** Makes the embedded Direct Line over the conversations. */
export function createDirectLine(options: DirectLineOptions): DirectLine {
  const { now, proxies = 0, limits = generous } = options;
  const tokens = makeTokens({
    secret: options.signingSecret,
    now,
    coaches: options.coaches !== undefined,
    ...(options.municipality !== undefined && { city: options.municipality }),
  });
  const streams = makeStreams({ ...options, tokens });
  const byTokens = makeLimit(limits.tokens, now);
  const byActivities = makeLimit(limits.activities, now);
  const byCodes = makeLimit(options.limits?.codes ?? fewCodes, now);
  async function holder(request: IncomingMessage): Promise<Claims> {
    // The server lets in the pages of all its cities; here only those of this one count.
    options.origins.check(request);
    return tokens.verify(bearer(request.headers.authorization));
  }
  const context: DirectLineContext = {
    ...options,
    tokens,
    streams,
    limitTokens: (request) => byTokens(clientAddress(request, proxies)),
    limitActivities(request, conversation) {
      const address = clientAddress(request, proxies);
      byActivities(address);
      options.heard?.(conversation, address);
    },
    limitCodes: (request) => byCodes(clientAddress(request, proxies)),
    holder,
    async holderHere(request) {
      const claims = await holder(request);
      if (claims.conv !== request.params.id) throw wrongConversation();
      return claims;
    },
    async streamUrl(request, holder, watermark) {
      const key = await tokens.issueStream({ ...holder, exp: Math.floor(now() / 1000) + tokenSeconds });
      const socket = options.origins.base(request).replace(/^http/, 'ws');
      return `${socket}/v3/directline/conversations/${holder.conv}/stream?watermark=${watermark}&t=${key}`;
    },
  };
  return {
    routes(server) {
      tokenRoutes(server, context);
      conversationRoutes(server, context);
      activityRoutes(server, context);
    },
    upgrade: streams.upgrade,
    isOurs: tokens.isOurs,
    close: streams.close,
  };
}
