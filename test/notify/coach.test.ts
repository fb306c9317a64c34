import { expect } from 'chai';
import type { Saying } from '../../src/bot/conversations.ts';
import type { OutboxItem } from '../../src/domain/documents.ts';
import { type ChatNotice, notice } from '../../src/domain/notices.ts';
import { createChatSender } from '../../src/notify/chat.ts';
import { createCoachSender } from '../../src/notify/coach.ts';
import { about, aino, cases, Office, porvoo, texts } from '../support/coach-office.ts';
import { dying } from '../support/dying-documents.ts';

const intake = cases.intake('x', { routing: { because: { key: 'routing.team' } } });
const item = notice('coach', 'news', 0, { news: 'intake' });

describe('News for coaches', () => {
  const deliver = (office: Office, one: OutboxItem, documents = office.documents) =>
    createCoachSender({ ...office.parts, documents, conversations: office.conversations })({
      item: one,
      document: intake,
      ref: about(intake),
    });

  it('is one card each, however often and with whatever crash it is delivered', async () => {
    for (let call = 1, last = false; !last; call++) {
      for (const when of ['before', 'after'] as const) {
        const office = new Office();
        await office.documents.create('clients', intake);
        const { documents, calls } = dying(office.documents, { call, when });
        await deliver(office, item, documents).catch(() => undefined);
        last = calls() < call;
        expect(await deliver(office, item)).to.equal('sent');
        for (const { id } of porvoo.coaches) {
          expect(await office.log(id)).to.have.length(1);
          expect(await office.documents.list('coaches', id)).to.have.length(1);
        }
      }
    }
  });

  it('goes to those who are named, and not to the one who did it', async () => {
    const office = new Office();
    await office.documents.create('clients', intake);
    expect(await deliver(office, notice('coach', 'a', 0, { news: 'handled', except: aino }))).to.equal('sent');
    expect(await office.log(aino)).to.deep.equal([]);
    expect(
      await deliver(office, notice('coach', 'b', 0, { news: 'intake', coaches: [aino, 'left-long-ago'] })),
    ).to.equal('sent');
    expect(await office.log(aino)).to.have.length(1);
  });

  it('has nothing to tell of a case that is gone', async () => {
    const office = new Office();
    expect(await deliver(office, item)).to.equal('sent');
    expect(await office.log(aino)).to.deep.equal([]);
  });

  it('is refused when it cannot be read', async () => {
    const office = new Office();
    expect(await deliver(office, { ...item, payload: { news: 'weather' } })).to.equal('refused');
  });
});

describe('A message to a client', () => {
  const told = {
    conversation: 'talk-1',
    language: 'sv',
    say: [{ key: 'contact.taken.here', with: { coach: 'Aino', phone: '019 000 0011' } }, 'Hej'],
  };
  const plainly =
    ({ say, language }: ChatNotice): Saying =>
    async ({ dialog }) => {
      const said = say.map((text) => texts.say(text, language));
      return { dialog, drafts: said.map((text) => ({ type: 'message', text, locale: language })) };
    };
  const parcel = (payload: Record<string, unknown>) => ({
    item: { ...item, kind: 'chat' as const, payload },
    document: intake,
    ref: about(intake),
  });

  it('is said once in their own conversation, in their language', async () => {
    const office = new Office();
    const send = createChatSender(office.conversations, texts, plainly);
    await office.conversations.start({ conversationId: 'talk-1', userId: 'dl_1' });
    for (let i = 0; i < 2; i++) expect(await send(parcel(told))).to.equal('sent');
    const { activities } = await office.conversations.since('talk-1', 0);
    expect(activities.map(({ text, locale }) => [text, locale])).to.deep.equal([
      [texts.say(told.say[0]!, 'sv'), 'sv'],
      ['Hej', 'sv'],
    ]);
  });

  it('is refused, not lost in silence, when the conversation is gone or the message cannot be read', async () => {
    const send = createChatSender(new Office().conversations, texts, plainly);
    expect(await send(parcel(told))).to.equal('refused');
    expect(await send(parcel({ ...told, say: [] }))).to.equal('refused');
    expect(await send(parcel({ ...told, say: [{ key: 1 }] }))).to.equal('refused');
  });
});
