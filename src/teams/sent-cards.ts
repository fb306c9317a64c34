import type { ChannelReference } from '../bot/conversations.ts';
import { changeDocument } from '../domain/change-document.ts';
import type { Document, DocumentRef, Documents } from '../domain/documents.ts';
import { madeId } from '../domain/made-id.ts';
import type { CaseRef } from '../domain/notices.ts';
import { cardId } from './cases.ts';

/** Which messages in a coach's chat show the card of a case, so that they can be brought up to date. */
interface SentCards extends Document {
  type: 'sent-cards';
  /** Hash of the chat: its messages are known there alone. */
  chat: string;
  /** Teams' ids of the messages, the newest last. */
  ids: string[];
}

/** More copies than this are nowhere near the end of a chat. */
const copiesKept = 5;
/** Cards of this age ask for their newest form when somebody looks at them, in milliseconds. */
const life = 90 * 24 * 3_600_000;

/** Names no client, though the case does. */
function refOf(coach: string, about: CaseRef): DocumentRef {
  return { collection: 'coaches', partition: coach, id: `sent-${madeId(cardId(about))}` };
}

function chatOf({ conversation }: ChannelReference): string {
  return madeId(conversation);
}

/** Keeps Teams' id of a message that shows the card of a case; `now` is in epoch milliseconds. */
export async function keepCopy(
  documents: Documents,
  coach: string,
  about: CaseRef,
  { id, reference, now }: { id: string; reference: ChannelReference; now: number },
): Promise<void> {
  const ref = refOf(coach, about);
  const chat = chatOf(reference);
  await changeDocument<SentCards>(documents, ref, (before) => {
    const ids = before?.chat === chat ? before.ids : [];
    if (ids.includes(id)) return undefined;
    const next = [...ids, id].slice(-copiesKept);
    const { partition, id: name } = ref;
    return { id: name, partition, type: 'sent-cards', schema: 1, chat, ids: next, expiresAt: now + life };
  });
}

/** Ids of the messages in this chat that show the card of a case. */
export async function copiesOf(
  documents: Documents,
  coach: string,
  about: CaseRef,
  reference: ChannelReference,
): Promise<string[]> {
  const kept = (await documents.get<SentCards>(refOf(coach, about)))?.document;
  return kept?.chat === chatOf(reference) ? kept.ids : [];
}
