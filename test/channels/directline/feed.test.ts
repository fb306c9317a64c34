import { expect } from 'chai';
import fc from 'fast-check';
import type { LogPart } from '../../../src/bot/conversations.ts';
import { openFeed } from '../../../src/channels/directline/feed.ts';
import { until } from '../../support/direct-line-server.ts';
import { EchoConversations } from '../../support/echo-conversations.ts';

describe('The feed of one client', () => {
  it('gives each addition once and in order, whoever made it and whenever the log answers', async () => {
    const step = fc.oneof(
      fc.record({ add: fc.integer({ min: 1, max: 3 }), quietly: fc.boolean() }),
      fc.constant('answer' as const),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), fc.nat({ max: 3 }), async (steps, watermark) => {
        const conversations = new EchoConversations();
        await conversations.start({ conversationId: 'c', userId: 'dl_u' });
        const say = (count: number, quietly: boolean) =>
          conversations.add(
            'c',
            Array.from({ length: count }, () => ({ role: 'bot' as const, text: 'x' })),
            quietly,
          );
        say(3, true);
        // The log is read when it is asked, but its answer arrives only when the steps say so.
        const answers: (() => void)[] = [];
        const since = async (id: string, from: number): Promise<LogPart> => {
          const part = await conversations.since(id, from);
          await new Promise<void>((resolve) => answers.push(resolve));
          return part;
        };
        const got: string[] = [];
        const close = openFeed({
          conversations: { since, watch: conversations.watch.bind(conversations) },
          conversationId: 'c',
          watermark,
          pollEvery: 1,
          send: ({ activities }) => got.push(...activities.map((activity) => activity.id)),
          failed: (error) => expect.fail(String(error)),
        });
        for (const one of steps) {
          if (one === 'answer') answers.shift()?.();
          else say(one.add, one.quietly);
          await Promise.resolve();
        }
        const all = conversations.logs
          .get('c')!
          .activities.slice(watermark)
          .map((activity) => activity.id);
        const answering = setInterval(() => answers.shift()?.(), 0);
        await until(() => got.length >= all.length);
        clearInterval(answering);
        close();
        expect(got).to.deep.equal(all);
        expect(conversations.listeners('c')).to.equal(0);
      }),
      { numRuns: 100 },
    );
  });

  it('tells once that the log cannot be read, and stops', async () => {
    const conversations = new EchoConversations();
    let failures = 0;
    openFeed({
      conversations: {
        since: async () => Promise.reject(new Error('no store')),
        watch: conversations.watch.bind(conversations),
      },
      conversationId: 'c',
      watermark: 0,
      pollEvery: 1,
      send: () => {},
      failed: () => failures++,
    });
    await until(() => failures > 0);
    expect([failures, conversations.listeners('c')]).to.deep.equal([1, 0]);
  });
});
