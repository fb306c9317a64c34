import { expect } from 'chai';
import { miss } from '../../src/domain/clients/handoff.ts';
import type { ContactRequest } from '../../src/domain/clients/path.ts';
import { chatNotice } from '../../src/domain/notices.ts';
import { press } from '../../src/teams/actions.ts';
import { type Conversation, converse, porvoo, texts } from '../support/conversation.ts';

async function takenBy(talk: Conversation, ...coaches: string[]) {
  const { documents, municipality, now } = talk;
  const parts = { documents, municipality, t: texts, now: () => now.toMillis() };
  const [read] = await documents.list<ContactRequest>('clients', talk.client, 'contact');
  const about = { collection: 'clients', partition: talk.client, id: read!.document.id } as const;
  for (const id of coaches) {
    await press(parts, porvoo.coaches.find((coach) => coach.id === id)!, { act: 'take', about });
  }
  const after = (await documents.get<ContactRequest>(about))!.document;
  return (after.outbox ?? []).filter(({ kind }) => kind === 'chat').map(({ payload }) => chatNotice.parse(payload));
}

describe('A person who asked for a person', () => {
  it('hears in the chat, once and in their language, who has taken the request and will call', async () => {
    const talk = await converse({ language: 'sv' });
    await talk.presses('contact');
    await talk.answers({ how: 'call', phone: '0400000001', name: null, about: null });
    await talk.presses('submit');
    const told = await takenBy(talk, 'samira-nahari', 'aino-lehtivaara', 'samira-nahari');
    expect(told).to.have.length(1);
    expect(told[0]).to.include({ conversation: 'chat-1', language: 'sv' });
    const words = texts.say(told[0]!.say[0]!, 'sv');
    expect(words).to.include('Samira Nahari').and.include('0400000001');
  });

  it('hears how to reach that coach when they waited in the chat and nobody came in time', async () => {
    const talk = await converse();
    await talk.presses('contact');
    await talk.answers({ how: 'here', name: null, about: null });
    await talk.presses('submit');
    const [read] = await talk.documents.list<ContactRequest>('clients', talk.client, 'contact');
    await talk.documents.replace('clients', miss(read!.document)!, read!.version);
    const [told] = await takenBy(talk, 'samira-nahari');
    expect(texts.say(told!.say[0]!, 'fi')).to.include('019 000 0013');
  });
});
