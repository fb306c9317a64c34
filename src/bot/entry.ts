import type { Activity, Draft } from './activity.ts';
import type { ConversationDocument, Entry, Line } from './conversation-document.ts';
import type { Clean } from './gate.ts';

/** A turn that has been decided, to be written into the log. */
export interface Said {
  key: string;
  incoming: Clean;
  drafts: Draft[];
  /** What the log keeps of the person's own message; its words unless told. */
  own?: Draft;
  forget?: boolean;
  passing?: boolean;
  /** Epoch milliseconds. */
  at: number;
}

/** Makes the entry of a turn: the person's own message, unless it is to be forgotten, and what is said to it. */
export function makeEntry(document: ConversationDocument, said: Said): Entry {
  const { key, incoming, drafts, forget, passing, at } = said;
  const lines = drafts.map((draft) =>
    toLine(forget ? { ...draft, channelData: { ...draft.channelData, forgotten: true } } : draft),
  );
  if (incoming.type === 'message' && !forget) lines.unshift({ own: true, ...toLine(ownDraft(incoming, said.own)) });
  // Frozen, because it is never changed and written again at each of the next turns.
  return Object.freeze({ key, first: document.next, at, lines, ...(passing && { passing }) });
}

/** The messages of an entry as they are shown. */
export function activitiesOf(document: { id: string; userId: string }, { first, at, lines }: Entry): Activity[] {
  const timestamp = new Date(at).toISOString();
  return lines.map((line, i) => ({
    id: `${document.id}|${String(first + i).padStart(7, '0')}`,
    timestamp,
    from: line.own ? { id: document.userId, role: 'user' } : { id: 'polku', name: 'Polku', role: 'bot' },
    ...toDraft(line),
  }));
}

/** A message as it is kept: most are plain words with buttons that say what they show. */
function toLine({ type, textFormat: _, suggestedActions, ...rest }: Draft): Line {
  const { to = [], actions = [] } = suggestedActions ?? {};
  const areChoices = to.length === 0 && actions.every((one) => one.type === 'imBack' && one.title === one.value);
  return {
    ...(type !== 'message' && { type }),
    ...rest,
    ...(suggestedActions && (areChoices ? { choices: actions.map(({ title }) => title) } : { suggestedActions })),
  };
}

function toDraft({ own: _, type = 'message', choices, ...rest }: Line): Draft {
  const actions = choices?.map((title) => ({ type: 'imBack' as const, title, value: title }));
  return {
    type,
    ...rest,
    ...(rest.text !== undefined && { textFormat: 'plain' }),
    ...(actions && { suggestedActions: { to: [], actions } }),
  };
}

function ownDraft({ text, value, clientActivityID }: Clean, own?: Draft): Draft {
  const said: Draft = own ?? {
    type: 'message',
    ...(text !== '' && { text, textFormat: 'plain' }),
    ...(value !== undefined && { value }),
  };
  return clientActivityID === undefined ? said : { ...said, channelData: { ...said.channelData, clientActivityID } };
}
