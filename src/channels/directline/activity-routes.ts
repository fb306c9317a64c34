import type { Incoming } from '../../bot/activity.ts';
import type { LogPart } from '../../bot/conversations.ts';
import { clean } from '../../bot/gate.ts';
import { hasCode } from '../../errors.ts';
import { answering } from '../../http/answer.ts';
import type { Routes } from '../../http/by-city.ts';
import { activitySet } from './activity-set.ts';
import { watermarkOf } from './conversation-routes.ts';
import type { DirectLineContext } from './direct-line.ts';
import { readIncoming } from './read-incoming.ts';
import { uploadRefused } from './refusals.ts';
import type { Claims } from './tokens.ts';

/** A code of a letter as the conversation will read it; shorter messages, nearly all, hold none. */
function holdsCode(incoming: Incoming): boolean {
  return (incoming.text?.length ?? 0) >= 16 && clean(incoming).letter !== undefined;
}

/** Routes that take what a person says and give what was said. */
export function activityRoutes(server: Routes, context: DirectLineContext): void {
  const { conversations, streams, randomId, typingAfter = 500 } = context;

  /** Takes a message; a client that polls may speak before it has started the conversation that its token is for. */
  async function receiveIn({ conv, user, language, coach }: Claims, incoming: Incoming): Promise<LogPart> {
    try {
      return await conversations.receive(conv, incoming);
    } catch (error) {
      if (!hasCode(error, 'notFound')) throw error;
      await conversations.start({ conversationId: conv, userId: user, language, coach });
      return conversations.receive(conv, incoming);
    }
  }

  server.post(
    '/v3/directline/conversations/:id/activities',
    answering(async (request) => {
      const claims = await context.holderHere(request);
      const { conv } = claims;
      context.limitActivities(request, conv);
      const incoming = await readIncoming(request);
      if (holdsCode(incoming)) context.limitCodes(request);
      // That a person is typing is neither kept nor answered.
      if (incoming.type === 'typing') return { id: randomId() };
      const timer = setTimeout(() => streams.typing(conv), typingAfter);
      try {
        const part = await receiveIn(claims, incoming);
        const own = part.activities.find((activity) => activity.from.role === 'user');
        return { id: own?.id ?? randomId() };
      } finally {
        clearTimeout(timer);
      }
    }),
  );

  server.get(
    '/v3/directline/conversations/:id/activities',
    answering(async (request) => {
      const { conv } = await context.holderHere(request);
      const part = await conversations.since(conv, watermarkOf(request.getQuery()));
      return activitySet(conv, part);
    }),
  );

  server.post(
    '/v3/directline/conversations/:id/upload',
    answering(async (request) => {
      await context.holderHere(request);
      throw uploadRefused();
    }),
  );
}
