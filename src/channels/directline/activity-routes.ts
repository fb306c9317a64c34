import type { Server } from 'restify';
import { answering } from '../../http/answer.ts';
import { activitySet } from './activity-set.ts';
import { watermarkOf } from './conversation-routes.ts';
import type { DirectLineContext } from './direct-line.ts';
import { readIncoming } from './read-incoming.ts';
import { gone, uploadRefused } from './refusals.ts';

/** Routes that take what a person says and give what was said. */
export function activityRoutes(server: Server, context: DirectLineContext): void {
  const { conversations, streams, randomId, typingAfter = 500 } = context;

  server.post(
    '/v3/directline/conversations/:id/activities',
    answering(async (request) => {
      const { conv } = await context.holderHere(request);
      context.limitActivities(request);
      const incoming = await readIncoming(request);
      // That a person is typing is neither kept nor answered.
      if (incoming.type === 'typing') return { id: randomId() };
      const timer = setTimeout(() => streams.typing(conv), typingAfter);
      try {
        const part = await conversations.receive(conv, incoming);
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
      if (part.watermark === 0 && !(await conversations.exists(conv))) throw gone();
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
