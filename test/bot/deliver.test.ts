import { expect } from 'chai';
import type { Activity } from '../../src/bot/activity.ts';
import type { ChannelReference } from '../../src/bot/conversations.ts';
import { createConversations } from '../../src/bot/durable-conversations.ts';
import { hasCode, PolkuError } from '../../src/errors.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';

describe('What nobody asked for', () => {
  const reference: ChannelReference = {
    channelId: 'directline',
    serviceUrl: 'https://directline.botframework.com/',
    conversation: 'theirs',
    user: 'dl_1',
    bot: 'polku@city',
  };

  it('is brought to the channel of its conversation after it is kept, and again until the channel takes it', async () => {
    const documents = openSqlite(':memory:', { now: Date.now });
    const brought: [ChannelReference, (string | undefined)[]][] = [];
    let works = false;
    let id = 0;
    const conversations = createConversations({
      documents,
      decide: async ({ dialog }) => ({ dialog, drafts: [{ type: 'message', text: 'reply' }] }),
      apologise: () => [],
      now: Date.now,
      newId: () => String(id++),
      async deliver(to, activities: Activity[]) {
        brought.push([to, activities.map(({ text }) => text)]);
        if (!works) throw new PolkuError('storeUnavailable', 'the channel did not take it');
      },
    });
    await conversations.start({ conversationId: 'outside', userId: 'dl_1', reference });
    await conversations.start({ conversationId: 'embedded', userId: 'dl_2' });
    const push = (to: string) => conversations.push(to, 'notice', [{ type: 'message', text: 'news' }]);
    const failed = await push('outside').catch((error: unknown) => error);
    expect(hasCode(failed, 'storeUnavailable')).to.equal(true);
    works = true;
    expect(await push('outside')).to.have.property('watermark', 1);
    expect(brought).to.deep.equal([
      [reference, ['news']],
      [reference, ['news']],
    ]);
    await push('embedded');
    await conversations.receive('outside', { type: 'message', text: 'hello' });
    expect(brought).to.have.length(2);
    expect((await conversations.since('outside', 0)).activities.map(({ text }) => text)).to.deep.equal([
      'news',
      'hello',
      'reply',
    ]);
    await documents.close();
  });
});
