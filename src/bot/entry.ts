import type { Activity, Draft } from './activity.ts';
import type { ConversationDocument, Entry } from './conversation-document.ts';
import type { Clean } from './gate.ts';

/** A turn that has been decided, to be written into the log. */
export interface Said {
  key: string;
  incoming: Clean;
  drafts: Draft[];
  /** What the log keeps of the person's own message; its words unless told. */
  own?: Draft;
  forget?: boolean;
  /** Epoch milliseconds. */
  at: number;
}

/** Makes the entry of a turn: the person's own message, unless it is to be forgotten, and what is said to it. */
export function makeEntry(document: ConversationDocument, said: Said): Entry {
  const { key, incoming, drafts, forget, at } = said;
  const timestamp = new Date(at).toISOString();
  const first = document.next;
  const own: Draft[] = incoming.type === 'message' && !forget ? [ownDraft(incoming, said.own)] : [];
  const activities = [...own, ...drafts].map(
    (draft, i): Activity => ({
      id: `${document.id}|${String(first + i).padStart(7, '0')}`,
      timestamp,
      from: i < own.length ? { id: document.userId, role: 'user' } : { id: 'polku', name: 'Polku', role: 'bot' },
      ...draft,
      ...(forget && { channelData: { ...draft.channelData, forgotten: true } }),
    }),
  );
  return { key, first, activities };
}

function ownDraft({ text, value, clientActivityID }: Clean, own?: Draft): Draft {
  const said: Draft = own ?? {
    type: 'message',
    ...(text !== '' && { text, textFormat: 'plain' }),
    ...(value !== undefined && { value }),
  };
  return clientActivityID === undefined ? said : { ...said, channelData: { ...said.channelData, clientActivityID } };
}
